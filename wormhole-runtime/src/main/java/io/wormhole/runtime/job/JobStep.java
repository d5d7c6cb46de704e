package io.wormhole.runtime.job;

import io.wormhole.channel.update.Update;

/** What a job does next. */
sealed interface JobStep {
    /** Nothing until something happens; {@code why} is for people. */
    record Wait(String why) implements JobStep {}

    /** Hand the part to the device, after it is journalled. */
    record Begin(int part, int attempt) implements JobStep {}

    /** Ask the device for the part again: it may be printing it, or have printed it. */
    record Continue(int part, int attempt) implements JobStep {}

    /** Ask the customer to sign the payment of the part. */
    record AskPayment(int part, long lockId, Update update) implements JobStep {}

    /** Both signed the payment of this part. */
    record NotePaid(int part) implements JobStep {}

    /** Everything is delivered and paid, or nothing more can be. */
    record End(boolean complete, String reason) implements JobStep {}

    /** The job has ended early: what is still locked goes back to the customer. */
    record GiveBack(Update update) implements JobStep {}

    /** The job has ended and owes nothing. */
    record Rest() implements JobStep {}
}

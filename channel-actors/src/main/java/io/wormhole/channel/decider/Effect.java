package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.List;

/** What is done to the world once the events are stored; every effect may be repeated. */
public sealed interface Effect {
    /** Tell the partner. */
    record Send(ChannelMessage message) implements Effect {}

    /**
     * Bring a transaction to the chain.
     *
     * @param purpose names the intention within the channel: the same purpose is submitted once
     */
    record Submit(String purpose, ChannelTransaction body, long timeGasLimit, long spaceGasLimit)
            implements Effect {}

    /** Tell the owner: the channel can be used. */
    record TellReady() implements Effect {}

    /** Tell the owner: the opening failed. */
    record TellOpenFailed(String reason) implements Effect {}

    /** Tell the requester: its update has both signatures. */
    record TellCompleted(String request, ChannelPosition position) implements Effect {}

    /** Tell the requester: its update will not be. */
    record TellDropped(String request, String reason) implements Effect {}

    /** Tell the owner: the partner's update has both signatures. */
    record TellPartnerUpdate(Update update, ChannelPosition position) implements Effect {}

    /** Tell the owner: closing together was refused. */
    record TellCloseFailed(String reason) implements Effect {}

    /** Tell the owner: a deposit or withdrawal will not be, or the chain does not take it yet. */
    record TellResizeFailed(String reason) implements Effect {}

    /** Tell the owner: one side closes alone. */
    record TellDispute(boolean mine) implements Effect {}

    /** Tell the owner: the partner proved newer state than this side has. */
    record TellLoss(long knownNonce, long provenNonce) implements Effect {}

    /** Tell the owner: a restored channel waits until the partner says where it stands. */
    record TellDoubt() implements Effect {}

    /** Tell the owner: the end is final. */
    record TellEnded(List<Amount> payouts) implements Effect {
        /** Copies the list. */
        public TellEnded {
            payouts = List.copyOf(payouts);
        }
    }
}

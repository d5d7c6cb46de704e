package io.wormhole.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.contract.order.OrderTerms;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.runtime.order.OrderChannel;
import io.wormhole.runtime.proto.JobAccepted;
import io.wormhole.runtime.proto.JobEnded;
import io.wormhole.runtime.proto.JobEvent;
import io.wormhole.runtime.proto.PartBegun;
import io.wormhole.runtime.proto.PartPaid;
import io.wormhole.runtime.proto.PartPrinted;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Alice's job of two cups for 1.5 DSD each does next. */
final class JobRulesTest {
    private static final Amount PRICE = Amount.parse("1.5");
    private static final int COUNT = 2;
    private static final Hash ORDER = new Hash(Bytes.of(new byte[Hash.SIZE]));
    private static final long LOCK = 1L << 60;
    private static final BlockHeight NOW = new BlockHeight(7);

    private final OrderChannel channel = new OrderChannel();
    private JobMemory memory =
            JobMemory.NEW.after(
                    JobEvent.newBuilder()
                            .setAccepted(
                                    JobAccepted.newBuilder()
                                            .setOrder(ByteString.copyFrom(ORDER.bytes().toArray()))
                                            .setPricePerCupBaseUnits(PRICE.baseUnits())
                                            .setCount(COUNT)
                                            .setDeadline(1_000))
                            .build());

    @Test
    void nothingIsPrintedBeforeTheEscrowIsLocked() {
        assertThat(next()).isInstanceOf(JobStep.Wait.class);
    }

    @Test
    void jobWhoseEscrowNeverComesFreesItsPlaceAfterTheDeadline() {
        assertThat(nextAt(1_000)).isInstanceOf(JobStep.Wait.class);

        JobStep.End end = (JobStep.End) nextAt(1_001);

        assertThat(end.complete()).isFalse();
        assertThat(end.reason()).contains("1000");
    }

    @Test
    void eachCupIsBegunOnceThenPaidThenTheNext() {
        lock(PRICE, 1_000, PRICE);

        for (int cup = 1; cup <= COUNT; cup++) {
            assertThat(next()).isEqualTo(new JobStep.Begin(cup, 1));
            begun(1);
            assertThat(next()).isEqualTo(new JobStep.Continue(cup, 1));
            printed(cup);
            JobStep.AskPayment payment = (JobStep.AskPayment) next();
            assertThat(payment.part()).isEqualTo(cup);
            channel.sign(payment.update());
            assertThat(next()).isEqualTo(new JobStep.NotePaid(cup));
            paid(cup);
        }

        assertThat(next()).isInstanceOf(JobStep.End.class);
        assertThat(((JobStep.End) next()).complete()).isTrue();
        assertThat(channel.balances().get(1)).isEqualTo(PRICE.times(COUNT));
    }

    @Test
    void samePaymentIsAskedForAgainAfterACrash() {
        lock(PRICE, 1_000, PRICE);
        begun(1);
        printed(1);

        assertThat(next()).isEqualTo(next());
    }

    @Test
    void paymentThatWasSignedBeforeTheCrashIsNotAskedForTwice() {
        lock(PRICE, 1_000, PRICE);
        begun(1);
        printed(1);
        channel.sign(((JobStep.AskPayment) next()).update());

        assertThat(next()).isEqualTo(new JobStep.NotePaid(1));
    }

    @Test
    void escrowOnOtherTermsIsNotOurs() {
        lock(PRICE.minus(Amount.of(1)), 1_000, PRICE);
        assertThat(next()).isInstanceOf(JobStep.Wait.class);
    }

    @Test
    void escrowThatEndsTooEarlyIsNotOurs() {
        lock(PRICE, 999, PRICE);
        assertThat(next()).isInstanceOf(JobStep.Wait.class);
    }

    @Test
    void cupThatIsNotCoveredIsNotBegun() {
        lock(PRICE, 1_000, PRICE.minus(Amount.of(1)));

        assertThat(((JobStep.End) next()).complete()).isFalse();
    }

    @Test
    void escrowThatGoesEarlyEndsTheJob() {
        lock(PRICE, 1_000, PRICE);
        begun(1);
        channel.sign(Update.of(new ChannelOperation.Release(LOCK)));

        assertThat(((JobStep.End) next()).reason()).contains("escrow");
    }

    @Test
    void jobThatEndsEarlyGivesTheEscrowBackUntilItIsBack() {
        lock(PRICE, 1_000, PRICE);
        ended(false);

        JobStep.GiveBack back = (JobStep.GiveBack) next();
        assertThat(next()).isEqualTo(back);
        channel.sign(back.update());

        assertThat(next()).isEqualTo(new JobStep.Rest());
        assertThat(channel.balances()).containsExactly(OrderChannel.DEPOSIT, Amount.ZERO);
    }

    @Test
    void completeJobRests() {
        ended(true);

        assertThat(next()).isEqualTo(new JobStep.Rest());
    }

    @Test
    void closedChannelEndsTheJob() {
        Ended closed = new Ended(OrderChannel.party(1), List.of(OrderChannel.DEPOSIT, Amount.ZERO));

        JobStep step = JobRules.next(memory, closed, Alice.KEYS, NOW);

        assertThat(step).isEqualTo(new JobStep.End(false, "the channel is closed"));
    }

    private JobStep nextAt(long height) {
        return JobRules.next(memory, channel.seenByMaker(), Alice.KEYS, new BlockHeight(height));
    }

    private JobStep next() {
        return JobRules.next(memory, channel.seenByMaker(), Alice.KEYS, NOW);
    }

    private void lock(Amount price, long deadline, Amount locked) {
        OrderTerms terms =
                new OrderTerms(
                        TestNetwork.ID,
                        ORDER,
                        price,
                        COUNT,
                        Alice.KEYS.publicKey(),
                        1,
                        0,
                        new BlockHeight(deadline));
        channel.sign(
                Update.of(
                        new ChannelOperation.Lock(
                                LOCK,
                                0,
                                locked,
                                0,
                                OrderContract.code(),
                                OrderContract.initialState(terms),
                                OrderContract.GAS.time(),
                                OrderContract.GAS.space())));
    }

    private void begun(int attempt) {
        after(JobEvent.newBuilder().setPartBegun(PartBegun.newBuilder().setAttempt(attempt)));
    }

    private void printed(int part) {
        after(JobEvent.newBuilder().setPartPrinted(PartPrinted.newBuilder().setPart(part)));
    }

    private void paid(int part) {
        after(JobEvent.newBuilder().setPartPaid(PartPaid.newBuilder().setPart(part)));
    }

    private void ended(boolean complete) {
        after(JobEvent.newBuilder().setEnded(JobEnded.newBuilder().setComplete(complete)));
    }

    private void after(JobEvent.Builder event) {
        memory = memory.after(event.build());
    }
}

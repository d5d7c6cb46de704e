package io.wormhole.channel.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.invoice.Invoice;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaymentQueueTest {
    private static final PublicKey BOB = Bob.KEYS.publicKey();
    private static final int ALL = 1_000;

    private final PaymentQueue queue = new PaymentQueue();

    @BeforeEach
    void theBookIsRead() {
        assertThat(queue.recovered()).isEmpty();
        queue.done();
    }

    private static PaymentInput changed(int channel) {
        Hash hash = Hash.of(DomainTag.GENESIS, Bytes.of((byte) channel));
        return new PaymentInput.ChannelChanged(new ChannelId(hash));
    }

    private static PaymentInput heard(PublicKey partner) {
        Hash hash = Hash.of(DomainTag.GENESIS, Bytes.EMPTY);
        return new PaymentInput.Heard(
                partner, new RelayMessage.Forward(hash, 0, new ChannelId(hash), List.of()));
    }

    private static PaymentInput.Pay pay() {
        Invoice.Terms terms =
                new Invoice.Terms(
                        TestNetwork.ID,
                        Amount.of(30),
                        HashTimeLock.hashOf(Bytes.of(new byte[HashTimeLock.SECRET_SIZE])),
                        new BlockHeight(300),
                        60,
                        "");
        return new PaymentInput.Pay(
                Invoice.of(terms, Bob.KEYS),
                Amount.ZERO,
                Optional.empty(),
                new PaymentInput.PaymentListener() {
                    @Override
                    public void over(OutgoingPayment payment) {}

                    @Override
                    public void refused(String reason) {}
                });
    }

    private static PaymentInput await(PaymentInput.Pay pay) {
        return new PaymentInput.Await(pay.invoice().hash(), pay.listener());
    }

    @Test
    void whatComesDuringABatchRidesTogetherInTheNext() {
        queue.give(changed(1));
        assertThat(queue.next(ALL)).containsExactly(changed(1));
        queue.give(changed(2));
        queue.give(changed(3));
        assertThat(queue.next(ALL)).isEmpty();

        queue.done();

        assertThat(queue.next(ALL)).containsExactly(changed(2), changed(3));
    }

    @Test
    void aBatchIsBounded() {
        queue.give(changed(1));
        queue.give(changed(2));

        assertThat(queue.next(1)).containsExactly(changed(1));

        queue.done();
        assertThat(queue.next(1)).containsExactly(changed(2));
    }

    @Test
    void aPartnerWhoSaysTooMuchIsNotHeardUntilSomeOfItIsTaken() {
        int most = 0;
        while (queue.give(heard(BOB))) {
            most++;
        }
        assertThat(most).isEqualTo(2_000);
        assertThat(queue.give(heard(Alice.KEYS.publicKey()))).isTrue();

        queue.next(1);

        assertThat(queue.give(heard(BOB))).isTrue();
        assertThat(queue.give(heard(BOB))).isFalse();
    }

    @Test
    void whatWaitsOutlivesTheBook() {
        queue.give(changed(1));
        queue.broken();
        queue.give(changed(2));

        assertThat(queue.next(ALL)).isEmpty();
        assertThat(queue.recovered()).isEmpty();
        queue.done();

        assertThat(queue.next(ALL)).containsExactly(changed(1), changed(2));
    }

    @Test
    void whoIsLinkedIsSaidAgain() {
        queue.give(new PaymentInput.Linked(BOB));
        queue.give(new PaymentInput.Linked(Alice.KEYS.publicKey()));
        queue.give(new PaymentInput.Unlinked(Alice.KEYS.publicKey()));
        queue.next(ALL);
        queue.done();

        queue.broken();

        assertThat(queue.recovered()).containsExactly(new PaymentInput.Linked(BOB));
        queue.done();
        assertThat(queue.next(ALL)).isEmpty();
    }

    @Test
    void aBatchThatCouldNotBeStoredIsTriedAgain() {
        queue.give(changed(1));
        queue.next(ALL);
        queue.decided();

        queue.broken();

        assertThat(queue.recovered()).containsExactly(changed(1));
    }

    @Test
    void aBatchThatIsStoredIsNotTriedAgain() {
        queue.give(changed(1));
        queue.next(ALL);
        queue.decided();
        queue.stored();

        queue.broken();

        assertThat(queue.recovered()).isEmpty();
    }

    @Test
    void aBatchOnWhichTheBookBrokeIsNotTriedAgain() {
        PaymentInput.Pay pay = pay();
        queue.give(pay);
        queue.next(ALL);

        queue.broken();

        // Whoever waits hears that it was not begun.
        assertThat(queue.recovered()).containsExactly(await(pay));
    }

    @Test
    void whoAwaitsAPaymentIsKnownUntilTold() {
        PaymentInput.Pay pay = pay();
        queue.give(pay);
        queue.next(ALL);
        queue.decided();
        queue.stored();
        queue.done();
        queue.broken();
        assertThat(queue.recovered()).containsExactly(await(pay));

        queue.told(pay.listener());

        queue.broken();
        assertThat(queue.recovered()).isEmpty();
    }

    @Test
    void aPaymentThatWasNotTakenYetIsNotAwaitedTwice() {
        PaymentInput.Pay pay = pay();
        queue.give(pay);

        queue.broken();

        assertThat(queue.recovered()).isEmpty();
        queue.done();
        assertThat(queue.next(ALL)).containsExactly(pay);
    }

    @Test
    void whatTheBookFindsOutByItselfIsNotSaidToTheNext() {
        queue.give(new PaymentInput.BlockSeen(BlockHeight.ZERO, Map.of()));
        queue.give(new PaymentInput.FinalSeen(BlockHeight.ZERO));
        queue.give(changed(1));

        queue.broken();
        queue.recovered();
        queue.done();

        assertThat(queue.next(ALL)).containsExactly(changed(1));
    }
}

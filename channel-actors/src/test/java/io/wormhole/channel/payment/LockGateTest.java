package io.wormhole.channel.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A payer that asked for a lock, crashed, and starts again when it is too late for the lock. */
class LockGateTest {
    private static final Hash HASH = HashTimeLock.hashOf(Bytes.of(new byte[32]));
    private static final BlockHeight EXPIRY = new BlockHeight(1_100);

    private final Open open = (Open) Side.open(Bob.KEYS, Side.terms(), 1).memory();
    private final ChannelId channel = open.party().id();
    private final Hop hop =
            Hop.payer(HASH, 0, List.of(new RelayLeg(channel, Amount.of(30), EXPIRY)));
    private final PaymentBook book = new PaymentBook();
    private PaymentDesk desk =
            new PaymentDesk(book, PaymentSettings.defaults(true), Bob.KEYS.publicKey());

    @BeforeEach
    void startsAgain() {
        book.apply(new PaymentEvent.HopBegun(hop));
        book.apply(new PaymentEvent.HopAsked(hop.key()));
        desk = new PaymentDesk(book, PaymentSettings.defaults(true), Bob.KEYS.publicKey());
        desk.resume();
        desk.take(
                List.of(
                        new PaymentInput.Linked(Alice.KEYS.publicKey()),
                        new PaymentInput.BlockSeen(EXPIRY, Map.of())));
    }

    private List<PaymentEffect.Ask> seen(Open memory) {
        return desk
                .take(List.of(new PaymentInput.ChannelSeen(channel, memory, Optional.empty())))
                .effects()
                .stream()
                .filter(PaymentEffect.Ask.class::isInstance)
                .map(PaymentEffect.Ask.class::cast)
                .toList();
    }

    private void answered(PaymentEffect.Ask ask, PaymentInput.Answer answer) {
        desk.take(List.of(new PaymentInput.Answered(ask, answer)));
    }

    @Test
    void whatIsAskedForInItsPlaceCannotBeWhereTheLockDoesNotStand() {
        long lockId = hop.payment().outgoing().orElseThrow().lockId();

        PaymentEffect.Ask ask = seen(open).get(0);

        assertThat(ask.request()).isEqualTo("lock-" + lockId);
        assertThat(ask.update()).isEqualTo(Update.of(new ChannelOperation.Release(lockId)));
    }

    @Test
    void aLockThatIsNowhereEndsItsPaymentBeforeItsExpiryIsPast() {
        PaymentEffect.Ask ask = seen(open).get(0);

        answered(ask, new PaymentInput.Answer.Refused("no contract lock"));
        seen(open);

        assertThat(book.hopCount()).isZero();
    }

    @Test
    void aLockThatStillWaitedInItsChannelAndWasMadeStands() {
        PaymentEffect.Ask ask = seen(open).get(0);

        answered(ask, new PaymentInput.Answer.Made(Nonce.ZERO.next()));

        assertThat(book.hop(hop.key()).orElseThrow().payment().locked()).isTrue();
    }

    @Test
    void aChannelInDoubtMayHaveTheLockInAStateThatIsNotKnownHere() {
        Open doubtful =
                new Open(open.party(), open.standing(), open.closing(), Optional.empty(), true);

        assertThat(seen(doubtful)).isEmpty();
        assertThat(book.hopCount()).isEqualTo(1);
    }
}

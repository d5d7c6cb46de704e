package io.wormhole.channel.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.HashLock;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import org.junit.jupiter.api.Test;

class ConsentRulesTest {
    private static final Bytes SECRET = Bytes.of(new byte[HashTimeLock.SECRET_SIZE]);
    private static final BlockHeight EXPIRY = new BlockHeight(500);

    private final Side alice = Side.open(Alice.KEYS, Side.terms(), 0);
    private final Side bob = Side.open(Bob.KEYS, Side.terms(), 1);

    private void lock(int from) {
        Side side = from == 0 ? alice : bob;
        side.offers(
                "lock-" + from,
                HashLock.lock(
                        1_000 + from, from, Amount.of(30), HashTimeLock.hashOf(SECRET), EXPIRY));
        Side.talk(alice, bob);
    }

    // With the state after it, kept back, Bob could undo at the expiry that he had the chain pay
    // the lock to Alice himself, and take it back in the same block.
    @Test
    void aPartnerPutsNothingIntoAHashTimeLock() {
        lock(1);
        Nonce before = alice.standing().nonce();

        bob.offers("one more", new ChannelOperation.TopUp(1_001, 1, Amount.of(1)));
        Side.talk(alice, bob);

        assertThat(bob.told(Effect.TellDropped.class)).hasSize(1);
        assertThat(alice.standing().pending()).isEmpty();
        assertThat(alice.standing().nonce()).isEqualTo(before);
    }

    @Test
    void norIntoTheOneThatPaysHim() {
        lock(0);

        bob.offers("a gift", new ChannelOperation.TopUp(1_000, 1, Amount.of(1)));
        Side.talk(alice, bob);

        assertThat(bob.told(Effect.TellDropped.class)).hasSize(1);
        assertThat(alice.standing().pending()).isEmpty();
    }
}

package io.wormhole.channel.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Closing together. */
class CloseProtocolTest {
    private static final Nonce ONE = new Nonce(1);

    private final Side alice = Side.alice();
    private final Side bob = Side.bob();

    private static ChannelOperation lock(int from, int refundTo, long amount) {
        return new ChannelOperation.Lock(
                1_000, from, Amount.of(amount), refundTo, Toy.CODE, Toy.START, 10, 10);
    }

    @Test
    void closingTogetherTakesBothSignatures() {
        alice.pays("x", 5);
        Side.talk(alice, bob);

        alice.does(new ChannelAction.CloseTogether());
        Side.talk(alice, bob);

        assertThat(alice.submits()).containsExactly("close-mutual");
        assertThat(bob.memory()).isInstanceOf(Closing.class);
        Effect.Submit submit = alice.told(Effect.Submit.class).get(0);
        assertThat(submit.body().toString())
                .contains(bob.memory() instanceof Closing c ? c.mine().toString() : "");
    }

    @Test
    void bothMayWishToCloseAtOnce() {
        alice.does(new ChannelAction.CloseTogether());
        bob.does(new ChannelAction.CloseTogether());

        Side.talk(alice, bob);

        assertThat(alice.submits()).containsExactly("close-mutual");
        assertThat(bob.submits()).containsExactly("close-mutual");
    }

    @Test
    void aWishToCloseGivesWayToAnUpdate() {
        for (String first : List.of("alice", "bob")) {
            Side a = Side.alice();
            Side b = Side.bob();
            Side closer = first.equals("alice") ? a : b;
            Side payer = first.equals("alice") ? b : a;
            payer.pays("late", 3);
            closer.does(new ChannelAction.CloseTogether());

            Side.talk(a, b);

            assertThat(payer.told(Effect.TellCompleted.class)).as(first).hasSize(1);
            assertThat(closer.told(Effect.TellCloseFailed.class)).isNotEmpty();
            assertThat(a.proof()).isEqualTo(b.proof()).isPresent();
        }
    }

    @Test
    void aCloseThatThePartnerSignedIsCompletedEvenAfterTheWishWasGivenUp() {
        alice.does(new ChannelAction.CloseTogether());
        bob.hears(alice.says());
        alice.hears(new ChannelMessage.RefuseClose("late"));
        assertThat(alice.told(Effect.TellCloseFailed.class)).hasSize(1);

        alice.hears(bob.says());

        assertThat(alice.submits()).containsExactly("close-mutual");
    }

    @Test
    void runningContractsAndOtherBalancesAreNotClosed() {
        bob.hears(
                new ChannelMessage.ProposeClose(
                        new ClosingBalances(
                                Side.terms().id(TestNetwork.ID),
                                List.of(Amount.of(200), Amount.ZERO))));
        assertThat(bob.outbox.peek()).isInstanceOf(ChannelMessage.RefuseClose.class);
        alice.offers("lock", lock(0, 0, 10));
        bob.outbox.clear();
        Side.talk(alice, bob);

        alice.does(new ChannelAction.CloseTogether());

        assertThat(alice.refusal).contains(new Refusal.ContractsRunning(1));
        assertThat(Bob.KEYS.publicKey()).isEqualTo(Side.terms().participants().get(1).key());
    }

    @Test
    void whatWasSignedForClosingEndsUpdates() {
        alice.does(new ChannelAction.CloseTogether());
        bob.hears(alice.says());

        bob.hears(
                new ChannelMessage.Propose(
                        ONE, Update.of(new ChannelOperation.Pay(0, Amount.of(9)))));

        assertThat(bob.memory()).isInstanceOf(Closing.class);
        assertThat(bob.outbox).hasOnlyElementsOfType(ChannelMessage.CountersignClose.class);
    }
}

package io.wormhole.channel.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The stories that every channel library should survive, with whole nodes: two honest sides, a
 * partner that publishes a stale state, a deposit that does not exist. That a node is replaced
 * midway is told in {@link RestoredNodeTest}.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RolesTest {
    private static final ChannelTerms TERMS = Side.terms();
    private static final ChannelId CHANNEL = TERMS.id(TestNetwork.ID);
    private static final long DEPOSIT = Side.DEPOSIT.baseUnits();

    private final TickingChain chain = new TickingChain(new VmContracts(), Alice.KEYS, Bob.KEYS);
    private final ChannelNode alice = new ChannelNode(Alice.KEYS, chain.chain());
    private final ChannelNode bob = new ChannelNode(Bob.KEYS, chain.chain());

    private void open() {
        alice.reach(bob);
        ChannelNode.now(alice.channels().open(TERMS));
        alice.hears(Effect.TellReady.class);
        bob.hears(Effect.TellReady.class);
    }

    @AfterEach
    void stop() {
        alice.close();
        bob.close();
        chain.close();
    }

    @Test
    void aliceAndBobPayDepositWithdrawAndPartWithExactAmounts() {
        open();
        bob.pays(CHANNEL, "b1", 1, 7);
        // Whoever pays has both signatures first, and so is free for the next wish.
        alice.pays(CHANNEL, "a1", 0, 30);
        ask(alice, new ChannelAction.Resize(false, Amount.of(40)));
        alice.hears(Effect.TellReady.class);
        bob.hears(Effect.TellReady.class);
        bob.pays(CHANNEL, "b2", 1, 100);
        ask(bob, new ChannelAction.Resize(true, Amount.of(5)));
        bob.hears(Effect.TellReady.class);
        alice.hears(Effect.TellReady.class);

        ask(alice, new ChannelAction.CloseTogether());

        assertThat(alice.hears(Effect.TellEnded.class).payouts())
                .containsExactly(Amount.of(DEPOSIT + 117), Amount.of(DEPOSIT - 82));
        assertThat(bob.hears(Effect.TellEnded.class).payouts())
                .containsExactly(Amount.of(DEPOSIT + 117), Amount.of(DEPOSIT - 82));
    }

    @Test
    void malloryPublishesAStaleStateAndCarolGetsWhatIsHers() {
        open();
        bob.pays(CHANNEL, "m1", 1, 1);
        CoSignedState stale = proof(bob);
        bob.pays(CHANNEL, "m2", 1, 90);
        alice.hears(Effect.TellPartnerUpdate.class);
        alice.hears(Effect.TellPartnerUpdate.class);
        bob.close();

        submit(Bob.KEYS, new ChannelTransaction.CloseSolo(CHANNEL, Optional.of(stale)));

        assertThat(alice.hears(Effect.TellDispute.class).mine()).isFalse();
        assertThat(alice.hears(Effect.TellEnded.class).payouts())
                .containsExactly(Amount.of(DEPOSIT + 91), Amount.of(DEPOSIT - 91));
    }

    private static CoSignedState proof(ChannelNode node) {
        return ChannelNode.now(node.channels().inspect(CHANNEL)) instanceof Open open
                ? open.standing().proof().orElseThrow()
                : failed();
    }

    private static CoSignedState failed() {
        throw new AssertionError("the channel is not open");
    }

    private static void ask(ChannelNode node, ChannelAction action) {
        assertThat(ChannelNode.now(node.channels().perform(CHANNEL, action)))
                .isInstanceOf(ChannelEntity.Done.class);
    }

    private void submit(KeyPair key, ChannelTransaction body) {
        Transaction transaction =
                new Transaction(
                        key.publicKey(),
                        ChannelNode.now(chain.chain().nextNonce(key.address())),
                        chain.chain().gasPrice(),
                        0,
                        0,
                        Optional.empty(),
                        body);
        ChannelNode.now(chain.chain().submit(transaction.signedBy(key, TestNetwork.ID)));
    }

    @Test
    void fredCannotFundTheChannelAndIsTold() {
        KeyPair fred = Alice.KEYS;
        try (TickingChain poor = new TickingChain(new VmContracts(), Bob.KEYS);
                ChannelNode fredsNode = new ChannelNode(fred, poor.chain());
                ChannelNode partner = new ChannelNode(Bob.KEYS, poor.chain())) {
            fredsNode.reach(partner);
            ChannelNode.now(fredsNode.channels().open(TERMS));

            assertThat(fredsNode.hears(Effect.TellOpenFailed.class).reason()).contains("funds");
        }
    }
}

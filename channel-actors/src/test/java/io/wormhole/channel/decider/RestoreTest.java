package io.wormhole.channel.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.wire.SnapshotCodec;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestoreTest {
    private final Side bob = Side.bob();
    private final List<ChannelMemory> copies = new ArrayList<>();
    private final Side alice = Side.alice();

    /** A copy of Alice's data is taken after every event of her history. */
    private void history(int updates) {
        copies.add(alice.memory());
        for (int i = 0; i < updates; i++) {
            Side payer = i % 3 == 0 ? bob : alice;
            payer.pays("p" + i, 1 + i % 4);
            Side.talk(alice, bob);
            copies.add(alice.memory());
        }
    }

    private Side restored(ChannelMemory copy) {
        UpdateRules rules = new UpdateRules(new Toy());
        Side side = new Side(Alice.KEYS, SnapshotCodec.decode(SnapshotCodec.encode(copy), rules));
        return side.does(new ChannelAction.Restored());
    }

    @Test
    void everyEarlierCopyOfALongHistoryIsSafeToRestore() {
        history(300);
        long balance = alice.balance();
        for (ChannelMemory copy : copies) {
            Side side = restored(copy);
            Side partner = new Side(io.wormhole.protocol.fixtures.Bob.KEYS, bob.memory());

            // Before the partner has spoken nothing is signed, and nothing published.
            side.pays("x", 1);
            assertThat(side.refusal).containsInstanceOf(Refusal.InDoubt.class);
            side.does(new ChannelAction.Dispute(Optional.empty()));
            assertThat(side.refusal).containsInstanceOf(Refusal.InDoubt.class);
            assertThat(side.told(Effect.Submit.class)).isEmpty();
            assertThat(side.outbox).isEmpty();

            Side.reconnect(side, partner);
            if (side.memory() instanceof Lost lost) {
                // It says that it is behind, and closes with the newest state alone.
                assertThat(side.told(Effect.TellLoss.class)).hasSize(1);
                side.does(new ChannelAction.Dispute(Optional.empty()));
                side.does(Side.chain(50, Side.entry(ChannelEntry.Phase.OPEN, Optional.empty())));
                assertThat(side.submits()).contains("close-solo");
                assertThat(lost.proof().state().balances().get(0).baseUnits()).isEqualTo(balance);
            } else {
                assertThat(side.balance()).isEqualTo(balance);
                side.pays("goes on", 1);
                Side.talk(side, partner);
                assertThat(side.balance()).isEqualTo(balance - 1);
            }
        }
    }

    @Test
    void aStaleCloseIsAnsweredFromACopyThatKnowsBetter() {
        history(4);
        Side side = restored(alice.memory());

        side.does(Side.tentative(21, Side.entry(ChannelEntry.Phase.CLOSING, Optional.empty())));

        assertThat(side.submits()).containsExactly("challenge-4");
    }

    @Test
    void theOwnerMayTrustTheCopyWhenThePartnerNeverComesBack() {
        history(4);
        Side side = restored(alice.memory());

        side.does(new ChannelAction.Trust()).does(new ChannelAction.Dispute(Optional.empty()));

        assertThat(side.memory()).isInstanceOf(Disputed.class);
    }

    @Test
    void doubtSurvivesARestart() {
        history(1);
        Side side = restored(alice.memory());
        UpdateRules rules = new UpdateRules(new Toy());

        ChannelMemory again = SnapshotCodec.decode(SnapshotCodec.encode(side.memory()), rules);

        assertThat(again).isEqualTo(side.memory());
        assertThat(((Open) again).doubtful()).isTrue();
    }
}

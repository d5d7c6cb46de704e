package io.wormhole.channel.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.backup.Backup;
import io.wormhole.channel.backup.BackupFolder;
import io.wormhole.channel.backup.BackupSeal;
import io.wormhole.channel.backup.BackupStatus;
import io.wormhole.channel.backup.BackupWriter;
import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alice loses her disk; a copy of her channels is at another place. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RestoredNodeTest {
    private static final ChannelTerms TERMS = Side.terms();
    private static final ChannelId CHANNEL = TERMS.id(TestNetwork.ID);
    private static final long DEPOSIT = Side.DEPOSIT.baseUnits();

    private final TickingChain chain = new TickingChain(new VmContracts(), Alice.KEYS, Bob.KEYS);
    private final ChannelNode bob = new ChannelNode(Bob.KEYS, chain.chain());
    private Optional<ActorRef<BackupWriter.Command>> writer = Optional.empty();
    private final Path directory;
    private ChannelNode alice;

    RestoredNodeTest(@TempDir Path directory) {
        this.directory = directory;
        this.alice = new ChannelNode(Alice.KEYS, chain.chain(), this::keeper);
    }

    private Backup backup() {
        return new Backup(
                new BackupFolder(directory),
                BackupSeal.of(Alice.KEYS, TestNetwork.ID, new SecureRandom()));
    }

    private ChannelKeeper keeper(ActorSystem<?> system) {
        writer =
                Optional.of(
                        system.systemActorOf(
                                BackupWriter.create(backup()), "backup", Props.empty()));
        return new BackupKeeper(writer.get());
    }

    private void awaitCopy(long nonce) throws IOException {
        for (int i = 0; i < 1_000; i++) {
            BackupStatus status =
                    ChannelNode.now(
                            AskPattern.ask(
                                    writer.orElseThrow(),
                                    BackupWriter.Inspect::new,
                                    ChannelNode.PATIENCE,
                                    alice.system().scheduler()));
            if (status.waiting() == 0
                    && copy() instanceof Open open
                    && open.standing().nonce().value() == nonce) {
                return;
            }
        }
        throw new AssertionError("no copy of state " + nonce);
    }

    private KnownChannel copy() throws IOException {
        return backup().read(new UpdateRules(new VmContracts())).copies().get(0);
    }

    @BeforeEach
    void open() {
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

    /** A new disk, the old key, and this copy. */
    private void comesBackWith(KnownChannel copy) {
        alice = new ChannelNode(Alice.KEYS, chain.chain());
        ChannelEntity.Answer answer = ChannelNode.now(alice.channels().takeBack(copy));
        assertThat(answer).isInstanceOf(ChannelEntity.Done.class);
        alice.hears(Effect.TellDoubt.class);
    }

    @Test
    void fromAnOldCopyNothingIsLostAndTheOwnerIsTold() throws IOException {
        alice.pays(CHANNEL, "a1", 0, 10);
        awaitCopy(1);
        KnownChannel old = copy();
        alice.pays(CHANNEL, "a2", 0, 1);
        // Whoever pays has both signatures first.
        bob.pays(CHANNEL, "b1", 1, 50);
        alice.close();

        comesBackWith(old);
        alice.reach(bob);

        Effect.TellLoss loss = alice.hears(Effect.TellLoss.class);
        assertThat(loss.knownNonce()).isEqualTo(1);
        assertThat(loss.provenNonce()).isEqualTo(3);
        ChannelNode.now(
                alice.channels().perform(CHANNEL, new ChannelAction.Dispute(Optional.empty())));
        Effect.TellEnded ended = alice.hears(Effect.TellEnded.class);
        assertThat(ended.payouts())
                .containsExactly(Amount.of(DEPOSIT + 39), Amount.of(DEPOSIT - 39));
    }

    @Test
    void fromAnOldCopyTheOwnerMayGoOnWithWhatThePartnerProved() throws IOException {
        alice.pays(CHANNEL, "a1", 0, 10);
        awaitCopy(1);
        KnownChannel old = copy();
        bob.pays(CHANNEL, "b1", 1, 50);
        alice.close();

        comesBackWith(old);
        alice.reach(bob);
        alice.hears(Effect.TellLoss.class);
        ChannelNode.now(alice.channels().perform(CHANNEL, new ChannelAction.Trust()));
        alice.hears(Effect.TellReady.class);

        assertThat(alice.pays(CHANNEL, "a2", 0, 1)).isEqualTo(3);
        assertThat(bob.pays(CHANNEL, "b2", 1, 1)).isEqualTo(4);
    }

    @Test
    void fromTheNewestCopyItGoesOnByItself() throws IOException {
        alice.pays(CHANNEL, "a1", 0, 10);
        bob.pays(CHANNEL, "b1", 1, 50);
        awaitCopy(2);
        KnownChannel newest = copy();
        alice.close();

        comesBackWith(newest);
        ChannelEntity.Answer early =
                ChannelNode.now(
                        alice.channels()
                                .perform(CHANNEL, new ChannelAction.Dispute(Optional.empty())));
        assertThat(early).isInstanceOf(ChannelEntity.Refused.class);
        alice.reach(bob);
        alice.hears(Effect.TellReady.class);

        assertThat(alice.pays(CHANNEL, "a2", 0, 1)).isEqualTo(3);
    }
}

package io.wormhole.settlement.node;

import static io.wormhole.settlement.node.TestNetwork.eventually;
import static io.wormhole.settlement.node.TestNetwork.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.NetworkParameters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A node that was off for longer than a stake is bound could be shown a chain of old keys. */
@Timeout(60)
class LongAbsenceTest {
    private static final Duration BOUND = Duration.ofHours(2);

    @RegisterExtension static final NodeSystem SYSTEM = new NodeSystem();

    private NodeSettings settings;
    private long lastFinal;

    @BeforeEach
    void runForAWhile(@TempDir Path folder) {
        settings =
                NodeSettings.full(
                                genesis(),
                                folder.resolve("chain"),
                                TestNetwork.nodeKey(1),
                                TestNetwork.peers())
                        .withMiner(Alice.ADDRESS)
                        .withValidator(Alice.KEYS);
        SettlementNode node = get(SettlementNode.start(SYSTEM.get(), settings));
        eventually("some blocks are final", () -> node.status().finalHeight() > 0);
        lastFinal = node.status().finalHeight();
        get(node.stop());
    }

    private static Genesis genesis() {
        NetworkParameters usual = NetworkParameters.development();
        FinalityRules rules = usual.finality();
        long epochMillis = usual.pacing().targetSpacingMillis() * rules.epochLength();
        TreeMap<Address, Amount> money = new TreeMap<>();
        money.put(Alice.ADDRESS, TestNetwork.DSD.times(100));
        return new Genesis(
                new NetworkParameters(
                        usual.cuckoo(),
                        usual.pacing(),
                        new FinalityRules(
                                rules.epochLength(),
                                rules.leakQuotient(),
                                rules.logoutDelayDynasties(),
                                BOUND.toMillis() / epochMillis,
                                rules.minimumDeposit()),
                        usual.limits(),
                        usual.money(),
                        usual.names(),
                        usual.channels(),
                        usual.oracles()),
                System.currentTimeMillis() - 1_000,
                money,
                money);
    }

    private NodeSettings later(Duration time) {
        Instant then = Instant.now().plus(time);
        return settings.withClock(InstantSource.fixed(then));
    }

    @Test
    void isRefusedAStartWithoutANewerCheckpoint() {
        assertThatThrownBy(
                        () -> get(SettlementNode.start(SYSTEM.get(), later(BOUND.plusMinutes(1)))))
                .isInstanceOf(NodeStartRefused.class)
                .hasMessageContaining("give it a checkpoint")
                .hasMessageContaining("off for longer than a stake is bound (PT2H)");

        long known = lastFinal / genesis().parameters().finality().epochLength();
        NodeSettings old = later(BOUND.plusMinutes(1)).withTrusted(checkpoint(known - 1));
        assertThatThrownBy(() -> get(SettlementNode.start(SYSTEM.get(), old)))
                .isInstanceOf(NodeStartRefused.class);
    }

    @Test
    void startsWithANewerCheckpointOrWhenItWasNotOffForSoLong() {
        SettlementNode soon = get(SettlementNode.start(SYSTEM.get(), later(BOUND.minusMinutes(5))));
        assertThat(soon.status().finalHeight()).isGreaterThanOrEqualTo(lastFinal);
        get(soon.stop());

        NodeSettings told = later(BOUND.plusHours(1)).withTrusted(checkpoint(1_000_000));
        get(get(SettlementNode.start(SYSTEM.get(), told)).stop());
    }

    private static Checkpoint checkpoint(long epoch) {
        return new Checkpoint(epoch, Hash.ZERO);
    }
}

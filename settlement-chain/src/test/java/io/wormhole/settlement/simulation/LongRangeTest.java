package io.wormhole.settlement.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.ImportResult;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever has old keys can make another history from the beginning, longer than the true one. */
@Timeout(120)
class LongRangeTest {
    private static final long NOW = Long.MAX_VALUE / 4;

    private static World truth;
    private static World forged;

    @BeforeAll
    static void makeTwoHistories() {
        truth = new World(Plan.calm(1, 4).withPhases(new Plan.Phases(0, 0, 110_000))).play();
        forged = new World(Plan.calm(2, 4).withPhases(new Plan.Phases(0, 0, 150_000))).play();
    }

    @AfterAll
    static void close() {
        truth.close();
        forged.close();
    }

    private static SimulatedNode honest() {
        return truth.nodes.get(0);
    }

    private static ImportResult feed(Chain chain) {
        SimulatedNode forger = forged.nodes.get(0);
        ImportResult last = new ImportResult.Known(Hash.ZERO);
        for (long height = 1; height <= forger.chain.head().index().height(); height++) {
            Block block = forged.shared.block(forger.disk.canonical(height).orElseThrow());
            last = chain.importBlock(block, NOW);
            if (!(last instanceof ImportResult.Imported)) {
                return last;
            }
        }
        return last;
    }

    @Test
    void aRunningNodeStaysWhereItIsAndRaisesNoAlarm() {
        Hash head = honest().chain.head().index().hash();

        ImportResult result = feed(honest().chain);

        assertThat(result).isInstanceOf(ImportResult.Unwanted.class);
        assertThat(honest().chain.head().index().hash()).isEqualTo(head);
        assertThat(honest().chain.alarm()).isEmpty();
    }

    @Test
    void aNewNodeWithATrustedCheckpointRefusesTheForgery() {
        Hash trusted = honest().disk.canonical(80).orElseThrow();
        Chain chain =
                truth.shared.open(
                        new SimulatedDisk(truth.shared), Optional.of(new Checkpoint(20, trusted)));

        ImportResult result = feed(chain);

        assertThat(result).isInstanceOf(ImportResult.Invalid.class);
        assertThat(((ImportResult.Invalid) result).code()).isEqualTo("not-the-trusted-chain");
    }

    @Test
    void aNewNodeWithoutOneFollowsTheForgeryWhichIsWhyTheCheckpointIsNeeded() {
        Chain chain = truth.shared.open(new SimulatedDisk(truth.shared), Optional.empty());

        ImportResult result = feed(chain);

        assertThat(result).isInstanceOf(ImportResult.Imported.class);
        assertThat(chain.finalBlock().index().height()).isGreaterThan(80);
    }
}

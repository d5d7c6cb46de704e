package io.wormhole.settlement.cuckoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two real cycles put together have the right number of edges and match in pairs, but are no cycle.
 */
class JoinedCyclesTest {
    private static final int EDGE_BITS = 10;
    private static final int LENGTH = 6;
    private static final int GRAPHS = 6000;

    @ParameterizedTest
    @EnumSource(CuckooVariant.class)
    void twoCyclesAreNotOne(CuckooVariant variant) {
        CuckooParameters shortOnes = new CuckooParameters(variant, EDGE_BITS, LENGTH);
        CuckooVerifier verifier =
                new CuckooVerifier(new CuckooParameters(variant, EDGE_BITS, 2 * LENGTH));
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);

        try (CuckooSolver solver = CuckooSolver.lean(shortOnes)) {
            for (int nonce = 0; nonce < GRAPHS; nonce++) {
                byte[] header = ByteBuffer.allocate(80).putInt(nonce).array();
                for (CuckooProof joined : pairs(solver.solve(header, () -> false))) {
                    verdicts.merge(verifier.verify(header, joined), 1, Integer::sum);
                }
            }
        }

        assertThat(verdicts).containsOnlyKeys(Verdict.SHORT_CYCLE, Verdict.BRANCH);
    }

    private static List<CuckooProof> pairs(List<CuckooProof> cycles) {
        List<CuckooProof> pairs = new ArrayList<>();
        for (CuckooProof one : cycles) {
            for (CuckooProof other : cycles) {
                long[] edges =
                        LongStream.concat(LongStream.of(one.edges()), LongStream.of(other.edges()))
                                .distinct()
                                .sorted()
                                .toArray();
                if (edges.length == 2 * LENGTH) {
                    pairs.add(CuckooProof.of(edges));
                }
            }
        }
        return pairs;
    }

    @ParameterizedTest
    @EnumSource(CuckooVariant.class)
    void rubbishIsRefusedAndNeverThrows(CuckooVariant variant) {
        SplittableRandom random = new SplittableRandom(5);
        CuckooVerifier verifier = new CuckooVerifier(new CuckooParameters(variant, 32, 42));
        for (int n = 0; n < 2000; n++) {
            long[] edges =
                    random.longs(random.nextInt(45))
                            .map(e -> e >> random.nextInt(64))
                            .sorted()
                            .toArray();

            Verdict verdict = verifier.verify(new byte[random.nextInt(200)], CuckooProof.of(edges));

            assertThat(verdict).isNotEqualTo(Verdict.OK);
        }
    }
}

package io.wormhole.settlement.cuckoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphsAbreastTest {
    private static final CuckooParameters SMALL =
            new CuckooParameters(CuckooVariant.CUCKATOO, 10, 8);

    static Stream<JsonNode> searches() {
        return CuckooVectors.rows("search").stream();
    }

    @ParameterizedTest
    @MethodSource("searches")
    void findsExactlyWhatExistsHoweverManyHeadersComeAtOnce(JsonNode row) {
        long from = row.get("nonceFrom").asLong();
        List<byte[]> headers =
                LongStream.range(from, row.get("nonceTo").asLong())
                        .mapToObj(nonce -> CuckooVectors.header(row, nonce))
                        .toList();

        List<List<CuckooProof>> proofs = new ArrayList<>();
        try (CuckooSolver solver = CuckooSolver.lean(CuckooVectors.parameters(row), 3)) {
            for (int at = 0; at < headers.size(); at += 4) {
                List<byte[]> some = headers.subList(at, Math.min(headers.size(), at + 4));
                proofs.addAll(solver.solveAll(some, () -> false));
            }
        }

        Map<Long, List<CuckooProof>> found = new TreeMap<>();
        for (int at = 0; at < proofs.size(); at++) {
            if (!proofs.get(at).isEmpty()) {
                found.put(from + at, proofs.get(at));
            }
        }
        assertThat(found).isEqualTo(CuckooSolverTest.expected(row));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void aMinerFindsTheSameFirstProofWithAnyNumberOfThreads(int threads) {
        for (long first : new long[] {0, 1_000, Long.MAX_VALUE - 1}) {
            Miner.Find alone = search(CuckooSolver.lean(SMALL), first);

            Miner.Find abreast = search(CuckooSolver.lean(SMALL, threads), first);

            assertThat(abreast.nonce()).isEqualTo(alone.nonce());
            assertThat(abreast.proof()).isEqualTo(alone.proof());
        }
    }

    private static Miner.Find search(CuckooSolver solver, long first) {
        try (solver) {
            return Miner.search(
                            solver, GraphsAbreastTest::header, first, proof -> true, () -> false)
                    .orElseThrow();
        }
    }

    private static byte[] header(long nonce) {
        return ByteBuffer.allocate(Long.BYTES).putLong(nonce).array();
    }

    @Test
    void takesTheMemoryOfAsManySolvers() {
        assertThat(CuckooSolver.leanMemoryBytes(SMALL, 4))
                .isEqualTo(4 * CuckooSolver.leanMemoryBytes(SMALL, 1));
    }

    @Test
    void whatIsCancelledEndsWithoutProofs() {
        AtomicBoolean cancelled = new AtomicBoolean(true);
        try (CuckooSolver solver = CuckooSolver.lean(SMALL, 2)) {
            List<List<CuckooProof>> proofs =
                    solver.solveAll(List.of(new byte[80], new byte[81]), cancelled::get);

            assertThat(proofs).containsExactly(List.of(), List.of());
        }
    }

    @Test
    void largeGraphsAreShared() {
        try (CuckooSolver solver =
                CuckooSolver.lean(new CuckooParameters(CuckooVariant.CUCKATOO, 21, 42), 2)) {
            assertThat(solver.abreast()).isEqualTo(1);
        }
    }
}

package io.wormhole.settlement.cuckoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CuckooSolverTest {
    static Stream<JsonNode> searches() {
        return CuckooVectors.rows("search").stream();
    }

    @ParameterizedTest
    @MethodSource("searches")
    void leanSolverFindsExactlyWhatExists(JsonNode row) {
        assertThat(solveAll(CuckooSolver.lean(CuckooVectors.parameters(row)), row))
                .isEqualTo(expected(row));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void meanSolverFindsExactlyWhatExistsWithAnyNumberOfThreads(JsonNode row) {
        int threads = 1 + Math.floorMod(row.get("prefix").asText().hashCode(), 3);
        try (CuckooSolver solver = CuckooSolver.mean(CuckooVectors.parameters(row), threads)) {
            assertThat(solveAll(solver, row)).isEqualTo(expected(row));
        }
    }

    @ParameterizedTest
    @EnumSource(CuckooVariant.class)
    void batchGivesTheNodesOfTheGraph(CuckooVariant variant) {
        SipHash24 keys = new SipHash24(1, 2, 3, -4);
        CuckooParameters parameters = new CuckooParameters(variant, 30, 42);
        CuckooGraph graph = new CuckooGraph(parameters, keys);
        SipHashBatch batch = new SipHashBatch();
        batch.fillEveryOther(2 * 0x3ffff000L + 1);

        long[] nodes = batch.nodes(keys, parameters, SipHashBatch.SIZE);

        for (int i = 0; i < SipHashBatch.SIZE; i++) {
            assertThat(nodes[i]).isEqualTo(graph.node(0x3ffff000L + i, 1));
        }
    }

    @Test
    void cancelledSearchEndsAtTheNextPoll() {
        CuckooSolver solver =
                CuckooSolver.lean(new CuckooParameters(CuckooVariant.CUCKATOO, 20, 42));
        AtomicInteger polls = new AtomicInteger();

        List<CuckooProof> proofs = solver.solve(new byte[80], () -> polls.incrementAndGet() >= 10);

        assertThat(proofs).isEmpty();
        assertThat(polls.get()).isLessThan(15);
    }

    @Test
    void minerStopsAtTheFirstProofThatIsGoodEnough() {
        CuckooParameters parameters = new CuckooParameters(CuckooVariant.CUCKATOO, 10, 8);

        Miner.Find find =
                Miner.search(
                                CuckooSolver.lean(parameters),
                                nonce -> new byte[] {(byte) nonce},
                                3,
                                proof -> true,
                                () -> false)
                        .orElseThrow();

        byte[] header = {(byte) find.nonce()};
        assertThat(find.nonce()).isGreaterThanOrEqualTo(3);
        assertThat(new CuckooVerifier(parameters).verify(header, find.proof()))
                .isEqualTo(Verdict.OK);
    }

    static Map<Long, List<CuckooProof>> solveAll(CuckooSolver solver, JsonNode row) {
        Map<Long, List<CuckooProof>> found = new TreeMap<>();
        for (long nonce = row.get("nonceFrom").asLong();
                nonce < row.get("nonceTo").asLong();
                nonce++) {
            List<CuckooProof> proofs = solver.solve(CuckooVectors.header(row, nonce), () -> false);
            if (!proofs.isEmpty()) {
                found.put(nonce, proofs);
            }
        }
        return found;
    }

    static Map<Long, List<CuckooProof>> expected(JsonNode row) {
        Map<Long, List<CuckooProof>> expected = new TreeMap<>();
        for (JsonNode solution : row.get("solutions")) {
            expected.put(
                    solution.get("nonce").asLong(),
                    StreamSupport.stream(solution.get("proofs").spliterator(), false)
                            .map(CuckooVectors::proof)
                            .toList());
        }
        return expected;
    }
}

package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.http.Json;
import io.wormhole.settlement.cuckoo.CuckooParameters;
import io.wormhole.settlement.cuckoo.CuckooProof;
import io.wormhole.settlement.cuckoo.CuckooSolver;
import io.wormhole.settlement.cuckoo.CuckooVariant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proof of work on this machine; works without a node. */
@Command(
        name = "mine",
        description = "Measures proof of work on this machine.",
        mixinStandardHelpOptions = true)
final class MineCommand {
    /** Which solver. */
    enum Solver {
        MEAN,
        LEAN
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "bench",
            description = "Solves graphs and shows how many per second, and the memory for it.",
            mixinStandardHelpOptions = true)
    int bench(
            @Option(
                            names = "--edge-bits",
                            defaultValue = "19",
                            paramLabel = "N",
                            description =
                                    "A graph has 2^N edges, 10 to 32 (default: ${DEFAULT-VALUE}).")
                    int edgeBits,
            @Option(
                            names = "--threads",
                            defaultValue = "1",
                            paramLabel = "T",
                            description = "Threads, 1 to 64 (default: ${DEFAULT-VALUE}).")
                    int threads,
            @Option(
                            names = "--solver",
                            defaultValue = "mean",
                            paramLabel = "KIND",
                            description =
                                    "mean (fast) or lean (little memory) (default:"
                                            + " ${DEFAULT-VALUE}).")
                    Solver solver,
            @Option(
                            names = "--variant",
                            defaultValue = "cuckatoo",
                            paramLabel = "FAMILY",
                            description =
                                    "cuckoo, cuckoo-ae or cuckatoo (default: ${DEFAULT-VALUE}).")
                    CuckooVariant variant,
            @Option(
                            names = "--proof-size",
                            defaultValue = "42",
                            paramLabel = "K",
                            description = "Edges of a cycle (default: ${DEFAULT-VALUE}).")
                    int proofSize,
            @Option(
                            names = "--seconds",
                            defaultValue = "10",
                            paramLabel = "S",
                            description = "How long at least (default: ${DEFAULT-VALUE}).")
                    int seconds,
            @Option(names = "--json", description = "Print JSON for programs.") boolean json) {
        CuckooParameters parameters = parameters(variant, edgeBits, proofSize);
        if (threads < 1 || threads > CuckooSolver.MAX_THREADS || seconds < 1 || seconds > 3_600) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT,
                    "%d threads for %d s; allowed: 1 to %d threads, 1 to 3600 s"
                            .formatted(threads, seconds, CuckooSolver.MAX_THREADS));
        }
        long memory = memory(parameters, solver, threads);
        long heap = Runtime.getRuntime().maxMemory();
        if (memory > heap) {
            throw new CommandFailed(
                    CommandFailed.REFUSED,
                    ("the %s solver needs %d MiB for 2^%d edges, this process may take %d MiB:"
                                    + " use --solver lean, or more memory with WORMHOLE_JAVA_OPTIONS=-Xmx…")
                            .formatted(
                                    solver.name().toLowerCase(Locale.ROOT),
                                    memory >> 20,
                                    edgeBits,
                                    heap >> 20));
        }
        print(run(parameters, solver, threads, seconds).put("memoryBytes", memory), json);
        return 0;
    }

    private static CuckooParameters parameters(CuckooVariant variant, int bits, int proofSize) {
        try {
            return new CuckooParameters(variant, bits, proofSize);
        } catch (IllegalArgumentException refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        }
    }

    private static long memory(CuckooParameters parameters, Solver solver, int threads) {
        try {
            return solver == Solver.MEAN
                    ? CuckooSolver.meanMemoryBytes(parameters, threads)
                    : CuckooSolver.leanMemoryBytes(parameters, threads);
        } catch (IllegalArgumentException tooLarge) {
            // More than arrays hold, whatever the memory.
            throw new CommandFailed(CommandFailed.REFUSED, String.valueOf(tooLarge.getMessage()));
        }
    }

    private static ObjectNode run(
            CuckooParameters parameters, Solver kind, int threads, int seconds) {
        long graphs = 0;
        long proofs = 0;
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        try (CuckooSolver solver =
                kind == Solver.MEAN
                        ? CuckooSolver.mean(parameters, threads)
                        : CuckooSolver.lean(parameters, threads)) {
            while (graphs == 0 || System.nanoTime() < end) {
                List<byte[]> headers =
                        LongStream.range(graphs, graphs + solver.abreast())
                                .mapToObj(MineCommand::header)
                                .toList();
                for (List<CuckooProof> found : solver.solveAll(headers, () -> false)) {
                    proofs += found.size();
                }
                graphs += headers.size();
            }
        }
        double took = (System.nanoTime() - start) / 1e9;
        return Json.object()
                .put("variant", parameters.variant().name().toLowerCase(Locale.ROOT))
                .put("edgeBits", parameters.edgeBits())
                .put("proofSize", parameters.proofSize())
                .put("solver", kind.name().toLowerCase(Locale.ROOT))
                .put("threads", threads)
                .put("graphs", graphs)
                .put("proofs", proofs)
                .put("seconds", took)
                .put("graphsPerSecond", graphs / took);
    }

    private static byte[] header(long nonce) {
        byte[] text = "wormhole mine bench ".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(text.length + Long.BYTES).put(text).putLong(nonce).array();
    }

    private void print(ObjectNode result, boolean json) {
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? Json.text(result)
                                : "%s %d, %s solver, %d threads: %.3f graphs/s (%d graphs, %d proofs), %.1f MiB"
                                        .formatted(
                                                result.path("variant").asText(),
                                                result.path("edgeBits").asInt(),
                                                result.path("solver").asText(),
                                                result.path("threads").asInt(),
                                                result.path("graphsPerSecond").asDouble(),
                                                result.path("graphs").asLong(),
                                                result.path("proofs").asLong(),
                                                result.path("memoryBytes").asLong() / 1048576.0));
        spec.commandLine().getOut().flush();
    }
}

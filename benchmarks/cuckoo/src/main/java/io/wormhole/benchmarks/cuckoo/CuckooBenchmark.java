package io.wormhole.benchmarks.cuckoo;

import io.wormhole.settlement.cuckoo.CuckooParameters;
import io.wormhole.settlement.cuckoo.CuckooProof;
import io.wormhole.settlement.cuckoo.CuckooSolver;
import io.wormhole.settlement.cuckoo.CuckooVariant;
import io.wormhole.settlement.cuckoo.CuckooVerifier;
import io.wormhole.settlement.cuckoo.Miner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints milliseconds per graph and memory of each solver, and microseconds per verification;
 * medians.
 */
public final class CuckooBenchmark {
    private static final int VERIFICATIONS = 20_000;
    private static final int HEADER_BYTES = 80;

    private CuckooBenchmark() {}

    /** Runs all measurements; see the README for options. */
    public static void main(String[] arguments) {
        Options options = Options.parse(arguments);
        print(
                "%-5s %4s %8s %12s %10s %12s %8s %9s",
                "kind", "bits", "threads", "ms/graph", "MB", "peer ms", "ratio", "speed-up");
        for (int edgeBits : options.edgeBits()) {
            measure("lean", edgeBits, options);
            measure("mean", edgeBits, options);
        }
        measureVerification(options.rounds());
    }

    private static void measure(String kind, int edgeBits, Options options) {
        boolean mean = kind.equals("mean");
        Optional<Peer> peer =
                options.peer()
                        .map(folder -> new Peer(folder.resolve(kind + edgeBits)))
                        .filter(Peer::exists);
        try (Solving one = new Solving(mean, edgeBits, 1);
                Solving two = new Solving(mean, edgeBits, 2)) {
            one.millisPerGraph(options.millis());
            two.millisPerGraph(options.millis());
            List<Double> ones = new ArrayList<>();
            List<Double> twos = new ArrayList<>();
            List<Double> peers = new ArrayList<>();
            for (int round = 0; round < options.rounds(); round++) {
                double last = one.millisPerGraph(options.millis());
                ones.add(last);
                twos.add(two.millisPerGraph(options.millis()));
                int graphs = (int) Math.max(2, options.millis() / last);
                peer.ifPresent(program -> peers.add(program.millisPerGraph(graphs)));
            }
            double single = median(ones);
            String peerText = peers.isEmpty() ? "-" : number(median(peers));
            String ratio = peers.isEmpty() ? "-" : number(median(peers) / single);
            print(
                    "%-5s %4d %8d %12s %10s %12s %8s %9s",
                    kind,
                    edgeBits,
                    1,
                    number(single),
                    number(one.memoryMegabytes()),
                    peerText,
                    ratio,
                    "");
            print(
                    "%-5s %4d %8d %12s %10s %12s %8s %9s",
                    kind,
                    edgeBits,
                    2,
                    number(median(twos)),
                    number(two.memoryMegabytes()),
                    "",
                    "",
                    number(single / median(twos)));
        }
    }

    private static void measureVerification(int rounds) {
        CuckooParameters parameters = new CuckooParameters(CuckooVariant.CUCKATOO, 12, 42);
        Miner.Find find =
                Miner.search(
                                CuckooSolver.lean(parameters),
                                CuckooBenchmark::header,
                                0,
                                proof -> true,
                                () -> false)
                        .orElseThrow();
        CuckooVerifier verifier = new CuckooVerifier(parameters);
        byte[] header = header(find.nonce());
        List<Double> micros = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            micros.add(verificationMicros(verifier, header, find.proof()));
        }
        micros.remove(0);
        print("verification of a 42-cycle, header hashing included: %s us", number(median(micros)));
    }

    private static double verificationMicros(
            CuckooVerifier verifier, byte[] header, CuckooProof proof) {
        long start = System.nanoTime();
        for (int n = 0; n < VERIFICATIONS; n++) {
            if (!verifier.verify(header, proof).isOk()) {
                throw new IllegalStateException("a valid proof was refused");
            }
        }
        return (System.nanoTime() - start) / 1e3 / VERIFICATIONS;
    }

    private static byte[] header(long nonce) {
        return ByteBuffer.allocate(HEADER_BYTES).putLong(HEADER_BYTES - Long.BYTES, nonce).array();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}

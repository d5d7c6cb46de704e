package io.wormhole.settlement.light;

import io.wormhole.cluster.data.AtomicFile;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.consensus.WeakSubjectivity;
import io.wormhole.settlement.genesis.Genesis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a light client begins: at what it has stored, at what somebody has named, or at genesis.
 */
public final class LightStart {
    private static final long LARGEST_STATE = 4 << 20;

    private LightStart() {}

    /** The checkpoint that a client has stored, if there is one. */
    public static Optional<TrustedCheckpoint> stored(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > LARGEST_STATE) {
            throw new IOException(file + " is no state of a light client");
        }
        try {
            return Optional.of(TrustedCheckpoint.decode(Bytes.of(Files.readAllBytes(file))));
        } catch (IllegalArgumentException damaged) {
            throw new IOException(file + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** Stores a checkpoint in place of the one before; a crash leaves one of them. */
    public static void keep(Path file, TrustedCheckpoint reached) throws IOException {
        AtomicFile.write(file, reached.encoded().toArray());
    }

    /** The checkpoint that somebody trusted has named, from the first server that has it. */
    public static Optional<TrustedCheckpoint> named(
            Genesis genesis, Checkpoint named, List<? extends LightServer> servers) {
        Servers asked = new Servers(List.copyOf(servers));
        for (LightServer server : servers) {
            Optional<TrustedCheckpoint> found =
                    asked.ask(server, each -> named(genesis, named, each)).flatMap(start -> start);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<TrustedCheckpoint> named(
            Genesis genesis, Checkpoint named, LightServer server) {
        FinalityRules rules = genesis.parameters().finality();
        long height = Math.multiplyExact(named.epoch(), (long) rules.epochLength());
        List<BlockHeader> headers = server.headers(height);
        return headers.isEmpty()
                ? Optional.empty()
                : server.consensus(height)
                        .flatMap(part -> TrustedCheckpoint.of(named, headers.get(0), part, rules));
    }

    /**
     * How long stakes are bound, when a checkpoint is older than that, so that holders of old keys
     * could deceive whoever starts from it.
     */
    public static Optional<Duration> tooOldBy(
            Genesis genesis, TrustedCheckpoint start, long nowMillis) {
        FinalityRules rules = genesis.parameters().finality();
        long spacing = genesis.parameters().pacing().targetSpacingMillis();
        Duration bound = Duration.ofMillis(WeakSubjectivity.boundMillis(spacing, rules));
        boolean isOld =
                !WeakSubjectivity.isForTryingOut(spacing, rules)
                        && WeakSubjectivity.isTooOld(
                                start.header().timeMillis(), nowMillis, spacing, rules);
        return isOld ? Optional.of(bound) : Optional.empty();
    }
}

package io.wormhole.runtime.node;

import com.typesafe.config.Config;
import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.settings.HostPort;
import io.wormhole.cluster.settings.Settings;
import io.wormhole.cluster.settings.SettingsSection;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.runtime.notice.Webhook;
import io.wormhole.settlement.chain.History;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of a node, typed and checked; {@code reference.conf} documents each.
 *
 * @param dataDir where everything is stored
 * @param genesis the network's file
 * @param trusted a final checkpoint that the chain must contain
 * @param keyFile the encrypted keystore
 * @param passwordFile its password
 * @param roles what the node does beyond being a full node
 * @param peers where it listens for other nodes
 * @param dial which nodes it dials
 * @param discovery how it finds more
 * @param sessions where it listens for customers and makers
 * @param advertisedHost how others reach the session port
 * @param http where the API listens
 * @param channels rules for channels
 * @param chain how the settlement chain is stored
 */
public record NodeConfig(
        Path dataDir,
        Path genesis,
        Optional<Checkpoint> trusted,
        Path keyFile,
        Path passwordFile,
        Set<Role> roles,
        HostPort peers,
        List<HostPort> dial,
        Discovery discovery,
        HostPort sessions,
        String advertisedHost,
        HostPort http,
        ChannelConfig channels,
        ChainConfig chain) {
    /** What a node does beyond, or instead of, being a full node. */
    public enum Role {
        MINER,
        VALIDATOR,
        /** No chain of its own: asks full nodes for proofs; goes with no other role. */
        LIGHT
    }

    /**
     * Rules for channels.
     *
     * @param partnerSilence how long a partner may leave a payment unanswered
     * @param countdownBlocks of channels that this node opens
     * @param minimumCountdownBlocks of channels that others open
     * @param backup where copies of all channels go
     * @param webhook an address that is told of alarms
     */
    public record ChannelConfig(
            Duration partnerSilence,
            long countdownBlocks,
            long minimumCountdownBlocks,
            BackupConfig backup,
            Optional<URI> webhook) {
        private static final long MOST_BLOCKS = 100_000;
        private static final URI NOWHERE = URI.create("http://127.0.0.1/");

        static ChannelConfig read(SettingsSection in) {
            return new ChannelConfig(
                    in.duration("partner-silence", Duration.ofSeconds(1), Duration.ofDays(7)),
                    in.integer("countdown-blocks", 1, MOST_BLOCKS),
                    in.integer("minimum-countdown-blocks", 1, MOST_BLOCKS),
                    in.section("backup", BackupConfig::read).orElseThrow(),
                    in.optional("webhook", key -> in.value(key, NOWHERE, Webhook::address)));
        }
    }

    /**
     * Where copies of all channels go, sealed with the operator's key.
     *
     * @param to a folder, or the address of a web server; none: no copies
     * @param tokenFile whose first line a web server takes as bearer token
     */
    public record BackupConfig(Optional<String> to, Optional<Path> tokenFile) {
        // Whatever is no address is a folder.
        private static String place(String text) {
            return text.startsWith("http:") || text.startsWith("https:")
                    ? Webhook.address(text).toString()
                    : text;
        }

        static BackupConfig read(SettingsSection in) {
            return new BackupConfig(
                    in.optional("to", key -> in.value(key, "", BackupConfig::place)),
                    in.optional("token-file", in::path));
        }
    }

    /**
     * How the settlement chain is stored.
     *
     * @param archive whether every old state stays readable
     * @param keptBlocks final blocks that stay whole; 0: all
     * @param server a PostgreSQL server; none: a file in the data directory
     */
    public record ChainConfig(boolean archive, long keptBlocks, Optional<DatabaseSettings> server) {
        private static final long FEWEST_BLOCKS = 1_000;
        private static final long MOST_BLOCKS = 1_000_000_000;

        static ChainConfig read(SettingsSection in) {
            boolean archive = in.bool("archive");
            long kept = in.integer("keep-blocks", 0, MOST_BLOCKS);
            if (kept > 0 && kept < FEWEST_BLOCKS) {
                in.refuse(
                        "keep-blocks",
                        "is %d, allowed is 0 for all, or from %d".formatted(kept, FEWEST_BLOCKS));
            }
            // The file's place follows from the data directory.
            DatabaseSettings database =
                    in.section("database", part -> DatabaseSettings.from(part, Path.of("chain")))
                            .orElseThrow();
            return new ChainConfig(
                    archive,
                    kept == 0 ? 0 : Math.max(kept, FEWEST_BLOCKS),
                    database instanceof DatabaseSettings.PostgreSql
                            ? Optional.of(database)
                            : Optional.empty());
        }

        /** How much of the past stays. */
        public History history() {
            History states = archive ? History.ARCHIVE : History.FULL;
            return keptBlocks == 0 ? states : states.withBodies(keptBlocks);
        }

        /** What {@code chain prune} leaves. */
        public History pruned() {
            return keptBlocks == 0 ? History.FULL : History.FULL.withBodies(keptBlocks);
        }

        /** Where the chain is. */
        public DatabaseSettings database(Path file) {
            return server.orElseGet(() -> DatabaseSettings.h2(file));
        }
    }

    private record Keys(Path file, Path passwordFile) {
        static Keys read(SettingsSection in) {
            return new Keys(in.path("file"), in.path("password-file"));
        }
    }

    /**
     * Where a node finds its network.
     *
     * @param genesis the network's file
     * @param trusted a final checkpoint from somebody trusted, where one is given
     */
    private record Network(Path genesis, Optional<Checkpoint> trusted) {
        static Network read(SettingsSection in) {
            return new Network(
                    in.path("genesis"), in.optional("trusted-checkpoint", Network::checkpoint));
        }

        private static Checkpoint checkpoint(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length != 2 || !parts[0].matches("[0-9]{1,15}")) {
                throw new IllegalArgumentException("is %s, allowed is EPOCH:HASH".formatted(text));
            }
            return new Checkpoint(Long.parseLong(parts[0]), Hash.ofHex(parts[1]));
        }
    }

    /**
     * Where a node looks for others beyond those that it is told to dial.
     *
     * @param seeds names in DNS behind which nodes of the network stand
     * @param wanted below so many sessions the node dials what its peers tell it
     */
    public record Discovery(List<HostPort> seeds, int wanted) {
        static Discovery read(SettingsSection in) {
            return new Discovery(
                    in.list("dns-seeds", 16, HostPort::parse), in.smallInteger("wanted", 0, 64));
        }
    }

    private record Peers(HostPort listen, List<HostPort> dial, Discovery discovery) {
        static Peers read(SettingsSection in) {
            return new Peers(
                    new HostPort(in.text("host", 253), in.port("port")),
                    in.list("dial", 64, HostPort::parse),
                    Discovery.read(in));
        }
    }

    private record Sessions(HostPort listen, String advertisedHost) {
        static Sessions read(SettingsSection in) {
            return new Sessions(
                    new HostPort(in.text("host", 253), in.port("port")),
                    in.text("advertised-host", 253));
        }
    }

    /**
     * Reads the settings from a file over the defaults.
     *
     * @throws io.wormhole.cluster.settings.SettingsRefused naming every fault
     */
    public static NodeConfig load(Path file) {
        return of(Settings.load(file));
    }

    /** Reads the settings of a loaded configuration. */
    public static NodeConfig of(Config config) {
        return Settings.read(config, "wormhole", NodeConfig::read);
    }

    private static NodeConfig read(SettingsSection in) {
        in.ignore("settlement");
        in.ignore("journal");
        in.ignore("oracle");
        in.ignore("payments");
        in.ignore("watching");
        Path dataDir = in.path("data-dir");
        var network = in.section("network", Network::read);
        var keys = in.section("keys", Keys::read);
        Set<Role> roles = new TreeSet<>(in.list("roles", 3, NodeConfig::role));
        var peers = in.section("peers", Peers::read);
        var sessions = in.section("sessions", Sessions::read);
        var http = in.section("http", s -> new HostPort(s.text("host", 253), s.port("port")));
        var channels = in.section("channels", ChannelConfig::read);
        var chain = in.section("chain", ChainConfig::read);
        return new NodeConfig(
                dataDir,
                network.orElseThrow().genesis(),
                network.orElseThrow().trusted(),
                keys.orElseThrow().file(),
                keys.orElseThrow().passwordFile(),
                roles,
                peers.orElseThrow().listen(),
                peers.orElseThrow().dial(),
                peers.orElseThrow().discovery(),
                sessions.orElseThrow().listen(),
                sessions.orElseThrow().advertisedHost(),
                http.orElseThrow(),
                channels.orElseThrow(),
                chain.orElseThrow());
    }

    private static Role role(String text) {
        for (Role role : Role.values()) {
            if (role.name().equalsIgnoreCase(text)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "is %s, allowed is miner, validator or light".formatted(text));
    }
}

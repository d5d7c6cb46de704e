package io.wormhole.runtime.node;

import com.typesafe.config.Config;
import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.settings.HostPort;
import io.wormhole.cluster.settings.Settings;
import io.wormhole.cluster.settings.SettingsSection;
import io.wormhole.settlement.chain.History;
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
 * @param keyFile the encrypted keystore
 * @param passwordFile its password
 * @param roles what the node does beyond being a full node
 * @param peers where it listens for other nodes
 * @param dial which nodes it dials
 * @param sessions where it listens for customers and makers
 * @param advertisedHost how others reach the session port
 * @param http where the API listens
 * @param channels rules for channels
 * @param chain how the settlement chain is stored
 */
public record NodeConfig(
        Path dataDir,
        Path genesis,
        Path keyFile,
        Path passwordFile,
        Set<Role> roles,
        HostPort peers,
        List<HostPort> dial,
        HostPort sessions,
        String advertisedHost,
        HostPort http,
        ChannelConfig channels,
        ChainConfig chain) {
    /** What a node can do beyond being a full node. */
    public enum Role {
        MINER,
        VALIDATOR
    }

    /**
     * Rules for channels.
     *
     * @param partnerSilence how long a partner may leave a payment unanswered
     * @param countdownBlocks of channels that this node opens
     * @param minimumCountdownBlocks of channels that others open
     */
    public record ChannelConfig(
            Duration partnerSilence, long countdownBlocks, long minimumCountdownBlocks) {
        private static final long MOST_BLOCKS = 100_000;

        static ChannelConfig read(SettingsSection in) {
            return new ChannelConfig(
                    in.duration("partner-silence", Duration.ofSeconds(1), Duration.ofDays(7)),
                    in.integer("countdown-blocks", 1, MOST_BLOCKS),
                    in.integer("minimum-countdown-blocks", 1, MOST_BLOCKS));
        }
    }

    /**
     * How the settlement chain is stored.
     *
     * @param archive whether every old state stays readable
     * @param server a PostgreSQL server; none: a file in the data directory
     */
    public record ChainConfig(boolean archive, Optional<DatabaseSettings> server) {
        static ChainConfig read(SettingsSection in) {
            boolean archive = in.bool("archive");
            // The file's place follows from the data directory.
            DatabaseSettings database =
                    in.section("database", part -> DatabaseSettings.from(part, Path.of("chain")))
                            .orElseThrow();
            return new ChainConfig(
                    archive,
                    database instanceof DatabaseSettings.PostgreSql
                            ? Optional.of(database)
                            : Optional.empty());
        }

        /** How many old states stay. */
        public History history() {
            return archive ? History.ARCHIVE : History.FULL;
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

    private record Peers(HostPort listen, List<HostPort> dial) {
        static Peers read(SettingsSection in) {
            return new Peers(
                    new HostPort(in.text("host", 253), in.port("port")),
                    in.list("dial", 64, HostPort::parse));
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
        Path dataDir = in.path("data-dir");
        var genesis = in.section("network", network -> network.path("genesis"));
        var keys = in.section("keys", Keys::read);
        Set<Role> roles = new TreeSet<>(in.list("roles", 2, NodeConfig::role));
        var peers = in.section("peers", Peers::read);
        var sessions = in.section("sessions", Sessions::read);
        var http = in.section("http", s -> new HostPort(s.text("host", 253), s.port("port")));
        var channels = in.section("channels", ChannelConfig::read);
        var chain = in.section("chain", ChainConfig::read);
        return new NodeConfig(
                dataDir,
                genesis.orElseThrow(),
                keys.orElseThrow().file(),
                keys.orElseThrow().passwordFile(),
                roles,
                peers.orElseThrow().listen(),
                peers.orElseThrow().dial(),
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
        throw new IllegalArgumentException("is %s, allowed is miner or validator".formatted(text));
    }
}

package io.wormhole.cluster.formation;

import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkKey;
import io.wormhole.cluster.settings.HostPort;
import io.wormhole.cluster.settings.SettingsSection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** How a node finds its cluster. */
public sealed interface ClusterSettings {
    /** The node is its whole cluster; nobody else can reach its transport. */
    record Alone() implements ClusterSettings {}

    /**
     * The node is one of several.
     *
     * @param address where this node listens and is reached by the others
     * @param seeds addresses of nodes to join, the same list on each node; the first one may start
     *     the cluster
     * @param identity the key that this node proves to the others
     * @param nodeKeys the keys of all nodes of the cluster
     */
    record Together(
            HostPort address, List<HostPort> seeds, LinkIdentity identity, Set<LinkKey> nodeKeys)
            implements ClusterSettings {
        /** Checks that there is a seed and that this node is one of the nodes. */
        public Together {
            if (seeds.isEmpty()) {
                throw new IllegalArgumentException("seeds are empty, needed is at least one");
            }
            if (!nodeKeys.contains(identity.key())) {
                throw new IllegalArgumentException(
                        "node-keys lack the key of this node, " + identity.key());
            }
            seeds = List.copyOf(seeds);
            nodeKeys = Set.copyOf(nodeKeys);
        }
    }

    /**
     * Reads a section with {@code kind = alone | together}; the second needs {@code together {
     * address, seeds, node-keys }}.
     *
     * @param identity the key of this node
     */
    static ClusterSettings from(SettingsSection section, LinkIdentity identity) {
        Kind kind = section.choice("kind", Kind.class);
        var together =
                section.optional("together", key -> key)
                        .flatMap(key -> section.section(key, part -> together(part, identity)));
        if (kind == Kind.ALONE) {
            return new Alone();
        }
        if (together.isEmpty()) {
            section.refuse("together", "is needed for kind = together");
        }
        return together.orElseThrow();
    }

    private static Together together(SettingsSection part, LinkIdentity identity) {
        HostPort address = part.hostPort("address");
        List<HostPort> seeds = part.list("seeds", 16, HostPort::parse);
        List<LinkKey> keys = part.list("node-keys", 256, ClusterSettings::key);
        return new Together(address, seeds, identity, new HashSet<>(keys));
    }

    private static LinkKey key(String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "is \"" + text + "\", allowed is a key of 64 hexadecimal digits");
        }
        return LinkKey.of(HexFormat.of().parseHex(text));
    }

    /** The kinds of cluster. */
    enum Kind {
        /** One node. */
        ALONE,
        /** Several nodes. */
        TOGETHER
    }
}

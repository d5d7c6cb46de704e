package io.wormhole.cluster.formation;

import java.util.Optional;

/**
 * Whether a node can serve now.
 *
 * @param clusterUp whether this node is an accepted member of its cluster
 * @param members number of members that are up and reachable, this node included
 * @param databaseProblem what is wrong with the database, on one line; empty when it answers
 */
public record Readiness(boolean clusterUp, int members, Optional<String> databaseProblem) {
    /** Whether everything that serving needs is there. */
    public boolean ready() {
        return clusterUp && databaseProblem.isEmpty();
    }
}

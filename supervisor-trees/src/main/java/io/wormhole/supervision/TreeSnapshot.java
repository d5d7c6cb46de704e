package io.wormhole.supervision;

import io.wormhole.supervision.policy.ChildType;
import java.util.List;

/**
 * A supervision tree, or a part of it, at one moment.
 *
 * @param id the id under its supervisor
 * @param path from the root, such as {@code /line7/devices/printer}
 * @param type worker or supervisor
 * @param status what it is doing
 * @param restarts how often it was restarted since its spec was added
 * @param uptimeMillis time since this incarnation started; 0 when it does not run
 * @param mailboxSize messages waiting for it; -1 where Pekko does not say
 * @param strategy OTP's word for a supervisor's strategy; empty for a worker
 * @param omitted children beyond the largest number shown
 * @param children in start order
 */
public record TreeSnapshot(
        String id,
        String path,
        ChildType type,
        ChildStatus status,
        int restarts,
        long uptimeMillis,
        int mailboxSize,
        String strategy,
        int omitted,
        List<TreeSnapshot> children) {

    /**
     * Most children of one supervisor that a snapshot shows; the rest is counted in {@link
     * #omitted}.
     */
    public static final int MAX_CHILDREN = 1000;

    public TreeSnapshot {
        children = List.copyOf(children);
    }

    /** The snapshot as one JSON object with the fields of this record. */
    public String toJson() {
        return SnapshotJson.write(this);
    }

    TreeSnapshot withSubtree(TreeSnapshot subtree) {
        return new TreeSnapshot(
                id,
                path,
                type,
                status,
                restarts,
                uptimeMillis,
                mailboxSize,
                subtree.strategy,
                subtree.omitted,
                subtree.children);
    }

    TreeSnapshot withChildren(List<TreeSnapshot> replaced) {
        return new TreeSnapshot(
                id,
                path,
                type,
                status,
                restarts,
                uptimeMillis,
                mailboxSize,
                strategy,
                omitted,
                replaced);
    }
}

package io.wormhole.settlement.chain;

import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.settlement.consensus.SafetyViolation;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.store.StoredBlock;
import java.util.Optional;

/**
 * The chain at one moment, for readers on any thread.
 *
 * @param head the block that the node builds on
 * @param finalBlock the last block that is never undone
 * @param headLedger the state after the head
 * @param finalLedger the state after the final block
 * @param waiting transactions that wait for a block
 * @param counts what has happened since the start
 * @param alarm set when two conflicting checkpoints are final
 */
public record ChainView(
        StoredBlock head,
        StoredBlock finalBlock,
        Ledger headLedger,
        Ledger finalLedger,
        int waiting,
        Counts counts,
        Optional<SafetyViolation> alarm) {
    /** The last justified checkpoint of the head's chain. */
    public Checkpoint justified() {
        return head.index().justified();
    }

    /**
     * What has happened since the start.
     *
     * @param imported blocks that were valid
     * @param invalid blocks that broke the rules
     * @param reorganisations how often the head moved to another fork
     * @param undone blocks that were taken back by them
     * @param orphaned valid blocks that are on no followed chain
     * @param importNanos time spent with checking and storing blocks
     */
    public record Counts(
            long imported,
            long invalid,
            long reorganisations,
            long undone,
            long orphaned,
            long importNanos) {
        /** Nothing yet. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        Counts plus(ImportResult result, long nanos) {
            long time = importNanos + nanos;
            if (result instanceof ImportResult.Invalid) {
                return new Counts(imported, invalid + 1, reorganisations, undone, orphaned, time);
            }
            if (result instanceof ImportResult.Imported done) {
                int taken = done.change().map(change -> change.undone().size()).orElse(0);
                long moves = reorganisations + (taken > 0 ? 1 : 0);
                // A block beside the chain is one more; those that come onto it are fewer.
                int beside = done.change().map(change -> 1 - change.applied().size()).orElse(1);
                return new Counts(
                        imported + 1,
                        invalid,
                        moves,
                        undone + taken,
                        Math.max(0, orphaned + taken + beside),
                        time);
            }
            return this;
        }
    }
}

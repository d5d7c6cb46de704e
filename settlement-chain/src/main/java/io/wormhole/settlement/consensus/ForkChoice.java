package io.wormhole.settlement.consensus;

import io.wormhole.protocol.ledger.Checkpoint;
import java.util.Optional;

/**
 * Which chain a node follows: among the blocks above the last final checkpoint, the one with the
 * highest justified epoch, then the most work, then the smallest hash. Immutable.
 *
 * @param head the block that the node builds on
 * @param finalised the checkpoint whose subtree the node never leaves
 * @param alarm set for good when two conflicting checkpoints are final; from then on the node
 *     follows its own branch, but holds nothing more to be final, and must not settle
 */
public record ForkChoice(IndexedBlock head, Checkpoint finalised, Optional<SafetyViolation> alarm) {

    /**
     * Returns the choice of a node that knows only a root: genesis, or a block at or above a
     * trusted checkpoint.
     */
    public static ForkChoice startingAt(IndexedBlock root) {
        return new ForkChoice(root, root.finalised(), Optional.empty());
    }

    /** Takes note of a valid block that has just been added to the index. */
    public ForkChoice onBlock(IndexedBlock block, BlockIndex index) {
        if (alarm.isEmpty() && isConflicting(block.finalised(), index)) {
            return new ForkChoice(
                    head,
                    finalised,
                    Optional.of(new SafetyViolation(finalised, block.finalised())));
        }
        if (alarm.isEmpty() && block.finalised().epoch() > finalised.epoch()) {
            return new ForkChoice(bestAbove(block, index), block.finalised(), alarm);
        }
        boolean isAllowed =
                block.parent().equals(head.hash())
                        || index.isAncestor(finalised.blockHash(), block.hash());
        return isAllowed && block.isBetterThan(head)
                ? new ForkChoice(block, finalised, alarm)
                : this;
    }

    private boolean isConflicting(Checkpoint other, BlockIndex index) {
        if (other.equals(finalised) || other.equals(head.finalised())) {
            return false;
        }
        return other.epoch() > finalised.epoch()
                ? !index.isAncestor(finalised.blockHash(), other.blockHash())
                : !index.isAncestor(other.blockHash(), finalised.blockHash());
    }

    private static IndexedBlock bestAbove(IndexedBlock block, BlockIndex index) {
        IndexedBlock best = block;
        for (IndexedBlock tip : index.tips()) {
            if (tip.isBetterThan(best)
                    && index.isAncestor(block.finalised().blockHash(), tip.hash())) {
                best = tip;
            }
        }
        return best;
    }
}

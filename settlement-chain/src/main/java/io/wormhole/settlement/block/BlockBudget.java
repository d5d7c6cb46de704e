package io.wormhole.settlement.block;

import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.genesis.BlockLimits;

/** How much of a block's limits is used; counts what fits. */
final class BlockBudget {
    private final BlockLimits limits;
    private int count;
    private long bytes;
    private long gas;

    BlockBudget(BlockLimits limits) {
        this.limits = limits;
    }

    /** Whether one more transaction fits. */
    boolean fits(SignedTransaction signed) {
        return count < Block.MAXIMUM_TRANSACTIONS
                && bytes + signed.encoded().size() <= limits.maximumTransactionBytes()
                && gasOf(signed) <= limits.maximumGas() - gas;
    }

    /** Counts a transaction that fits. */
    void add(SignedTransaction signed) {
        count++;
        bytes += signed.encoded().size();
        gas += gasOf(signed);
    }

    private static long gasOf(SignedTransaction signed) {
        long time = signed.transaction().timeGasLimit();
        long space = signed.transaction().spaceGasLimit();
        return time > Long.MAX_VALUE - space ? Long.MAX_VALUE : time + space;
    }
}

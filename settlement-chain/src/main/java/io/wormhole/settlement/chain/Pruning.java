package io.wormhole.settlement.chain;

import io.wormhole.protocol.block.BlockHeader;

/** Forgets what of the past is not needed any more. */
public interface Pruning {
    /** Keeps all. */
    Pruning NONE =
            new Pruning() {
                @Override
                public void extended(BlockHeader parent, BlockHeader block) {}

                @Override
                public void follow(long finalHeight) {}
            };

    /** A block has been stored; both states are at hand now. */
    void extended(BlockHeader parent, BlockHeader block);

    /** All that is stored by now is stored for good, and this height is final. */
    void follow(long finalHeight);
}

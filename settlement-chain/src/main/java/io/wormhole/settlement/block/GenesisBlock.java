package io.wormhole.settlement.block;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.Ledger;
import java.util.List;

/** Block 0 of a network: no parent, no transactions, no work. */
public final class GenesisBlock {
    private GenesisBlock() {}

    /** The first block; its entropy is the network's id, so that no two networks share a block. */
    public static Block of(Genesis genesis) {
        BlockWitness witness = BlockWitness.EMPTY;
        BlockHeader header =
                new BlockHeader(
                        BlockHeader.VERSION,
                        Hash.ZERO,
                        BlockHeight.ZERO,
                        genesis.timeMillis(),
                        new Address(Hash.ZERO),
                        Ledger.atGenesis(genesis)
                                .roots(Block.transactionsRoot(List.of()), witness.hash()),
                        genesis.networkId().genesis(),
                        genesis.parameters().pacing().initialTargetBits(),
                        0,
                        List.of());
        return new Block(header, List.of(), witness);
    }
}

package io.wormhole.settlement.store;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.settlement.consensus.IndexedBlock;
import java.util.List;
import java.util.Map;

/**
 * A valid block to be stored.
 *
 * @param index its place in the tree
 * @param header its header
 * @param bare its encoding up to its witness
 * @param witness the rest
 * @param transactions ids of its transactions, in order
 * @param facts what its transactions did
 * @param nodes state nodes that it made, by hash
 */
public record BlockCommit(
        IndexedBlock index,
        BlockHeader header,
        Bytes bare,
        Bytes witness,
        List<Hash> transactions,
        List<LedgerFact> facts,
        Map<Hash, Bytes> nodes) {
    /** Copies the collections. */
    public BlockCommit {
        transactions = List.copyOf(transactions);
        facts = List.copyOf(facts);
        nodes = Map.copyOf(nodes);
    }

    /** Its whole encoding. */
    public Bytes block() {
        return bare.concat(witness);
    }
}

package io.wormhole.settlement.store;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.settlement.consensus.IndexedBlock;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A block that waits to be written, as few large pieces: hundreds wait at once, and many small
 * objects that live for so long would cost more to keep than to make.
 *
 * @param ids of its transactions, one after the other
 * @param facts encoded
 */
record GatheredBlock(
        IndexedBlock index, BlockHeader header, Bytes bare, Bytes witness, Bytes ids, Bytes facts) {
    static GatheredBlock of(BlockCommit block) {
        ByteBuffer ids = ByteBuffer.allocate(block.transactions().size() * Hash.SIZE);
        block.transactions().forEach(id -> ids.put(id.bytes().toBuffer()));
        return new GatheredBlock(
                block.index(),
                block.header(),
                block.bare(),
                block.witness(),
                Bytes.of(ids.flip()),
                FactCodec.encode(block.facts()));
    }

    /** The whole encoding of the block. */
    Bytes whole() {
        return bare.concat(witness);
    }

    /** How many bytes wait. */
    int size() {
        return bare.size() + witness.size() + ids.size() + facts.size();
    }

    int transactions() {
        return ids.size() / Hash.SIZE;
    }

    /** The id of the transaction at a place. */
    Bytes id(int place) {
        return ids.slice(place * Hash.SIZE, (place + 1) * Hash.SIZE);
    }

    List<LedgerFact> decodedFacts() {
        return FactCodec.decode(facts);
    }

    StoredBlock stored() {
        return new StoredBlock(index, header);
    }
}

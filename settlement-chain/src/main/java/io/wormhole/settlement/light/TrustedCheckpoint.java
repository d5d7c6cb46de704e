package io.wormhole.settlement.light;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.merkle.MissingNodeException;
import io.wormhole.protocol.merkle.PartialMap;
import io.wormhole.settlement.block.GenesisBlock;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.LedgerKeys;
import java.util.Optional;

/**
 * All that a light client must remember: the header of a final checkpoint and the stakes after it.
 *
 * @param header the checkpoint's header
 * @param finality stakes and votes after it
 */
public record TrustedCheckpoint(BlockHeader header, FinalityState finality) implements Canonical {
    /** Block 0, which whoever has the network's file may trust. */
    public static TrustedCheckpoint genesis(Genesis genesis) {
        return new TrustedCheckpoint(
                GenesisBlock.of(genesis).header(), FinalityState.atGenesis(genesis.stakes()));
    }

    /**
     * A checkpoint that somebody trusted has named, with what an untrusted server says of it; empty
     * when that is not what was named.
     */
    public static Optional<TrustedCheckpoint> of(
            Checkpoint named, BlockHeader header, PartialMap consensus, FinalityRules rules) {
        boolean isNamed =
                header.hash().equals(named.blockHash())
                        && header.height().value()
                                == Math.multiplyExact(named.epoch(), (long) rules.epochLength());
        return isNamed ? of(header, consensus) : Optional.empty();
    }

    /** The checkpoint of a header whose finality state is proven by a part of its map. */
    static Optional<TrustedCheckpoint> of(BlockHeader header, PartialMap consensus) {
        try {
            return consensus
                    .replayFrom(header.roots().consensus())
                    .flatMap(replay -> replay.map().get(LedgerKeys.FINALITY))
                    .map(bytes -> CanonicalReader.decode(bytes, FinalityState::readFrom))
                    .map(finality -> new TrustedCheckpoint(header, finality));
        } catch (MissingNodeException incomplete) {
            return Optional.empty();
        }
    }

    /** Decodes a stored checkpoint strictly. */
    public static TrustedCheckpoint decode(Bytes encoded) {
        return CanonicalReader.decode(
                encoded,
                in -> new TrustedCheckpoint(BlockHeader.readFrom(in), FinalityState.readFrom(in)));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(header).write(finality);
    }

    /** Its height. */
    public long height() {
        return header.height().value();
    }

    /** Its hash. */
    public Hash hash() {
        return header.hash();
    }

    /** Its epoch. */
    public long epoch(FinalityRules rules) {
        return height() / rules.epochLength();
    }
}

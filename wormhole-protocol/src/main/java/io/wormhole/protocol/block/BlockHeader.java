package io.wormhole.protocol.block;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;

/**
 * A block's header.
 *
 * @param version protocol version, 1
 * @param previous hash of the header before; zero for genesis
 * @param height blocks below this one
 * @param timeMillis milliseconds since 1970-01-01 UTC, by the producer's clock
 * @param producer who gets fees and the miner's reward
 * @param roots roots of the transactions and of the state after them
 * @param entropy 32 bytes that the producer chose
 * @param targetBits proof-of-work target in compact form
 * @param powNonce varied until the graph has a cycle
 * @param cycle edge indices of the cycle, ascending, each below 2^32; empty for genesis
 */
public record BlockHeader(
        int version,
        Hash previous,
        BlockHeight height,
        long timeMillis,
        Address producer,
        BlockRoots roots,
        Hash entropy,
        int targetBits,
        long powNonce,
        List<Long> cycle)
        implements Canonical {
    /** The protocol version of this code. */
    public static final int VERSION = 1;

    /** Longest cycle of any network. */
    public static final int MAXIMUM_CYCLE = 128;

    private static final long EDGE_LIMIT = 1L << 32;

    /** Refuses unknown versions and edges beyond 32 bits. */
    public BlockHeader {
        cycle = List.copyOf(cycle);
        if (version != VERSION) {
            throw new IllegalArgumentException("block version 1 expected, found " + version);
        }
        if (timeMillis < 0) {
            throw new IllegalArgumentException("time below zero: " + timeMillis);
        }
        if (cycle.size() > MAXIMUM_CYCLE) {
            throw new IllegalArgumentException("cycle longer than 128: " + cycle.size());
        }
        for (long edge : cycle) {
            if (edge < 0 || edge >= EDGE_LIMIT) {
                throw new IllegalArgumentException("edge out of range: " + edge);
            }
        }
    }

    /** Reads a header in the order of the fields. */
    public static BlockHeader readFrom(CanonicalReader in) {
        return new BlockHeader(
                in.readInt(),
                Hash.readFrom(in),
                BlockHeight.readFrom(in),
                in.readLong(),
                Address.readFrom(in),
                BlockRoots.readFrom(in),
                Hash.readFrom(in),
                in.readInt(),
                in.readLong(),
                in.readList(MAXIMUM_CYCLE, edges -> Integer.toUnsignedLong(edges.readInt())));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        writeWorkTo(out);
        out.writeList(cycle, (edges, edge) -> edges.writeInt((int) (long) edge));
    }

    private void writeWorkTo(CanonicalWriter out) {
        out.writeInt(version)
                .write(previous)
                .write(height)
                .writeLong(timeMillis)
                .write(producer)
                .write(roots)
                .write(entropy)
                .writeInt(targetBits)
                .writeLong(powNonce);
    }

    /** The block's identity. */
    public Hash hash() {
        return Hash.of(DomainTag.BLOCK, this);
    }

    /** What the Cuckoo graph is keyed with: everything but the cycle. */
    public Bytes workBytes() {
        CanonicalWriter out = new CanonicalWriter().writeFixed(DomainTag.PROOF_OF_WORK.prefix());
        writeWorkTo(out);
        return out.toBytes();
    }

    /** This header with another proof of work. */
    public BlockHeader withWork(long nonce, List<Long> edges) {
        return new BlockHeader(
                version,
                previous,
                height,
                timeMillis,
                producer,
                roots,
                entropy,
                targetBits,
                nonce,
                edges);
    }
}

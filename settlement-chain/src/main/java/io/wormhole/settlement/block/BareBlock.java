package io.wormhole.settlement.block;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.List;
import java.util.Objects;

/**
 * A block without its witness: all that somebody needs who has the state before it, and a quarter
 * of the bytes. The witness is found by running the transactions, and must be that of the header.
 */
public final class BareBlock implements Canonical {
    private final BlockHeader header;
    private final List<SignedTransaction> transactions;
    private final Hash hash;
    private final Bytes encoded;

    private BareBlock(BlockHeader header, List<SignedTransaction> transactions, Bytes encoded) {
        Block.requireFew(transactions);
        this.header = header;
        this.transactions = List.copyOf(transactions);
        this.hash = header.hash();
        this.encoded = encoded;
    }

    /** The block of these parts. */
    public static BareBlock of(BlockHeader header, List<SignedTransaction> transactions) {
        CanonicalWriter out = new CanonicalWriter();
        write(out, header, transactions);
        return new BareBlock(header, transactions, out.toBytes());
    }

    /** Decodes strictly; refuses more than {@value Block#MAXIMUM_SIZE} bytes. */
    public static BareBlock decode(Bytes encoded) {
        Block.requireSize(encoded);
        return CanonicalReader.decode(
                encoded,
                in -> new BareBlock(BlockHeader.readFrom(in), Block.readTransactions(in), encoded));
    }

    /** The encoding of a block, cut off before its witness, if that is there. */
    public static Bytes cutFrom(Bytes block) {
        CanonicalReader in = CanonicalReader.of(block);
        BlockHeader.readFrom(in);
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            in.skipBytes(SignedTransaction.MAXIMUM_SIZE);
        }
        return in.remaining() == 0 ? block : block.slice(0, block.size() - in.remaining());
    }

    static void write(
            CanonicalWriter out, BlockHeader header, List<SignedTransaction> transactions) {
        out.write(header)
                .writeList(transactions, (list, signed) -> list.writeBytes(signed.encoded()));
    }

    /** The header. */
    public BlockHeader header() {
        return header;
    }

    /** In the order in which they apply, at most {@value Block#MAXIMUM_TRANSACTIONS}. */
    public List<SignedTransaction> transactions() {
        return transactions;
    }

    /** The block's identity: its header's hash. */
    public Hash hash() {
        return hash;
    }

    @Override
    public Bytes encoded() {
        return encoded;
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeFixed(encoded);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BareBlock block && encoded.equals(block.encoded);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(hash);
    }

    @Override
    public String toString() {
        return "BareBlock[" + hash + ", " + transactions.size() + " transactions]";
    }
}

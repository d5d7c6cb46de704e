package io.wormhole.settlement.block;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.MerkleList;
import io.wormhole.protocol.merkle.MerkleListProof;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.List;

/**
 * A header with all that it commits to.
 *
 * @param header the header
 * @param transactions in the order in which they apply, at most {@value #MAXIMUM_TRANSACTIONS}
 * @param witness what they look at
 */
public record Block(BlockHeader header, List<SignedTransaction> transactions, BlockWitness witness)
        implements Canonical {
    /** Largest block in bytes. */
    public static final int MAXIMUM_SIZE = 32 << 20;

    /** Most transactions: fewer than the nonces that an account can use in one block. */
    public static final int MAXIMUM_TRANSACTIONS = 65_535;

    /** Refuses too many transactions. */
    public Block {
        transactions = List.copyOf(transactions);
        requireFew(transactions);
    }

    static void requireFew(List<SignedTransaction> transactions) {
        if (transactions.size() > MAXIMUM_TRANSACTIONS) {
            throw new IllegalArgumentException(
                    "at most 65535 transactions, found " + transactions.size());
        }
    }

    /** Decodes a block strictly; refuses more than {@value #MAXIMUM_SIZE} bytes. */
    public static Block decode(Bytes encoded) {
        requireSize(encoded);
        return CanonicalReader.decode(encoded, Block::readFrom);
    }

    static void requireSize(Bytes encoded) {
        if (encoded.size() > MAXIMUM_SIZE) {
            throw new IllegalArgumentException(
                    "a block has at most %d bytes, found %d"
                            .formatted(MAXIMUM_SIZE, encoded.size()));
        }
    }

    /** Reads header, transactions with their lengths, and witness. */
    public static Block readFrom(CanonicalReader in) {
        return new Block(BlockHeader.readFrom(in), readTransactions(in), BlockWitness.readFrom(in));
    }

    static List<SignedTransaction> readTransactions(CanonicalReader in) {
        return in.readList(MAXIMUM_TRANSACTIONS, Block::readTransaction);
    }

    private static SignedTransaction readTransaction(CanonicalReader in) {
        return SignedTransaction.decode(in.readBytes(SignedTransaction.MAXIMUM_SIZE));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        BareBlock.write(out, header, transactions);
        out.write(witness);
    }

    /** The block's identity: its header's hash. */
    public Hash hash() {
        return header.hash();
    }

    /** This block without its witness. */
    public BareBlock bare() {
        return BareBlock.of(header, transactions);
    }

    /** This block with another proof of work. */
    public Block withWork(long powNonce, List<Long> cycle) {
        return new Block(header.withWork(powNonce, cycle), transactions, witness);
    }

    /** The proof that the transaction at {@code index} is in this block. */
    public MerkleListProof proveTransaction(int index) {
        return MerkleList.prove(encodedTransactions(transactions), index);
    }

    /** The root of a list of transactions: each leaf is the signed encoding. */
    public static Hash transactionsRoot(List<SignedTransaction> transactions) {
        return MerkleList.root(encodedTransactions(transactions));
    }

    private static List<Bytes> encodedTransactions(List<SignedTransaction> transactions) {
        return transactions.stream().map(SignedTransaction::encoded).toList();
    }
}

package io.wormhole.channel.invoice;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Bech32m;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.nio.charset.StandardCharsets;

/**
 * A payee's signed wish to be paid: whoever shows the secret behind {@code hash} was paid.
 *
 * @param amount at least one base unit
 * @param hash SHA-256 of a secret that the payee alone knows
 * @param expiresAt first height at which the payee takes no payment any more
 * @param finalBlocks how many blocks the last hash-time-lock must leave the payee at least
 * @param description for people, at most {@value #MOST_DESCRIPTION_BYTES} bytes
 */
public record Invoice(
        NetworkId network,
        PublicKey payee,
        Amount amount,
        Hash hash,
        BlockHeight expiresAt,
        long finalBlocks,
        String description,
        Signature signature)
        implements Canonical {
    /** The prefix of an invoice's text. */
    public static final String PREFIX = "dsdinv";

    /** Most bytes of a description. */
    public static final int MOST_DESCRIPTION_BYTES = 128;

    private static final int VERSION = 1;
    private static final long MOST_FINAL_BLOCKS = 1_000_000;

    /** Refuses nothing to pay, a gap out of range, a description that is too long. */
    public Invoice {
        if (amount.isZero()) {
            throw new IllegalArgumentException("an invoice over nothing");
        }
        if (finalBlocks < 1 || finalBlocks > MOST_FINAL_BLOCKS) {
            throw new IllegalArgumentException(
                    "final blocks must be 1 to 1000000, found " + finalBlocks);
        }
        int bytes = description.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_DESCRIPTION_BYTES) {
            throw new IllegalArgumentException(
                    "a description has at most 128 bytes, found " + bytes);
        }
    }

    /** What an invoice says besides who signs it. */
    public record Terms(
            NetworkId network,
            Amount amount,
            Hash hash,
            BlockHeight expiresAt,
            long finalBlocks,
            String description) {}

    /** An invoice of {@code payee}. */
    public static Invoice of(Terms terms, KeyPair payee) {
        Bytes content = content(terms, payee.publicKey());
        return new Invoice(
                terms.network(),
                payee.publicKey(),
                terms.amount(),
                terms.hash(),
                terms.expiresAt(),
                terms.finalBlocks(),
                terms.description(),
                payee.sign(DomainTag.INVOICE, terms.network(), content));
    }

    private static Bytes content(Terms terms, PublicKey payee) {
        return new CanonicalWriter()
                .writeU8(VERSION)
                .write(terms.network())
                .write(payee)
                .write(terms.amount())
                .write(terms.hash())
                .write(terms.expiresAt())
                .writeLong(terms.finalBlocks())
                .writeText(terms.description())
                .toBytes();
    }

    private Terms terms() {
        return new Terms(network, amount, hash, expiresAt, finalBlocks, description);
    }

    /** Reads an invoice in the order of the fields. */
    public static Invoice readFrom(CanonicalReader in) {
        int version = in.readU8();
        if (version != VERSION) {
            throw in.fault("invoice version 1 expected, found " + version);
        }
        NetworkId network = NetworkId.readFrom(in);
        PublicKey payee = PublicKey.readFrom(in);
        return new Invoice(
                network,
                payee,
                Amount.readFrom(in),
                Hash.readFrom(in),
                BlockHeight.readFrom(in),
                in.readLong(),
                in.readText(MOST_DESCRIPTION_BYTES),
                Signature.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeFixed(content(terms(), payee)).write(signature);
    }

    /** The text to hand out. */
    public String toText() {
        return Bech32m.encode(PREFIX, encoded());
    }

    /**
     * Reads an invoice's text; throws {@link IllegalArgumentException} naming the fault when it is
     * mistyped, malformed, of another network, or not signed by its payee.
     */
    public static Invoice parse(String text, NetworkId network) {
        Invoice invoice =
                CanonicalReader.decode(Bech32m.decode(PREFIX, text.strip()), Invoice::readFrom);
        if (!invoice.network().equals(network)) {
            throw new IllegalArgumentException("the invoice is for another network");
        }
        if (!invoice.isSigned()) {
            throw new IllegalArgumentException("the invoice is not signed by its payee");
        }
        return invoice;
    }

    /** Whether the payee signed all of this. */
    public boolean isSigned() {
        return payee.verifies(signature, DomainTag.INVOICE, network, content(terms(), payee));
    }

    /** Whether the payee still takes the payment at {@code height}. */
    public boolean isOpenAt(BlockHeight height) {
        return height.isBefore(expiresAt);
    }
}

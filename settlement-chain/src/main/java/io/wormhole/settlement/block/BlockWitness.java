package io.wormhole.settlement.block;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.PartialMap;
import io.wormhole.protocol.merkle.WitnessRecorder;
import io.wormhole.settlement.ledger.StateTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of the ledger before a block that the block looks at: one part per state tree, in their
 * order. A block has exactly one valid witness.
 */
public final class BlockWitness implements Canonical {
    /** The witness of a block that looks at nothing, on an empty ledger. */
    public static final BlockWitness EMPTY =
            new BlockWitness(
                    Collections.nCopies(
                            StateTree.values().length,
                            new WitnessRecorder(AuthenticatedMap.EMPTY).witness()));

    private static final int USUAL_BYTES = 16 << 10;

    private final List<PartialMap> parts;
    // Hashed and stored: encoded when first asked for; two threads find the same.
    private @Nullable Bytes encoded;

    /** Refuses any other number of parts than there are trees. */
    public BlockWitness(List<PartialMap> parts) {
        this.parts = List.copyOf(parts);
        if (parts.size() != StateTree.values().length) {
            throw new IllegalArgumentException("a witness has 6 parts, found " + parts.size());
        }
    }

    /** Reads the parts in the order of the trees. */
    public static BlockWitness readFrom(CanonicalReader in) {
        List<PartialMap> parts = new ArrayList<>();
        for (int i = 0; i < StateTree.values().length; i++) {
            parts.add(PartialMap.readFrom(in));
        }
        return new BlockWitness(parts);
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeFixed(encoded());
    }

    @Override
    public Bytes encoded() {
        Bytes known = encoded;
        if (known == null) {
            CanonicalWriter out = new CanonicalWriter(USUAL_BYTES);
            parts.forEach(out::write);
            known = out.toBytes();
            encoded = known;
        }
        return known;
    }

    /** The part of one tree. */
    @SuppressWarnings("EnumOrdinal") // The order of the trees is part of the format.
    public PartialMap part(StateTree tree) {
        return parts.get(tree.ordinal());
    }

    /** The hash that stands in the header. */
    public Hash hash() {
        return Hash.of(DomainTag.WITNESS, encoded());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockWitness witness && encoded().equals(witness.encoded());
    }

    @Override
    public int hashCode() {
        return encoded().hashCode();
    }

    @Override
    public String toString() {
        return "BlockWitness[" + encoded().size() + " bytes]";
    }
}

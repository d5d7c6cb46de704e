package io.wormhole.settlement.block;

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

/**
 * All of the ledger before a block that the block looks at: one part per state tree, in their
 * order. A block has exactly one valid witness.
 */
public record BlockWitness(List<PartialMap> parts) implements Canonical {
    /** The witness of a block that looks at nothing, on an empty ledger. */
    public static final BlockWitness EMPTY =
            new BlockWitness(
                    Collections.nCopies(
                            StateTree.values().length,
                            new WitnessRecorder(AuthenticatedMap.EMPTY).witness()));

    /** Refuses any other number of parts. */
    public BlockWitness {
        parts = List.copyOf(parts);
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
        parts.forEach(out::write);
    }

    /** The part of one tree. */
    @SuppressWarnings("EnumOrdinal") // The order of the trees is part of the format.
    public PartialMap part(StateTree tree) {
        return parts.get(tree.ordinal());
    }

    /** The hash that stands in the header. */
    public Hash hash() {
        return Hash.of(DomainTag.WITNESS, this);
    }
}

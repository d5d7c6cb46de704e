package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * What an {@link AuthenticatedMap} holds at one key: the siblings from the root down, and where the
 * way ends. It ends at the key's own leaf (member), at nothing, or at another leaf (both absent).
 * Empty siblings are one bit in the encoding. Neither root nor key is inside: the asker knows them.
 */
public final class MapProof implements Canonical {
    private final List<Hash> siblings;
    private final End end;

    MapProof(List<Hash> siblings, End end) {
        int depth = siblings.size();
        if (depth > NodeCodec.DEEPEST) {
            throw new IllegalArgumentException(
                    "a map proof with " + depth + " siblings, at most 256");
        }
        if (depth > 0 && siblings.get(depth - 1).equals(Hash.ZERO)) {
            throw new IllegalArgumentException("the lowest sibling of a map proof is never empty");
        }
        this.siblings = List.copyOf(siblings);
        this.end = end;
    }

    /** Reads depth, bits of the siblings that are not empty, those siblings, and the end. */
    public static MapProof readFrom(CanonicalReader in) {
        int depth = in.readInt();
        if (depth < 0 || depth > NodeCodec.DEEPEST) {
            throw in.fault("depth " + depth + " of a map proof, at most " + NodeCodec.DEEPEST);
        }
        Bytes present = in.readFixed((depth + 7) / 8);
        for (int bit = depth; bit < present.size() * 8; bit++) {
            if (present.bit(bit)) {
                throw in.fault("unused bits of a map proof are not zero");
            }
        }
        List<Hash> siblings = new ArrayList<>();
        for (int bit = 0; bit < depth; bit++) {
            siblings.add(present.bit(bit) ? readSibling(in) : Hash.ZERO);
        }
        return new MapProof(siblings, End.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        byte[] present = new byte[(siblings.size() + 7) / 8];
        for (int bit = 0; bit < siblings.size(); bit++) {
            if (!siblings.get(bit).equals(Hash.ZERO)) {
                present[bit / 8] = (byte) (present[bit / 8] | (0x80 >>> (bit % 8)));
            }
        }
        out.writeInt(siblings.size()).writeFixed(Bytes.of(present));
        siblings.stream().filter(sibling -> !sibling.equals(Hash.ZERO)).forEach(out::write);
        out.write(end);
    }

    /** The siblings from the root down; {@link Hash#ZERO} where a sibling is empty. */
    public List<Hash> siblings() {
        return siblings;
    }

    /** What this proves about {@code key} in the map with {@code root}. */
    public MapVerdict verify(Hash root, Hash key) {
        if (!end.isOnTheWayTo(key, siblings.size())) {
            return new MapVerdict.Unproven("the proof is of another key than " + key);
        }
        NodeHasher hasher = new NodeHasher();
        Hash hash = end.hash(key, hasher);
        for (int depth = siblings.size() - 1; depth >= 0; depth--) {
            Hash sibling = siblings.get(depth);
            boolean bit = key.bytes().bit(depth);
            hash = bit ? hasher.branch(sibling, hash) : hasher.branch(hash, sibling);
        }
        return hash.equals(root)
                ? end.verdict()
                : new MapVerdict.Unproven("the proof leads to root " + hash + ", not " + root);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MapProof proof
                && proof.siblings.equals(siblings)
                && proof.end.equals(end);
    }

    @Override
    public int hashCode() {
        return 31 * siblings.hashCode() + end.hashCode();
    }

    @Override
    public String toString() {
        return "MapProof[" + siblings.size() + " siblings, " + end + "]";
    }

    private static Hash readSibling(CanonicalReader in) {
        Hash sibling = Hash.readFrom(in);
        if (sibling.equals(Hash.ZERO)) {
            throw in.fault("an empty sibling written as a hash");
        }
        return sibling;
    }

    /** Where the way to a key ends. */
    sealed interface End extends Canonical {
        static End of(Node node, Hash key, NodeHasher hasher) {
            if (!(node instanceof LeafNode leaf)) {
                return new Nothing();
            }
            return leaf.key().equals(key)
                    ? new OwnLeaf(leaf.value())
                    : new OtherLeaf(leaf.key(), leaf.valueHash(hasher));
        }

        static End readFrom(CanonicalReader in) {
            int kind = in.readU8();
            return switch (kind) {
                case 0 -> new Nothing();
                case 1 -> new OwnLeaf(in.readBytes(AuthenticatedMap.MAXIMUM_VALUE_BYTES));
                case 2 -> new OtherLeaf(Hash.readFrom(in), Hash.readFrom(in));
                default -> throw in.fault("a map proof ends in 0, 1 or 2, found " + kind);
            };
        }

        boolean isOnTheWayTo(Hash key, int depth);

        Hash hash(Hash key, NodeHasher hasher);

        MapVerdict verdict();
    }

    private record Nothing() implements End {
        @Override
        public boolean isOnTheWayTo(Hash key, int depth) {
            return true;
        }

        @Override
        public Hash hash(Hash key, NodeHasher hasher) {
            return Hash.ZERO;
        }

        @Override
        public MapVerdict verdict() {
            return new MapVerdict.Absent();
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeU8(0);
        }
    }

    private record OwnLeaf(Bytes value) implements End {
        @Override
        public boolean isOnTheWayTo(Hash key, int depth) {
            return true;
        }

        @Override
        public Hash hash(Hash key, NodeHasher hasher) {
            return hasher.leaf(key, hasher.value(value));
        }

        @Override
        public MapVerdict verdict() {
            return new MapVerdict.Present(value);
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeU8(1).writeBytes(value);
        }
    }

    private record OtherLeaf(Hash otherKey, Hash valueHash) implements End {
        @Override
        public boolean isOnTheWayTo(Hash key, int depth) {
            for (int bit = 0; bit < depth; bit++) {
                if (otherKey.bytes().bit(bit) != key.bytes().bit(bit)) {
                    return false;
                }
            }
            return !otherKey.equals(key);
        }

        @Override
        public Hash hash(Hash key, NodeHasher hasher) {
            return hasher.leaf(otherKey, valueHash);
        }

        @Override
        public MapVerdict verdict() {
            return new MapVerdict.Absent();
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeU8(2).write(otherKey).write(valueHash);
        }
    }
}

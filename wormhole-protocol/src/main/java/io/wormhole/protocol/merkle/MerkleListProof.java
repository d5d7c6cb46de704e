package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import java.util.List;
import java.util.Objects;

/**
 * The place of one leaf in a list of {@code size} leaves: the hashes beside its way to the root,
 * lowest first (an RFC 6962 audit path).
 */
public record MerkleListProof(int index, int size, List<Hash> path) implements Canonical {
    private static final int LONGEST_PATH = 31;

    /** Refuses an index outside the list, and a path of another length than the place needs. */
    public MerkleListProof {
        Objects.checkIndex(index, size);
        path = List.copyOf(path);
        int needed = pathLength(index, size);
        if (path.size() != needed) {
            throw new IllegalArgumentException(
                    "leaf %d of %d has a path of %d hashes, found %d"
                            .formatted(index, size, needed, path.size()));
        }
    }

    /** Reads index, size and path. */
    public static MerkleListProof readFrom(CanonicalReader in) {
        int index = in.readInt();
        int size = in.readInt();
        if (index < 0 || index >= size) {
            throw in.fault("leaf " + index + " of a list of " + size);
        }
        return new MerkleListProof(index, size, in.readList(LONGEST_PATH, Hash::readFrom));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeInt(index).writeInt(size).writeList(path);
    }

    /** Whether the list with this root, of this size, holds {@code leaf} at this index. */
    public boolean verifies(Hash root, Bytes leaf) {
        return rootAbove(MerkleList.leaf(leaf), index, size, path).equals(root);
    }

    private static Hash rootAbove(Hash leaf, int index, int size, List<Hash> path) {
        if (size == 1) {
            return leaf;
        }
        int middle = MerkleList.leftSize(size);
        Hash beside = path.get(path.size() - 1);
        List<Hash> below = path.subList(0, path.size() - 1);
        return index < middle
                ? MerkleList.node(rootAbove(leaf, index, middle, below), beside)
                : MerkleList.node(beside, rootAbove(leaf, index - middle, size - middle, below));
    }

    private static int pathLength(int index, int size) {
        int length = 0;
        int place = index;
        int left = size;
        while (left > 1) {
            int middle = MerkleList.leftSize(left);
            left = place < middle ? middle : left - middle;
            place = place < middle ? place : place - middle;
            length++;
        }
        return length;
    }
}

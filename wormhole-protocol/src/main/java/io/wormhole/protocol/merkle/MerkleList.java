package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Merkle trees over lists as RFC 6962 (section 2.1) defines them. The RFC's own one-byte prefixes
 * take the place of a domain tag, so that any implementation of the RFC can check our paths.
 */
public final class MerkleList {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private MerkleList() {}

    /** The tree hash of {@code leaves}; of none, the hash of nothing. */
    public static Hash root(List<Bytes> leaves) {
        if (leaves.isEmpty()) {
            return new Hash(Bytes.of(Hash.sha256().digest()));
        }
        return subtree(hashes(leaves), new ArrayList<>(), -1);
    }

    /** The proof that {@code leaves} holds what it holds at {@code index}. */
    public static MerkleListProof prove(List<Bytes> leaves, int index) {
        return new MerkleListProof(index, leaves.size(), path(leaves, index));
    }

    /** The hashes beside the way from the leaf at {@code index} to the root, lowest first. */
    public static List<Hash> path(List<Bytes> leaves, int index) {
        Objects.checkIndex(index, leaves.size());
        List<Hash> path = new ArrayList<>();
        subtree(hashes(leaves), path, index);
        return List.copyOf(path);
    }

    /** How many leaves go left in a tree of {@code size} leaves: the largest power of two below. */
    static int leftSize(int size) {
        return Integer.highestOneBit(size - 1);
    }

    static Hash leaf(Bytes content) {
        MessageDigest digest = Hash.sha256();
        digest.update(LEAF);
        digest.update(content.toArray());
        return new Hash(Bytes.of(digest.digest()));
    }

    static Hash node(Hash left, Hash right) {
        MessageDigest digest = Hash.sha256();
        digest.update(NODE);
        digest.update(left.bytes().toArray());
        digest.update(right.bytes().toArray());
        return new Hash(Bytes.of(digest.digest()));
    }

    private static List<Hash> hashes(List<Bytes> leaves) {
        return leaves.stream().map(MerkleList::leaf).toList();
    }

    /** The hash of {@code leaves}; adds to {@code path} what stands beside the leaf at index. */
    private static Hash subtree(List<Hash> leaves, List<Hash> path, int index) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int middle = leftSize(leaves.size());
        boolean isLeft = index >= 0 && index < middle;
        boolean isRight = index >= middle;
        Hash left = subtree(leaves.subList(0, middle), path, isLeft ? index : -1);
        List<Hash> upper = leaves.subList(middle, leaves.size());
        Hash right = subtree(upper, path, isRight ? index - middle : -1);
        if (isLeft || isRight) {
            path.add(isLeft ? right : left);
        }
        return node(left, right);
    }
}

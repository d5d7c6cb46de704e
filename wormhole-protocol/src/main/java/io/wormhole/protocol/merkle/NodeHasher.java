package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Hashes nodes with one digest and one buffer per tag for a whole batch; for one thread. A leaf
 * covers its key and its value's hash, so that a proof can show a foreign leaf without its value.
 *
 * <p>Nodes hold their digests as bare arrays, which nobody changes: a batch of updates spends most
 * of its time fetching the siblings' hashes from memory, and {@link Hash} takes two more fetches.
 */
final class NodeHasher {
    private static final Bytes VALUE = DomainTag.MAP_VALUE.prefix();
    private static final Bytes LEAF = DomainTag.MAP_LEAF.prefix();
    private static final Bytes BRANCH = DomainTag.MAP_BRANCH.prefix();

    private final MessageDigest digest = Hash.sha256();
    private final byte[] leaf = taggedPair(LEAF);
    private final byte[] branch = taggedPair(BRANCH);

    Hash value(Bytes value) {
        VALUE.addTo(digest);
        value.addTo(digest);
        return new Hash(Bytes.of(digest.digest()));
    }

    Hash leaf(Hash key, Hash valueHash) {
        return new Hash(Bytes.of(leafDigest(key, valueHash)));
    }

    Hash branch(Hash left, Hash right) {
        return new Hash(Bytes.of(branchDigest(left.bytes().toArray(), right.bytes().toArray())));
    }

    byte[] leafDigest(Hash key, Hash valueHash) {
        key.bytes().copyTo(leaf, LEAF.size());
        valueHash.bytes().copyTo(leaf, LEAF.size() + Hash.SIZE);
        return digestOf(leaf);
    }

    byte[] branchDigest(byte[] left, byte[] right) {
        System.arraycopy(left, 0, branch, BRANCH.size(), Hash.SIZE);
        System.arraycopy(right, 0, branch, BRANCH.size() + Hash.SIZE, Hash.SIZE);
        return digestOf(branch);
    }

    private byte[] digestOf(byte[] content) {
        byte[] result = new byte[Hash.SIZE];
        digest.update(content);
        try {
            digest.digest(result, 0, Hash.SIZE);
        } catch (DigestException impossible) {
            throw new IllegalStateException("SHA-256 has 32 bytes", impossible);
        }
        return result;
    }

    private static byte[] taggedPair(Bytes tag) {
        return Arrays.copyOf(tag.toArray(), tag.size() + 2 * Hash.SIZE);
    }
}

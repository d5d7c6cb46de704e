package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import java.security.MessageDigest;

/**
 * Hashes nodes with one digest and buffer for a whole batch; for one thread. A leaf covers its key
 * and its value's hash, so that a proof can show a foreign leaf without its value.
 */
final class NodeHasher {
    private static final byte[] VALUE = DomainTag.MAP_VALUE.prefix().toArray();
    private static final byte[] LEAF = DomainTag.MAP_LEAF.prefix().toArray();
    private static final byte[] BRANCH = DomainTag.MAP_BRANCH.prefix().toArray();

    private final MessageDigest digest = Hash.sha256();
    private final byte[] pair = new byte[2 * Hash.SIZE];

    Hash value(Bytes value) {
        digest.update(VALUE);
        digest.update(value.toArray());
        return finish();
    }

    Hash leaf(Hash key, Hash valueHash) {
        return pair(LEAF, key, valueHash);
    }

    Hash branch(Hash left, Hash right) {
        return pair(BRANCH, left, right);
    }

    private Hash pair(byte[] tag, Hash first, Hash second) {
        first.bytes().copyTo(pair, 0);
        second.bytes().copyTo(pair, Hash.SIZE);
        digest.update(tag);
        digest.update(pair);
        return finish();
    }

    private Hash finish() {
        return new Hash(Bytes.of(digest.digest()));
    }
}

package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A subtree with one entry. In a partial map the value may be known by its hash alone. */
non-sealed class LeafNode extends Node {
    private final Hash key;
    private final @Nullable Bytes value;
    private final @Nullable Hash valueHash;
    // A race only computes the same value twice; volatile, or others might see an unfilled array.
    private volatile byte @Nullable [] digest;

    private LeafNode(Hash key, @Nullable Bytes value, @Nullable Hash valueHash) {
        this.key = key;
        this.value = value;
        this.valueHash = valueHash;
    }

    /** The same entry as {@code original}. */
    LeafNode(LeafNode original) {
        this(original.key, original.value, original.valueHash);
        this.digest = original.digest;
    }

    static LeafNode of(Hash key, Bytes value) {
        return new LeafNode(key, value, null);
    }

    static LeafNode withoutValue(Hash key, Hash valueHash) {
        return new LeafNode(key, null, valueHash);
    }

    final Hash key() {
        return key;
    }

    Bytes value() {
        if (value == null) {
            throw new MissingNodeException(hash(new NodeHasher()));
        }
        return value;
    }

    final boolean hasValue() {
        return value != null;
    }

    final Hash valueHash(NodeHasher hasher) {
        Bytes known = value;
        return known == null ? Objects.requireNonNull(valueHash) : hasher.value(known);
    }

    @Override
    final byte[] digest(NodeHasher hasher) {
        byte[] known = digest;
        if (known == null) {
            known = hasher.leafDigest(key, valueHash(hasher));
            digest = known;
        }
        return known;
    }
}

package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * An immutable map from 32-byte keys to byte strings whose {@link #root()} stands for its content:
 * a binary radix trie over the keys' bits, in which a subtree with one entry is its leaf. Maps
 * share the structure in which they agree.
 *
 * <p>Nodes may be known by hash alone and are then loaded at each use, so a map can be larger than
 * the memory: {@link #commit} a map, then {@link #open} it again by its root. A node that cannot be
 * loaded is a {@link MissingNodeException} in every operation, never an absent key.
 *
 * <p>Keys are meant to be hashes, so that the trie is about log2(n) deep; it is never deeper than
 * 256. Root and proofs are computed on demand, each node's hash once; many changes cost one pass.
 */
public final class AuthenticatedMap implements Iterable<MapEntry> {
    /** Longest value in bytes. */
    public static final int MAXIMUM_VALUE_BYTES = 1 << 20;

    /** The map without entries; its root is {@link Hash#ZERO}. */
    public static final AuthenticatedMap EMPTY = new AuthenticatedMap(EmptyNode.INSTANCE);

    private final Node top;

    AuthenticatedMap(Node top) {
        this.top = top;
    }

    /** The map with this root, its nodes read from {@code source} at each use and verified. */
    public static AuthenticatedMap open(Hash root, NodeSource source) {
        NodeLoader loader =
                new NodeLoader() {
                    @Override
                    public Node load(Hash hash) {
                        return NodeLoader.read(hash, source, this);
                    }
                };
        return new AuthenticatedMap(StubNode.of(root, loader));
    }

    /** The map with this root, its nodes read through a bounded cache that maps may share. */
    public static AuthenticatedMap open(Hash root, NodeCache cache) {
        return new AuthenticatedMap(StubNode.of(root, cache));
    }

    /** The hash that stands for the whole content. */
    public Hash root() {
        return top.hash(new NodeHasher());
    }

    /** Whether there is no entry. */
    public boolean isEmpty() {
        return top.isEmpty();
    }

    /** The value at {@code key}. */
    public Optional<Bytes> get(Hash key) {
        Node node = top.resolve();
        for (int depth = 0; node instanceof BranchNode branch; depth++) {
            node = branch.child(key.bytes().bit(depth)).resolve();
        }
        return node instanceof LeafNode leaf && leaf.key().equals(key)
                ? Optional.of(leaf.value())
                : Optional.empty();
    }

    /** This map with {@code value} at {@code key}, whatever was there before. */
    public AuthenticatedMap put(Hash key, Bytes value) {
        if (value.size() > MAXIMUM_VALUE_BYTES) {
            throw new IllegalArgumentException(
                    "map value of " + value.size() + " bytes, at most " + MAXIMUM_VALUE_BYTES);
        }
        // The old value is not compared: an overwrite must not read what a witness then must hold.
        return new AuthenticatedMap(put(top, 0, LeafNode.of(key, value)));
    }

    /** This map without {@code key}; this very map when the key has no value. */
    public AuthenticatedMap remove(Hash key) {
        Node less = remove(top, 0, key);
        return less == top ? this : new AuthenticatedMap(less);
    }

    /** The proof of what this map holds, or that it holds nothing, at {@code key}. */
    public MapProof prove(Hash key) {
        NodeHasher hasher = new NodeHasher();
        List<Hash> siblings = new ArrayList<>();
        Node node = top.resolve();
        for (int depth = 0; node instanceof BranchNode branch; depth++) {
            boolean bit = key.bytes().bit(depth);
            siblings.add(branch.child(!bit).hash(hasher));
            node = branch.child(bit).resolve();
        }
        return new MapProof(siblings, MapProof.End.of(node, key, hasher));
    }

    /** All entries, keys ascending. */
    @Override
    public Iterator<MapEntry> iterator() {
        Entries all = new Entries();
        all.push(top);
        return all;
    }

    /** The entries whose keys come after {@code key}, ascending; nothing before it is read. */
    public Iterator<MapEntry> after(Hash key) {
        Entries rest = new Entries();
        Node node = top.resolve();
        for (int depth = 0; node instanceof BranchNode branch; depth++) {
            boolean bit = key.bytes().bit(depth);
            if (!bit) {
                rest.push(branch.right());
            }
            node = branch.child(bit).resolve();
        }
        if (node instanceof LeafNode leaf && leaf.key().compareTo(key) > 0) {
            rest.push(leaf);
        }
        return rest;
    }

    /**
     * Writes all that is not known by hash alone, in pieces of several nodes, those below first. To
     * let go of the memory, go on with {@code open(root(), …)} afterwards.
     */
    public void commit(NodeSink sink) {
        NodeHasher hasher = new NodeHasher();
        CanonicalWriter out = NodeCodec.writerOfPieces();
        Pieces.of(
                top,
                NodeLoader.NONE,
                hasher,
                piece ->
                        sink.write(piece.hash(hasher), NodeCodec.encodeStored(piece, out, hasher)));
    }

    Node top() {
        return top;
    }

    /** Whether {@code other} is a map with the same root. */
    @Override
    public boolean equals(Object other) {
        return other instanceof AuthenticatedMap map
                && (map.top == top || map.root().equals(root()));
    }

    @Override
    public int hashCode() {
        return root().hashCode();
    }

    @Override
    public String toString() {
        return "AuthenticatedMap[" + root() + "]";
    }

    private static Node put(Node reference, int depth, LeafNode fresh) {
        Node node = reference.resolve();
        if (node instanceof BranchNode branch) {
            boolean bit = fresh.key().bytes().bit(depth);
            Node child = put(branch.child(bit), depth + 1, fresh);
            return BranchNode.of(bit, child, branch.child(!bit));
        }
        return node instanceof LeafNode leaf && !leaf.key().equals(fresh.key())
                ? part(Pieces.movable(reference, leaf), leaf.key(), depth, fresh)
                : fresh;
    }

    /** Branches down to the first bit in which two leaves differ. */
    private static Node part(Node old, Hash oldKey, int depth, LeafNode fresh) {
        boolean bit = fresh.key().bytes().bit(depth);
        return oldKey.bytes().bit(depth) == bit
                ? BranchNode.of(bit, part(old, oldKey, depth + 1, fresh), EmptyNode.INSTANCE)
                : BranchNode.of(bit, fresh, old);
    }

    private static Node remove(Node reference, int depth, Hash key) {
        Node node = reference.resolve();
        if (node instanceof BranchNode branch) {
            boolean bit = key.bytes().bit(depth);
            Node less = remove(branch.child(bit), depth + 1, key);
            return less == branch.child(bit) ? reference : joined(bit, less, branch.child(!bit));
        }
        return node instanceof LeafNode leaf && leaf.key().equals(key)
                ? EmptyNode.INSTANCE
                : reference;
    }

    /** A branch, or the only leaf beneath it: the root must not tell what once was there. */
    private static Node joined(boolean bit, Node less, Node sibling) {
        if (less.isEmpty() && sibling.resolve() instanceof LeafNode) {
            return sibling;
        }
        if (sibling.isEmpty() && less.resolve() instanceof LeafNode) {
            return less;
        }
        return BranchNode.of(bit, less, sibling);
    }

    /** Walks the leaves from left to right; holds one path. */
    private static final class Entries implements Iterator<MapEntry> {
        private final Deque<Node> ahead = new ArrayDeque<>();

        @Override
        public boolean hasNext() {
            return !ahead.isEmpty();
        }

        @Override
        public MapEntry next() {
            if (ahead.isEmpty()) {
                throw new NoSuchElementException("no more entries");
            }
            Node node = ahead.pop().resolve();
            while (node instanceof BranchNode branch) {
                push(branch.right());
                push(branch.left());
                node = ahead.pop().resolve();
            }
            LeafNode leaf = (LeafNode) node;
            return new MapEntry(leaf.key(), leaf.value());
        }

        private void push(Node node) {
            if (!node.isEmpty()) {
                ahead.push(node);
            }
        }
    }
}

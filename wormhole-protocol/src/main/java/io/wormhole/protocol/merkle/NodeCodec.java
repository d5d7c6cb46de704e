package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;

/**
 * The one encoding of trees: depth first, a byte for the kind in front of every node. What a store
 * holds are {@link Pieces} of trees, which end in stubs.
 */
final class NodeCodec {
    /** Most bits of a key, and so most branches above a leaf. */
    static final int DEEPEST = 8 * Hash.SIZE;

    private static final int USUAL_PIECE_BYTES = 1_024;

    private static final int EMPTY = 0;
    private static final int STUB = 1;
    private static final int LEAF = 2;
    private static final int LEAF_WITHOUT_VALUE = 3;
    private static final int BRANCH = 4;

    private NodeCodec() {}

    /** To be used again for one piece after the other. */
    static CanonicalWriter writerOfPieces() {
        return new CanonicalWriter(USUAL_PIECE_BYTES);
    }

    /** A piece of a tree, which ends in stubs, or a leaf. */
    static Bytes encodeStored(Node piece, CanonicalWriter out, NodeHasher hasher) {
        out.clear();
        write(piece, out, hasher);
        return out.toBytes();
    }

    static Node decodeStored(Bytes stored, NodeLoader children) {
        return CanonicalReader.decode(stored, in -> readTop(in, children));
    }

    /** The whole tree as far as it is in memory. */
    static void write(Node node, CanonicalWriter out, NodeHasher hasher) {
        if (node instanceof BranchNode branch) {
            out.writeU8(BRANCH);
            write(branch.left(), out, hasher);
            write(branch.right(), out, hasher);
        } else if (node instanceof LeafNode leaf && leaf.hasValue()) {
            out.writeU8(LEAF).write(leaf.key()).writeBytes(leaf.value());
        } else if (node instanceof LeafNode leaf) {
            out.writeU8(LEAF_WITHOUT_VALUE).write(leaf.key()).write(leaf.valueHash(hasher));
        } else {
            writeStub(node, out, hasher);
        }
    }

    /**
     * Reads a tree of at most {@code maximumBytes}: no branch with fewer than two entries, no leaf
     * off its place. Its stubs cannot be loaded.
     */
    static Node read(CanonicalReader in, int maximumBytes) {
        return new TreeReader(in, Math.max(0, in.remaining() - maximumBytes)).read(0, new byte[32]);
    }

    private static void writeStub(Node node, CanonicalWriter out, NodeHasher hasher) {
        if (node.isEmpty()) {
            out.writeU8(EMPTY);
        } else {
            out.writeU8(STUB).writeFixed(node.digest(hasher));
        }
    }

    private static Node readTop(CanonicalReader in, NodeLoader children) {
        Node top = readStored(in, children, 0);
        if (top.isEmpty() || top instanceof StubNode) {
            throw in.fault("a stored node is a leaf or a branch");
        }
        return top;
    }

    private static Node readStored(CanonicalReader in, NodeLoader children, int depth) {
        int kind = in.readU8();
        return switch (kind) {
            case EMPTY -> EmptyNode.INSTANCE;
            case STUB -> readStub(in, children);
            case LEAF -> readLeaf(in);
            case BRANCH -> {
                if (depth >= DEEPEST) {
                    throw in.fault("a branch below the last bit of the keys");
                }
                Node left = readStored(in, children, depth + 1);
                yield branch(in, left, readStored(in, children, depth + 1));
            }
            default -> throw in.fault("a stored node has no kind " + kind);
        };
    }

    private static LeafNode readLeaf(CanonicalReader in) {
        return LeafNode.of(Hash.readFrom(in), in.readBytes(AuthenticatedMap.MAXIMUM_VALUE_BYTES));
    }

    private static LeafNode readLeafWithoutValue(CanonicalReader in) {
        return LeafNode.withoutValue(Hash.readFrom(in), Hash.readFrom(in));
    }

    private static Node readStub(CanonicalReader in, NodeLoader loader) {
        Hash hash = Hash.readFrom(in);
        if (hash.equals(Hash.ZERO)) {
            throw in.fault("an empty subtree written as a hash");
        }
        return StubNode.of(hash, loader);
    }

    private static BranchNode branch(CanonicalReader in, Node left, Node right) {
        boolean leftLacks = left.isEmpty() && !(right instanceof StubNode || isBranch(right));
        boolean rightLacks = right.isEmpty() && !(left instanceof StubNode || isBranch(left));
        if (leftLacks || rightLacks) {
            throw in.fault("a branch with fewer than two entries");
        }
        return new BranchNode(left, right);
    }

    private static boolean isBranch(Node node) {
        return node instanceof BranchNode;
    }

    /** Reads a tree, knowing the bits of the keys on the way. */
    private static final class TreeReader {
        private final CanonicalReader in;
        private final int leastRemaining;

        TreeReader(CanonicalReader in, int leastRemaining) {
            this.in = in;
            this.leastRemaining = leastRemaining;
        }

        Node read(int depth, byte[] path) {
            Node node = readNode(depth, path);
            if (in.remaining() < leastRemaining) {
                throw in.fault("a partial map over its maximum size");
            }
            return node;
        }

        private Node readNode(int depth, byte[] path) {
            int kind = in.readU8();
            return switch (kind) {
                case EMPTY -> EmptyNode.INSTANCE;
                case STUB -> readStub(in, NodeLoader.NONE);
                case LEAF -> placed(readLeaf(in), depth, path);
                case LEAF_WITHOUT_VALUE -> placed(readLeafWithoutValue(in), depth, path);
                case BRANCH -> readBranch(depth, path);
                default -> throw in.fault("no node kind " + kind);
            };
        }

        private BranchNode readBranch(int depth, byte[] path) {
            if (depth >= DEEPEST) {
                throw in.fault("a branch below the last bit of the keys");
            }
            Node left = read(depth + 1, path);
            int bit = 0x80 >>> (depth & 7);
            path[depth >>> 3] = (byte) (path[depth >>> 3] | bit);
            Node right = read(depth + 1, path);
            path[depth >>> 3] = (byte) (path[depth >>> 3] & ~bit);
            return branch(in, left, right);
        }

        private LeafNode placed(LeafNode leaf, int depth, byte[] path) {
            Bytes way = Bytes.of(path);
            for (int bit = 0; bit < depth; bit++) {
                if (leaf.key().bytes().bit(bit) != way.bit(bit)) {
                    throw in.fault("leaf " + leaf.key() + " is not in its place");
                }
            }
            return leaf;
        }
    }
}

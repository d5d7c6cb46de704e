package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.Hash;

/** Finds the leaf or branch with a hash. */
@FunctionalInterface
interface NodeLoader {
    /** Knows no node at all. */
    NodeLoader NONE =
            hash -> {
                throw new MissingNodeException(hash);
            };

    /** The node; throws {@link MissingNodeException} or {@link DamagedNodeException}. */
    Node load(Hash hash);

    /** The node of {@code hash} in {@code source}, its children loaded by {@code children}. */
    static Node read(Hash hash, NodeSource source, NodeLoader children) {
        Bytes stored = source.node(hash).orElseThrow(() -> new MissingNodeException(hash));
        return verified(hash, stored, children);
    }

    /** The node that {@code stored} encodes, if it is the one with {@code hash}. */
    static Node verified(Hash hash, Bytes stored, NodeLoader children) {
        Node node;
        try {
            node = NodeCodec.decodeStored(stored, children);
        } catch (MalformedBytesException malformed) {
            throw new DamagedNodeException(hash, String.valueOf(malformed.getMessage()));
        }
        if (!node.hash(new NodeHasher()).equals(hash)) {
            throw new DamagedNodeException(hash, "its content has another hash");
        }
        return node;
    }
}

package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;

/** Takes the new nodes of an authenticated map; writing the same node twice is harmless. */
@FunctionalInterface
public interface NodeSink {
    /** Keeps {@code node} under {@code hash}. Children come before their parents. */
    void write(Hash hash, Bytes node);
}

package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;

/** Takes what is new of an authenticated map; writing the same twice is harmless. */
@FunctionalInterface
public interface NodeSink {
    /** Keeps {@code node} under {@code hash}. What is below it comes before. */
    void write(Hash hash, Bytes node);
}

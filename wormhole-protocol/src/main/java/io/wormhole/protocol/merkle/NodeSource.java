package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.util.Optional;

/** Where the nodes of authenticated maps are kept, addressed by their hash. */
@FunctionalInterface
public interface NodeSource {
    /** The encoded node that was written under {@code hash}; empty when there is none. */
    Optional<Bytes> node(Hash hash);
}

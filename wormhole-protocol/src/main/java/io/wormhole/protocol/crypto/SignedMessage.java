package io.wormhole.protocol.crypto;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalWriter;

/** What Ed25519 signs: tag prefix, network id, content. */
final class SignedMessage {
    private SignedMessage() {}

    static byte[] of(DomainTag tag, NetworkId network, Bytes content) {
        return new CanonicalWriter()
                .writeFixed(tag.prefix())
                .write(network)
                .writeFixed(content)
                .toBytes()
                .toArray();
    }
}

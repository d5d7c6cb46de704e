package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A store in memory that counts, forgets and damages on demand. */
final class NodeTable implements NodeSource, NodeSink {
    final Map<Hash, Bytes> nodes = new HashMap<>();
    int reads;
    int writes;

    @Override
    public Optional<Bytes> node(Hash hash) {
        reads++;
        return Optional.ofNullable(nodes.get(hash));
    }

    @Override
    public void write(Hash hash, Bytes node) {
        writes++;
        nodes.put(hash, node);
    }
}

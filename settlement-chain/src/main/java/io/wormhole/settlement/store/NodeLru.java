package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The most recently used state nodes within a bound of bytes; for many threads. */
final class NodeLru {
    // What an entry costs beyond its content: hash, map entry, object headers.
    private static final int ENTRY_OVERHEAD_BYTES = 200;

    private final long maximumBytes;
    private final LinkedHashMap<Hash, Bytes> nodes = new LinkedHashMap<>(1024, 0.75f, true);
    private long bytes;

    NodeLru(long maximumBytes) {
        this.maximumBytes = maximumBytes;
    }

    synchronized Optional<Bytes> find(Hash hash) {
        return Optional.ofNullable(nodes.get(hash));
    }

    synchronized void keep(Hash hash, Bytes content) {
        if (nodes.put(hash, content) == null) {
            bytes += content.size() + ENTRY_OVERHEAD_BYTES;
        }
        var eldest = nodes.entrySet().iterator();
        while (bytes > maximumBytes && eldest.hasNext()) {
            Map.Entry<Hash, Bytes> out = eldest.next();
            bytes -= out.getValue().size() + ENTRY_OVERHEAD_BYTES;
            eldest.remove();
        }
    }
}

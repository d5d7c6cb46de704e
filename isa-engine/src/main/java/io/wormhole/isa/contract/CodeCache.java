package io.wormhole.isa.contract;

import io.wormhole.protocol.bytes.Bytes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Code that was loaded lately, by its bytes, so that the steps of a channel do not verify the same
 * module over and over. What is remembered changes no result: loading is a function of the bytes.
 */
final class CodeCache {
    private static final int MAX_ENTRIES = 256;

    private final long maxBytes;
    private final Map<Bytes, ContractCode> byBytes = new LinkedHashMap<>(64, 0.75f, true);
    private long bytesHeld;

    /** Holds at most 256 pieces of code, of {@code maxBytes} together. */
    CodeCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized Optional<ContractCode> find(Bytes encoded) {
        return Optional.ofNullable(byBytes.get(encoded));
    }

    /** Remembers {@code code}; what was not asked for longest is forgotten where room is short. */
    synchronized void remember(Bytes encoded, ContractCode code) {
        if (encoded.size() > maxBytes || byBytes.put(encoded, code) != null) {
            return;
        }
        bytesHeld += encoded.size();
        Iterator<Bytes> oldestFirst = byBytes.keySet().iterator();
        while (bytesHeld > maxBytes || byBytes.size() > MAX_ENTRIES) {
            bytesHeld -= oldestFirst.next().size();
            oldestFirst.remove();
        }
    }

    synchronized int size() {
        return byBytes.size();
    }
}

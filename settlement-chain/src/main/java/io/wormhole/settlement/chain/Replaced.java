package io.wormhole.settlement.chain;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which state nodes each of the last blocks has replaced: found when the block comes, when both
 * states are in memory, they need not be read from the disk when the older state is forgotten. What
 * is not noted here is found there. For one owner.
 */
final class Replaced {
    private static final long MOST_BYTES = 8L << 20;

    private final Map<Hash, byte[]> byBlock = new HashMap<>();
    private long bytes;

    /** Whether there is no room for more. */
    boolean isFull() {
        return bytes >= MOST_BYTES;
    }

    void note(Hash block, Collection<Hash> nodes) {
        ByteBuffer packed = ByteBuffer.allocate(nodes.size() * Hash.SIZE);
        nodes.forEach(node -> packed.put(node.bytes().toArray()));
        forget(block);
        byBlock.put(block, packed.array());
        bytes += packed.capacity();
    }

    /** The nodes that a block has replaced; empty when they were not noted. */
    Optional<Collection<Hash>> by(Hash block) {
        return Optional.ofNullable(byBlock.get(block)).map(Replaced::unpacked);
    }

    private static List<Hash> unpacked(byte[] packed) {
        Bytes all = Bytes.of(packed);
        List<Hash> nodes = new ArrayList<>(packed.length / Hash.SIZE);
        for (int at = 0; at < packed.length; at += Hash.SIZE) {
            nodes.add(new Hash(all.slice(at, at + Hash.SIZE)));
        }
        return nodes;
    }

    void forget(Hash block) {
        byte[] packed = byBlock.remove(block);
        if (packed != null) {
            bytes -= packed.length;
        }
    }
}

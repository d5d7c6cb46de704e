package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The map's root by its definition, from the content alone; and keys that are hard on a trie. */
final class ReferenceMap {
    private ReferenceMap() {}

    static Hash root(SortedMap<Hash, Bytes> content) {
        return root(List.copyOf(content.entrySet()), 0);
    }

    static AuthenticatedMap mapOf(SortedMap<Hash, Bytes> content) {
        AuthenticatedMap map = AuthenticatedMap.EMPTY;
        for (Map.Entry<Hash, Bytes> entry : content.entrySet()) {
            map = map.put(entry.getKey(), entry.getValue());
        }
        return map;
    }

    /** Random keys, and for each some that agree with it up to a random bit. */
    static List<Hash> crowdedKeys(Arbitrary any, int count) {
        List<Hash> keys = new ArrayList<>();
        while (keys.size() < count) {
            boolean fresh = keys.isEmpty() || any.oneIn(2);
            keys.add(fresh ? any.hash() : neighbour(any, any.oneOf(keys)));
        }
        return keys;
    }

    /** A key that differs from {@code key} in one bit, often one of the first or last. */
    static Hash neighbour(Arbitrary any, Hash key) {
        byte[] content = key.bytes().toArray();
        int bit = any.oneIn(3) ? 255 : any.oneIn(2) ? any.below(8) : any.below(256);
        content[bit / 8] = (byte) (content[bit / 8] ^ (0x80 >>> (bit % 8)));
        return new Hash(Bytes.of(content));
    }

    private static Hash root(List<Map.Entry<Hash, Bytes>> entries, int depth) {
        if (entries.isEmpty()) {
            return Hash.ZERO;
        }
        if (entries.size() == 1) {
            Hash value = Hash.of(DomainTag.MAP_VALUE, entries.get(0).getValue());
            Bytes key = entries.get(0).getKey().bytes();
            return Hash.of(DomainTag.MAP_LEAF, key.concat(value.bytes()));
        }
        Hash left = root(withBit(entries, depth, false), depth + 1);
        Hash right = root(withBit(entries, depth, true), depth + 1);
        return Hash.of(DomainTag.MAP_BRANCH, left.bytes().concat(right.bytes()));
    }

    private static List<Map.Entry<Hash, Bytes>> withBit(
            List<Map.Entry<Hash, Bytes>> entries, int depth, boolean bit) {
        return entries.stream().filter(e -> e.getKey().bytes().bit(depth) == bit).toList();
    }
}

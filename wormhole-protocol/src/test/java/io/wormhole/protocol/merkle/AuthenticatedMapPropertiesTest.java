package io.wormhole.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AuthenticatedMapPropertiesTest {
    private final Arbitrary any = Arbitrary.forTest("AuthenticatedMapPropertiesTest", 20_261_120);

    @Test
    void anyRunOfOperationsGivesTheRootOfItsContent() {
        for (int round = 0; round < 60; round++) {
            List<Hash> keys = ReferenceMap.crowdedKeys(any, 1 + any.below(40));
            TreeMap<Hash, Bytes> expected = new TreeMap<>();
            NodeTable table = new NodeTable();
            AuthenticatedMap map = AuthenticatedMap.EMPTY;
            for (int step = 0; step < 120; step++) {
                map = step(map, expected, any.oneOf(keys));
                if (any.oneIn(20)) {
                    map.commit(table);
                    map = AuthenticatedMap.open(map.root(), new NodeCache(table, 1 + any.below(9)));
                }
                assertThat(map.root()).isEqualTo(ReferenceMap.root(expected));
            }
            assertThat(entries(map)).isEqualTo(entries(expected));
            for (Hash key : keys) {
                assertThat(map.get(key)).isEqualTo(Optional.ofNullable(expected.get(key)));
            }
        }
    }

    @Test
    void theOrderOfPutsDoesNotMatter() {
        for (int round = 0; round < 50; round++) {
            List<Hash> keys = ReferenceMap.crowdedKeys(any, 30);
            AuthenticatedMap forward = AuthenticatedMap.EMPTY;
            AuthenticatedMap shuffled = AuthenticatedMap.EMPTY;

            for (Hash key : keys) {
                forward = forward.put(key, key.bytes());
            }
            for (Hash key : any.shuffled(keys)) {
                shuffled = shuffled.put(key, key.bytes());
            }

            assertThat(shuffled).isEqualTo(forward);
        }
    }

    @Test
    void removingWhatWasPutGivesTheMapBack() {
        AuthenticatedMap map = AuthenticatedMap.EMPTY;
        for (Hash key : ReferenceMap.crowdedKeys(any, 200)) {
            AuthenticatedMap more = map.put(key, any.bytesUpTo(40));
            if (map.get(key).isEmpty()) {
                assertThat(more.remove(key)).isEqualTo(map);
            }
            assertThat(more).isNotEqualTo(map);
            map = more;
        }
    }

    @Test
    void differentContentsHaveDifferentRoots() {
        TreeMap<Hash, Bytes> content = new TreeMap<>();
        ReferenceMap.crowdedKeys(any, 50).forEach(key -> content.put(key, any.bytes(8)));
        Hash root = ReferenceMap.mapOf(content).root();
        for (Map.Entry<Hash, Bytes> entry : content.entrySet()) {
            TreeMap<Hash, Bytes> other = new TreeMap<>(content);
            other.put(entry.getKey(), any.withOneBitFlipped(entry.getValue()));
            assertThat(ReferenceMap.mapOf(other).root()).isNotEqualTo(root);

            other.remove(entry.getKey());
            assertThat(ReferenceMap.mapOf(other).root()).isNotEqualTo(root);
        }
    }

    private AuthenticatedMap step(AuthenticatedMap map, Map<Hash, Bytes> expected, Hash key) {
        if (any.oneIn(3)) {
            expected.remove(key);
            return map.remove(key);
        }
        Bytes value = any.bytesUpTo(50);
        expected.put(key, value);
        return map.put(key, value);
    }

    private static List<MapEntry> entries(Iterable<MapEntry> map) {
        List<MapEntry> entries = new ArrayList<>();
        map.forEach(entries::add);
        return entries;
    }

    private static List<MapEntry> entries(Map<Hash, Bytes> map) {
        return map.entrySet().stream().map(e -> new MapEntry(e.getKey(), e.getValue())).toList();
    }
}

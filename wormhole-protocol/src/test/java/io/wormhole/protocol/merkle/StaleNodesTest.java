package io.wormhole.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StaleNodesTest {
    private final Arbitrary any = Arbitrary.forTest("StaleNodesTest", 1);

    private final NodeTable table = new NodeTable();

    private Set<Hash> nodes(AuthenticatedMap map) {
        Set<Hash> all = new HashSet<>();
        StaleNodes.of(map, AuthenticatedMap.EMPTY, all::add);
        return all;
    }

    private AuthenticatedMap stored(AuthenticatedMap map) {
        map.commit(table);
        return AuthenticatedMap.open(map.root(), table);
    }

    /** Most are small, some are large enough to be pieces of their own. */
    private Bytes value() {
        return any.bytes(any.oneIn(6) ? Pieces.SMALL_VALUE_BYTES + 1 : 2);
    }

    @Test
    void allNodesOfAMapAreStaleAgainstNothing() {
        AuthenticatedMap map = AuthenticatedMap.EMPTY;
        for (int i = 0; i < 500; i++) {
            map = map.put(any.hash(), value());
        }

        AuthenticatedMap opened = stored(map);

        assertThat(nodes(opened)).isEqualTo(table.nodes.keySet()).hasSizeGreaterThan(50);
    }

    @Test
    void exactlyTheNodesThatTheSuccessorLacksAreStale() {
        for (int round = 0; round < 200; round++) {
            List<Hash> keys = new ArrayList<>();
            AuthenticatedMap before = AuthenticatedMap.EMPTY;
            for (int count = any.below(any.oneIn(2) ? 12 : 120); count >= 0; count--) {
                keys.add(any.hash());
                before = before.put(keys.get(keys.size() - 1), value());
            }
            before = stored(before);
            AuthenticatedMap after = before;
            for (int count = any.below(6); count >= 0; count--) {
                Hash key = any.oneIn(2) ? any.oneOf(keys) : any.hash();
                after = any.oneIn(2) ? after.remove(key) : after.put(key, value());
            }
            after = stored(after);
            Set<Hash> expected = nodes(before);
            expected.removeAll(nodes(after));
            Set<Hash> stale = new HashSet<>();

            StaleNodes.of(before, after, stale::add);

            assertThat(stale).as("round %d", round).isEqualTo(expected);
        }
    }

    @Test
    void whatIsGoneAlreadyIsPassedOver() {
        Map<Hash, Bytes> stored = new HashMap<>();
        AuthenticatedMap map = AuthenticatedMap.EMPTY;
        for (int i = 0; i < 20; i++) {
            map = map.put(any.hash(), any.bytes(3));
        }
        map.commit(stored::put);
        stored.keySet().removeIf(hash -> any.oneIn(3));
        AuthenticatedMap opened =
                AuthenticatedMap.open(map.root(), hash -> Optional.ofNullable(stored.get(hash)));

        Set<Hash> found = nodes(opened);

        assertThat(stored.keySet()).containsAll(found);
    }
}

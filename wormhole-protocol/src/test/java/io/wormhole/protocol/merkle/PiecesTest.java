package io.wormhole.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PiecesTest {
    private final Arbitrary any = Arbitrary.forTest("PiecesTest", 4);

    private Bytes value() {
        return any.bytes(any.oneIn(10) ? Pieces.SMALL_VALUE_BYTES + any.below(3) : any.below(30));
    }

    @Test
    void whatIsStoredForAContentDoesNotTellHowItCameAbout() {
        for (int round = 0; round < 40; round++) {
            NodeTable grown = new NodeTable();
            TreeMap<Hash, Bytes> content = new TreeMap<>();
            AuthenticatedMap map = AuthenticatedMap.EMPTY;
            List<Hash> keys = new ArrayList<>(ReferenceMap.crowdedKeys(any, 1 + any.below(150)));
            for (int step = 0; step < 200; step++) {
                Hash key = any.oneOf(keys);
                if (any.oneIn(3)) {
                    map = map.remove(key);
                    content.remove(key);
                } else {
                    Bytes value = value();
                    map = map.put(key, value);
                    content.put(key, value);
                }
                if (any.oneIn(8)) {
                    map = recommitted(map, grown);
                }
            }
            map = recommitted(map, grown);
            NodeTable atOnce = new NodeTable();
            ReferenceMap.mapOf(content).commit(atOnce);

            for (Map.Entry<Hash, Bytes> piece : atOnce.nodes.entrySet()) {
                assertThat(grown.nodes).containsEntry(piece.getKey(), piece.getValue());
            }
            assertThat(map).isEqualTo(ReferenceMap.mapOf(content));
        }
    }

    /** Through a recording or not, as a block does. */
    private AuthenticatedMap recommitted(AuthenticatedMap map, NodeTable table) {
        map.commit(table);
        AuthenticatedMap opened = AuthenticatedMap.open(map.root(), table);
        WitnessRecorder recorder = new WitnessRecorder(opened);
        Hash key = any.hash();
        AuthenticatedMap more = recorder.release(recorder.map().put(key, Bytes.EMPTY));
        more.commit(table);
        AuthenticatedMap less = AuthenticatedMap.open(more.root(), table).remove(key);
        less.commit(table);
        return AuthenticatedMap.open(less.root(), table);
    }

    @Test
    void aPathIsAFewPieces() {
        NodeTable table = new NodeTable();
        AuthenticatedMap map = AuthenticatedMap.EMPTY;
        List<Hash> keys = new ArrayList<>();
        for (int i = 0; i < 4_096; i++) {
            keys.add(any.hash());
            map = map.put(keys.get(i), any.bytes(24));
        }
        map.commit(table);

        AuthenticatedMap opened = AuthenticatedMap.open(map.root(), table);
        keys.forEach(key -> assertThat(opened.get(key)).isPresent());

        assertThat(table.nodes).hasSizeLessThan(4_096 / 4);
        assertThat(table.reads).isLessThan(4 * 4_096);
    }

    @Test
    void changesNextToALargeLeafDoNotWriteItAgain() {
        NodeTable table = new NodeTable();
        Hash large = any.hash();
        AuthenticatedMap map =
                AuthenticatedMap.EMPTY.put(large, any.bytes(10_000)).put(any.hash(), Bytes.EMPTY);
        map.commit(table);
        AuthenticatedMap changed =
                AuthenticatedMap.open(map.root(), table).put(any.hash(), Bytes.EMPTY);

        List<Bytes> written = new ArrayList<>();
        changed.commit((hash, piece) -> written.add(piece));

        assertThat(written).hasSize(1).allMatch(piece -> piece.size() < 300);
    }

    @Test
    void aPieceThatIsNoPieceIsRefused() {
        NodeTable table = new NodeTable();
        Hash root = any.hash();
        for (String bad : List.of("00", "01" + "11".repeat(32), "03", "09", "", "0400", "040002")) {
            table.nodes.put(root, Bytes.ofHex(bad));

            assertThatThrownBy(() -> AuthenticatedMap.open(root, table).get(root))
                    .isInstanceOf(DamagedNodeException.class);
        }
    }

    @Test
    void aCacheHoldsNoMoreNodesThanItMay() {
        NodeTable table = new NodeTable();
        AuthenticatedMap map = AuthenticatedMap.EMPTY;
        for (int i = 0; i < 2_000; i++) {
            map = map.put(any.hash(), any.bytes(24));
        }
        NodeCache cache = new NodeCache(table, 10_000);
        NodeCache small = new NodeCache(table, 300);
        cache.write(List.of(map), table).keep();
        small.write(List.of(map), table).keep();

        AuthenticatedMap.open(map.root(), cache).forEach(entry -> {});
        int readsOfAll = table.reads;
        AuthenticatedMap.open(map.root(), small).forEach(entry -> {});

        assertThat(readsOfAll).isZero();
        assertThat(table.reads).isGreaterThan(table.nodes.size() / 2);
    }
}

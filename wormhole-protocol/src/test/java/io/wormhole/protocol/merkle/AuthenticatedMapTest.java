package io.wormhole.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AuthenticatedMapTest {
    private static final Hash LOW = Hash.ofHex("00".repeat(32));
    private static final Hash NEXT = Hash.ofHex("00".repeat(31) + "01");
    private static final Hash HIGH = Hash.ofHex("ff".repeat(32));
    private static final Bytes ONE = Bytes.of((byte) 1);
    private static final Bytes TWO = Bytes.of((byte) 2);

    private final NodeTable table = new NodeTable();

    @Test
    void theRootOfNothingIsZero() {
        AuthenticatedMap map = AuthenticatedMap.EMPTY;

        assertThat(map.root()).isEqualTo(Hash.ZERO);
        assertThat(map.isEmpty()).isTrue();
        assertThat(map.get(LOW)).isEmpty();
        assertThat(map.remove(LOW)).isSameAs(map);
        assertThat(map).isEmpty();
    }

    @Test
    void anEntryWithAnEmptyValueIsNotAbsent() {
        AuthenticatedMap map = AuthenticatedMap.EMPTY.put(LOW, Bytes.EMPTY);

        assertThat(map.get(LOW)).contains(Bytes.EMPTY);
        assertThat(map.isEmpty()).isFalse();
        assertThat(map.root()).isNotEqualTo(Hash.ZERO);
    }

    @Test
    void aPutLeavesTheOldMapAsItWas() {
        AuthenticatedMap old = AuthenticatedMap.EMPTY.put(LOW, ONE);

        AuthenticatedMap fresh = old.put(LOW, TWO).put(HIGH, ONE);

        assertThat(old.get(LOW)).contains(ONE);
        assertThat(old.get(HIGH)).isEmpty();
        assertThat(fresh.get(LOW)).contains(TWO);
        assertThat(fresh.remove(HIGH).put(LOW, ONE)).isEqualTo(old).hasSameHashCodeAs(old);
    }

    @Test
    void keysThatDifferInTheLastBitAreBothHeld() {
        AuthenticatedMap map = AuthenticatedMap.EMPTY.put(LOW, ONE).put(NEXT, TWO);

        assertThat(map.get(LOW)).contains(ONE);
        assertThat(map.get(NEXT)).contains(TWO);
        assertThat(map.prove(NEXT).verify(map.root(), NEXT)).isEqualTo(new MapVerdict.Present(TWO));
        assertThat(map.remove(LOW)).isEqualTo(AuthenticatedMap.EMPTY.put(NEXT, TWO));
    }

    @Test
    void leafBranchAndValueAreHashedApart() {
        Hash leftLeaf = AuthenticatedMap.EMPTY.put(LOW, ONE).root();
        Hash rightLeaf = AuthenticatedMap.EMPTY.put(HIGH, TWO).root();
        AuthenticatedMap both = AuthenticatedMap.EMPTY.put(LOW, ONE).put(HIGH, TWO);

        Bytes children = leftLeaf.bytes().concat(rightLeaf.bytes());

        assertThat(both.root()).isEqualTo(Hash.of(DomainTag.MAP_BRANCH, children));
        assertThat(AuthenticatedMap.EMPTY.put(leftLeaf, rightLeaf.bytes()).root())
                .isNotEqualTo(both.root());
        assertThat(AuthenticatedMap.EMPTY.put(LOW, children).root()).isNotEqualTo(both.root());
    }

    @Test
    void aValueOverTheLimitIsRefused() {
        Bytes large = Bytes.of(new byte[AuthenticatedMap.MAXIMUM_VALUE_BYTES + 1]);

        assertThatThrownBy(() -> AuthenticatedMap.EMPTY.put(LOW, large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1048577 bytes, at most 1048576");
    }

    @Test
    void iterationEndsWithAnException() {
        Iterator<MapEntry> entries = AuthenticatedMap.EMPTY.put(LOW, ONE).iterator();

        assertThat(entries.next()).isEqualTo(new MapEntry(LOW, ONE));

        assertThat(entries.hasNext()).isFalse();
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aCommittedMapIsOpenedByItsRoot() {
        AuthenticatedMap map = hundred();
        map.commit(table);

        AuthenticatedMap opened = AuthenticatedMap.open(map.root(), table);

        assertThat(opened).isEqualTo(map);
        assertThat(List.copyOf(entries(opened))).isEqualTo(entries(map));
        assertThat(AuthenticatedMap.open(Hash.ZERO, table).isEmpty()).isTrue();
    }

    @Test
    void aCommitWritesNewPiecesAlone() {
        AuthenticatedMap map = hundred();
        map.commit(table);
        table.writes = 0;
        int before = table.nodes.size();

        AuthenticatedMap changed = AuthenticatedMap.open(map.root(), table).put(LOW, ONE);
        changed.commit(table);

        assertThat(table.writes).isBetween(1, 3).isEqualTo(table.nodes.size() - before);
        assertThat(AuthenticatedMap.open(changed.root(), table)).containsAll(map);
        assertThat(AuthenticatedMap.open(map.root(), table).get(LOW)).isEmpty();
    }

    @Test
    void aRemovalThatMovesALargeLeafDoesNotWriteItAgain() {
        Bytes large = Bytes.of(new byte[Pieces.SMALL_VALUE_BYTES + 1]);
        AuthenticatedMap map = AuthenticatedMap.EMPTY.put(LOW, ONE).put(HIGH, large);
        map.commit(table);
        table.writes = 0;

        AuthenticatedMap opened = AuthenticatedMap.open(map.root(), table).remove(LOW);
        opened.commit(table);

        assertThat(opened).containsExactly(new MapEntry(HIGH, large));
        assertThat(table.writes).isZero();
    }

    @Test
    void aCacheReadsANodeOnceAndStaysWithinItsBound() {
        AuthenticatedMap map = hundred();
        map.commit(table);
        NodeCache large = new NodeCache(table, 10_000);
        NodeCache small = new NodeCache(table, 3);

        int once = readsOfIterationTwice(map.root(), large);
        int often = readsOfIterationTwice(map.root(), small);

        assertThat(once).isEqualTo(table.nodes.size());
        assertThat(often).isGreaterThan(once);
        assertThatThrownBy(() -> new NodeCache(table, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCacheThatIsToldOfACommitReadsNothing() {
        NodeCache cache = new NodeCache(table, 10_000);
        AuthenticatedMap map = hundred();
        cache.write(List.of(map), table).keep();

        List<MapEntry> entries = entries(AuthenticatedMap.open(map.root(), cache));

        assertThat(entries).isEqualTo(entries(map));
        assertThat(table.reads).isZero();
    }

    @Test
    void aCacheWritesWhatACommitWrites() {
        NodeTable other = new NodeTable();

        hundred().commit(table);
        new NodeCache(other, 10_000).write(List.of(hundred()), other);

        assertThat(other.nodes).isEqualTo(table.nodes);
    }

    @Test
    void aCacheForgetsWhatWasReplacedAndNothingElse() {
        NodeCache cache = new NodeCache(table, 10_000);
        cache.write(List.of(hundred()), table).keep();
        AuthenticatedMap before = AuthenticatedMap.open(hundred().root(), cache);
        AuthenticatedMap changed =
                before.put(entries(hundred()).get(50).key(), Bytes.of((byte) 7))
                        .remove(entries(hundred()).get(20).key());
        cache.write(List.of(changed), table).keep();
        AuthenticatedMap after = AuthenticatedMap.open(changed.root(), cache);

        cache.forget(before, after);

        assertThat(entries(after)).hasSize(99);
        assertThat(table.reads).isZero();
        assertThat(entries(before)).isEqualTo(entries(hundred()));
        assertThat(table.reads).isPositive();
    }

    @Test
    void aLostNodeIsMissingAndNeverAnAbsentKey() {
        Hash key = entries(hundred()).get(50).key();
        Bytes large = Bytes.of(new byte[Pieces.SMALL_VALUE_BYTES + 1]);
        AuthenticatedMap map = hundred().put(key, large);
        map.commit(table);
        Hash leaf = AuthenticatedMap.EMPTY.put(key, large).root();
        table.nodes.remove(leaf);

        AuthenticatedMap opened = AuthenticatedMap.open(map.root(), table);

        assertThatThrownBy(() -> opened.get(key))
                .isInstanceOfSatisfying(
                        MissingNodeException.class,
                        missing -> assertThat(missing.hash()).isEqualTo(leaf));
        assertThatThrownBy(() -> opened.remove(key)).isInstanceOf(MissingNodeException.class);
        assertThatThrownBy(() -> opened.put(key, ONE)).isInstanceOf(MissingNodeException.class);
        assertThatThrownBy(() -> opened.prove(key)).isInstanceOf(MissingNodeException.class);
        assertThatThrownBy(() -> entries(opened)).isInstanceOf(MissingNodeException.class);
    }

    @Test
    void aDamagedNodeIsRefused() {
        AuthenticatedMap map = hundred();
        map.commit(table);
        Bytes top = table.node(map.root()).orElseThrow();
        Arbitrary any = Arbitrary.forTest("AuthenticatedMapTest.damaged", 2);

        for (int round = 0; round < 200; round++) {
            table.nodes.put(map.root(), any.withOneBitFlipped(top));
            AuthenticatedMap opened = AuthenticatedMap.open(map.root(), table);

            assertThatThrownBy(() -> opened.get(LOW))
                    .isInstanceOf(DamagedNodeException.class)
                    .hasMessageContaining(map.root().toHex());
        }
    }

    private int readsOfIterationTwice(Hash root, NodeCache cache) {
        table.reads = 0;
        entries(AuthenticatedMap.open(root, cache));
        entries(AuthenticatedMap.open(root, cache));
        return table.reads;
    }

    private static AuthenticatedMap hundred() {
        Arbitrary any = Arbitrary.ofSeed(100);
        TreeMap<Hash, Bytes> content = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            content.put(any.hash(), any.bytesUpTo(60));
        }
        return ReferenceMap.mapOf(content);
    }

    private static List<MapEntry> entries(AuthenticatedMap map) {
        List<MapEntry> entries = new ArrayList<>();
        map.forEach(entries::add);
        return entries;
    }

    @Test
    void entriesAfterAKeyAreThoseThatTheWholeWalkHasAfterIt() {
        Arbitrary arbitrary = Arbitrary.forTest("AuthenticatedMapTest", 1);
        AuthenticatedMap map = AuthenticatedMap.EMPTY;
        TreeMap<Hash, Bytes> plain = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            Hash key = arbitrary.hash();
            map = map.put(key, key.bytes());
            plain.put(key, key.bytes());
        }
        List<Hash> starts = new ArrayList<>(plain.keySet());
        starts.add(Hash.ZERO);
        for (int i = 0; i < 50; i++) {
            starts.add(arbitrary.hash());
        }

        for (Hash start : starts) {
            List<Hash> found = new ArrayList<>();
            map.after(start).forEachRemaining(entry -> found.add(entry.key()));

            assertThat(found).containsExactlyElementsOf(plain.tailMap(start, false).keySet());
        }
        assertThat(AuthenticatedMap.EMPTY.after(Hash.ZERO)).isExhausted();
    }
}

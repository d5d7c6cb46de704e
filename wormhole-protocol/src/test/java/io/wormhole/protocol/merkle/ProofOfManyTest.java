package io.wormhole.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ProofOfManyTest {
    private final Arbitrary any = Arbitrary.forTest("ProofOfManyTest", 8);

    private AuthenticatedMap map(List<Hash> keys) {
        AuthenticatedMap map = AuthenticatedMap.EMPTY;
        for (Hash key : keys) {
            map = map.put(key, any.bytesUpTo(20));
        }
        return map;
    }

    /** Some keys of the map and some that it has not. */
    private List<Hash> some(List<Hash> keys) {
        List<Hash> some = new ArrayList<>(List.of(any.hash()));
        for (int i = any.below(6); i >= 0; i--) {
            some.add(any.oneIn(3) ? any.hash() : any.oneOf(keys));
        }
        return some;
    }

    /** A witness of reading each of some keys. */
    private static PartialMap prove(AuthenticatedMap map, List<Hash> keys) {
        WitnessRecorder recorder = new WitnessRecorder(map);
        AuthenticatedMap watched = recorder.map();
        keys.forEach(watched::get);
        return recorder.witness();
    }

    /** What a witness shows of these reads; nothing when it is not of them, whole and alone. */
    private static SortedMap<Hash, MapVerdict> read(
            PartialMap witness, Hash root, List<Hash> keys) {
        SortedMap<Hash, MapVerdict> verdicts = new TreeMap<>();
        keys.forEach(key -> verdicts.put(key, new MapVerdict.Unproven("not shown")));
        Optional<WitnessReplay> replay = witness.replayFrom(root);
        if (replay.isEmpty()) {
            return verdicts;
        }
        AuthenticatedMap known = replay.get().map();
        SortedMap<Hash, MapVerdict> shown = new TreeMap<>();
        try {
            for (Hash key : keys) {
                shown.put(
                        key,
                        known.get(key)
                                .<MapVerdict>map(MapVerdict.Present::new)
                                .orElseGet(MapVerdict.Absent::new));
            }
        } catch (MissingNodeException missing) {
            return verdicts;
        }
        return replay.get().untouched().isEmpty() ? shown : verdicts;
    }

    private static boolean isProven(SortedMap<Hash, MapVerdict> verdicts) {
        return verdicts.values().stream().noneMatch(MapVerdict.Unproven.class::isInstance);
    }

    @Test
    void whatIsProvenOfManyIsWhatEachProofProves() {
        for (int round = 0; round < 100; round++) {
            List<Hash> keys = ReferenceMap.crowdedKeys(any, 1 + any.below(60));
            AuthenticatedMap map = map(keys);
            List<Hash> asked = some(keys);

            Bytes proof = prove(map, asked).encoded();
            SortedMap<Hash, MapVerdict> shown =
                    read(CanonicalReader.decode(proof, PartialMap::readFrom), map.root(), asked);

            assertThat(shown.keySet())
                    .containsExactlyInAnyOrderElementsOf(List.copyOf(new TreeSet<>(asked)));
            for (Hash key : asked) {
                assertThat(shown.get(key)).isEqualTo(map.prove(key).verify(map.root(), key));
            }
        }
    }

    @Test
    void noNodeOfAProofCanBeSparedAndNoneAdded() {
        for (int round = 0; round < 40; round++) {
            List<Hash> keys = ReferenceMap.crowdedKeys(any, 2 + any.below(40));
            AuthenticatedMap map = map(keys);
            List<Hash> asked = some(keys);
            PartialMap proof = prove(map, asked);

            for (PartialMap less : withOneNodeLess(proof.top())) {
                assertThat(less.root()).isEqualTo(map.root());
                assertThat(isProven(read(less, map.root(), asked))).isFalse();
            }
            List<Hash> fewer = asked.subList(0, 1);
            if (!prove(map, fewer).equals(proof)) {
                assertThat(isProven(read(proof, map.root(), fewer))).isFalse();
            }
            assertThat(isProven(read(proof, any.hash(), asked))).isFalse();
        }
    }

    /** The same trees, each with one node, or the value of one leaf, known by hash alone. */
    private static List<PartialMap> withOneNodeLess(Node node) {
        NodeHasher hasher = new NodeHasher();
        List<PartialMap> all = new ArrayList<>();
        if (node instanceof BranchNode branch) {
            all.add(new PartialMap(StubNode.of(node.hash(hasher), NodeLoader.NONE)));
            for (PartialMap left : withOneNodeLess(branch.left())) {
                all.add(new PartialMap(new BranchNode(left.top(), branch.right())));
            }
            for (PartialMap right : withOneNodeLess(branch.right())) {
                all.add(new PartialMap(new BranchNode(branch.left(), right.top())));
            }
        } else if (node instanceof LeafNode leaf) {
            all.add(new PartialMap(StubNode.of(node.hash(hasher), NodeLoader.NONE)));
            if (leaf.hasValue()) {
                all.add(new PartialMap(LeafNode.withoutValue(leaf.key(), leaf.valueHash(hasher))));
            }
        }
        return all;
    }
}

package io.wormhole.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
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

    private static boolean isProven(SortedMap<Hash, MapVerdict> verdicts) {
        return verdicts.values().stream().noneMatch(MapVerdict.Unproven.class::isInstance);
    }

    @Test
    void whatIsProvenOfManyIsWhatEachProofProves() {
        for (int round = 0; round < 100; round++) {
            List<Hash> keys = ReferenceMap.crowdedKeys(any, 1 + any.below(60));
            AuthenticatedMap map = map(keys);
            List<Hash> asked = some(keys);

            Bytes proof = map.proveAll(asked).encoded();
            SortedMap<Hash, MapVerdict> shown =
                    CanonicalReader.decode(proof, PartialMap::readFrom).verify(map.root(), asked);

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
            PartialMap proof = map.proveAll(asked);

            for (PartialMap less : withOneNodeLess(proof.top())) {
                assertThat(less.root()).isEqualTo(map.root());
                assertThat(isProven(less.verify(map.root(), asked))).isFalse();
            }
            List<Hash> fewer = asked.subList(0, 1);
            if (!map.proveAll(fewer).equals(proof)) {
                assertThat(isProven(proof.verify(map.root(), fewer))).isFalse();
            }
            assertThat(isProven(proof.verify(any.hash(), asked))).isFalse();
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

package io.wormhole.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class WitnessTest {
    private static final Hash LOW = Hash.ofHex("00".repeat(32));
    private static final Hash MIDDLE = Hash.ofHex("7f".repeat(32));
    private static final Hash HIGH = Hash.ofHex("ff".repeat(32));
    private static final Bytes VALUE = Bytes.of(new byte[1000]);
    private static final AuthenticatedMap THREE =
            AuthenticatedMap.EMPTY.put(LOW, VALUE).put(MIDDLE, VALUE).put(HIGH, VALUE);

    private final Arbitrary any = Arbitrary.forTest("WitnessTest", 31);

    @Test
    void anyRunIsRepeatedExactlyFromItsWitness() {
        for (int round = 0; round < 150; round++) {
            List<Hash> keys = ReferenceMap.crowdedKeys(any, 1 + any.below(40));
            AuthenticatedMap before = someOf(keys);
            List<Step> steps = any.listUpTo(25, () -> step(keys));
            WitnessRecorder recorder = new WitnessRecorder(before);

            Run recorded = run(recorder.map(), steps);
            Run plain = run(before, steps);
            Bytes witness = recorder.witness().encoded();
            WitnessReplay replay = replay(witness, before.root());
            Run replayed = run(replay.map(), steps);

            assertThat(recorded).isEqualTo(plain);
            assertThat(replayed).isEqualTo(plain);
            assertThat(replay.untouched()).isEmpty();
            assertThat(recorder.release(recorded.after)).isEqualTo(plain.after);
        }
    }

    @Test
    void theVerifiersOwnRecordOfTheRunIsTheSameWitness() {
        for (int round = 0; round < 100; round++) {
            List<Hash> keys = ReferenceMap.crowdedKeys(any, 1 + any.below(40));
            AuthenticatedMap before = someOf(keys);
            List<Step> steps = any.listUpTo(25, () -> step(keys));
            WitnessRecorder recorder = new WitnessRecorder(before);
            run(recorder.map(), steps);
            Bytes witness = recorder.witness().encoded();

            WitnessRecorder again = new WitnessRecorder(replay(witness, before.root()).map());
            run(again.map(), steps);

            assertThat(again.witness().encoded()).isEqualTo(witness);
        }
    }

    @Test
    void aWitnessOfFewerStepsThanAreRunIsIncompleteOrEnough() {
        int missing = 0;
        for (int round = 0; round < 100; round++) {
            List<Hash> keys = ReferenceMap.crowdedKeys(any, 30);
            AuthenticatedMap before = someOf(keys);
            WitnessRecorder recorder = new WitnessRecorder(before);
            Run plain = run(before, List.of(step(keys), step(keys), step(keys)));
            run(recorder.map(), plain.steps.subList(0, 2));
            WitnessReplay replay = replay(recorder.witness().encoded(), before.root());
            try {
                assertThat(run(replay.map(), plain.steps)).isEqualTo(plain);
            } catch (MissingNodeException incomplete) {
                missing++;
            }
        }
        assertThat(missing).isPositive();
    }

    @Test
    void theWholeMapIsNoWitnessForPartOfIt() {
        WitnessRecorder all = new WitnessRecorder(THREE);
        all.map().forEach(entry -> {});
        WitnessReplay replay = replay(all.witness().encoded(), THREE.root());

        assertThat(replay.untouched()).containsExactly(THREE.root());
        assertThat(replay.map().get(HIGH)).contains(VALUE);

        assertThat(replay.untouched()).hasSize(1).doesNotContain(THREE.root());
    }

    @Test
    void aValueThatNobodyReadIsLeftOutAndRefusedWhenGiven() {
        UnaryOperator<AuthenticatedMap> overwrite = map -> map.put(HIGH, Bytes.EMPTY);
        WitnessRecorder blind = new WitnessRecorder(THREE);
        assertThat(overwrite.apply(blind.map()).get(HIGH)).contains(Bytes.EMPTY);
        WitnessRecorder reading = new WitnessRecorder(THREE);
        assertThat(overwrite.apply(reading.map()).get(LOW)).contains(VALUE);
        assertThat(reading.map().get(HIGH)).contains(VALUE);

        assertThat(blind.witness().encoded().size()).isLessThan(200);
        WitnessReplay replay = replay(reading.witness().encoded(), THREE.root());

        assertThat(overwrite.apply(replay.map()).get(HIGH)).contains(Bytes.EMPTY);
        assertThat(replay.untouched()).hasSize(2);
    }

    @Test
    void readingWhatTheWitnessKnowsByHashIsMissing() {
        WitnessRecorder recorder = new WitnessRecorder(THREE);
        recorder.map().put(HIGH, Bytes.EMPTY);
        AuthenticatedMap partial = replay(recorder.witness().encoded(), THREE.root()).map();

        assertThatThrownBy(() -> partial.get(HIGH)).isInstanceOf(MissingNodeException.class);
        assertThatThrownBy(() -> partial.get(LOW)).isInstanceOf(MissingNodeException.class);
        assertThatThrownBy(() -> partial.remove(LOW)).isInstanceOf(MissingNodeException.class);
        assertThatThrownBy(() -> partial.prove(LOW)).isInstanceOf(MissingNodeException.class);
        assertThatThrownBy(() -> partial.forEach(entry -> {}))
                .isInstanceOf(MissingNodeException.class);
        assertThat(partial.root()).isEqualTo(THREE.root());
    }

    @Test
    void witnessesAreEqualWhenTheyKnowTheSame() {
        WitnessRecorder recorder = new WitnessRecorder(THREE);
        PartialMap before = recorder.witness();
        assertThat(recorder.map().get(LOW)).contains(VALUE);
        PartialMap after = recorder.witness();

        assertThat(CanonicalReader.decode(after.encoded(), PartialMap::readFrom))
                .isEqualTo(after)
                .hasSameHashCodeAs(after)
                .isNotEqualTo(before);
    }

    @Test
    void anUntouchedMapIsOneHash() {
        WitnessRecorder recorder = new WitnessRecorder(THREE);
        WitnessRecorder empty = new WitnessRecorder(AuthenticatedMap.EMPTY);

        assertThat(recorder.witness().encoded())
                .isEqualTo(Bytes.of((byte) 1).concat(THREE.root().bytes()));
        assertThat(empty.witness().encoded()).isEqualTo(Bytes.of((byte) 0));
        assertThat(replay(empty.witness().encoded(), Hash.ZERO).map().put(LOW, VALUE).root())
                .isEqualTo(AuthenticatedMap.EMPTY.put(LOW, VALUE).root());
    }

    @Test
    void aWitnessOfAnotherMapIsNotReplayed() {
        WitnessRecorder recorder = new WitnessRecorder(THREE);
        recorder.map().get(LOW);

        Optional<WitnessReplay> replay = recorder.witness().replayFrom(any.hash());

        assertThat(replay).isEmpty();
    }

    @Test
    void anyChangedBitOfAWitnessIsRefusedOrChangesTheRoot() {
        List<Hash> keys = ReferenceMap.crowdedKeys(any, 40);
        AuthenticatedMap before = someOf(keys);
        WitnessRecorder recorder = new WitnessRecorder(before);
        run(recorder.map(), List.of(step(keys), step(keys), step(keys), step(keys)));
        Bytes witness = recorder.witness().encoded();
        for (int bit = 0; bit < witness.size() * 8; bit++) {
            byte[] changed = witness.toArray();
            changed[bit / 8] = (byte) (changed[bit / 8] ^ (1 << (bit % 8)));
            assertThat(isWitnessOf(Bytes.of(changed), before.root())).isFalse();
        }
        for (int size = 0; size < witness.size(); size++) {
            assertThat(isWitnessOf(witness.slice(0, size), before.root())).isFalse();
        }
        assertThat(isWitnessOf(witness.concat(Bytes.of((byte) 0)), before.root())).isFalse();
    }

    @Test
    void treesThatAreNotCanonicalAreRefused() {
        CanonicalWriter stubOfNothing = new CanonicalWriter().writeU8(1).write(Hash.ZERO);
        CanonicalWriter emptyBranch = new CanonicalWriter().writeU8(4).writeU8(0).writeU8(0);
        CanonicalWriter lonelyLeaf =
                new CanonicalWriter().writeU8(4).writeU8(2).write(LOW).writeInt(0).writeU8(0);
        CanonicalWriter misplaced =
                new CanonicalWriter().writeU8(4).writeU8(2).write(HIGH).writeInt(0);
        CanonicalWriter deep = new CanonicalWriter();
        for (int depth = 0; depth < 300; depth++) {
            deep.writeU8(4);
        }

        assertMalformed(stubOfNothing, "an empty subtree written as a hash");
        assertMalformed(emptyBranch, "a branch with fewer than two entries");
        assertMalformed(lonelyLeaf, "a branch with fewer than two entries");
        assertMalformed(misplaced, "is not in its place");
        assertMalformed(deep, "a branch below the last bit of the keys");
        assertMalformed(new CanonicalWriter().writeU8(5), "no node kind 5");
    }

    @Test
    void aWitnessOverItsMaximumSizeIsRefused() {
        CanonicalWriter large = new CanonicalWriter();
        Bytes value = Bytes.of(new byte[AuthenticatedMap.MAXIMUM_VALUE_BYTES]);
        for (int depth = 0; depth < 17; depth++) {
            byte[] key = new byte[32];
            key[depth / 8] = (byte) (0x80 >>> (depth % 8));
            for (int bit = 0; bit < depth; bit++) {
                key[bit / 8] = (byte) (key[bit / 8] | (0x80 >>> (bit % 8)));
            }
            key[depth / 8] = (byte) (key[depth / 8] & ~(0x80 >>> (depth % 8)));
            large.writeU8(4).writeU8(2).writeFixed(Bytes.of(key)).writeBytes(value);
        }

        assertMalformed(large, "over its maximum size");
    }

    @Test
    void aRecorderWorksOnAStoredMapAndItsResultIsCommitted() {
        NodeTable table = new NodeTable();
        THREE.commit(table);
        WitnessRecorder recorder = new WitnessRecorder(AuthenticatedMap.open(THREE.root(), table));
        AuthenticatedMap after = recorder.map().remove(LOW).put(LOW, Bytes.EMPTY);
        table.writes = 0;

        after.commit(table);

        assertThat(table.writes).isEqualTo(1);
        assertThat(AuthenticatedMap.open(after.root(), table))
                .isEqualTo(THREE.put(LOW, Bytes.EMPTY))
                .isEqualTo(recorder.release(after));
    }

    private record Step(int kind, Hash key, Bytes value) {}

    private record Run(List<Step> steps, List<Optional<Bytes>> read, AuthenticatedMap after) {}

    private static Run run(AuthenticatedMap before, List<Step> steps) {
        AuthenticatedMap map = before;
        List<Optional<Bytes>> read = new ArrayList<>();
        for (Step step : steps) {
            switch (step.kind) {
                case 0 -> map = map.remove(step.key);
                case 1 -> map = map.put(step.key, step.value);
                default -> read.add(map.get(step.key));
            }
        }
        return new Run(steps, read, map);
    }

    private Step step(List<Hash> keys) {
        return new Step(any.below(3), any.oneOf(keys), any.bytesUpTo(20));
    }

    private AuthenticatedMap someOf(List<Hash> keys) {
        TreeMap<Hash, Bytes> content = new TreeMap<>();
        keys.stream().filter(key -> !any.oneIn(3)).forEach(k -> content.put(k, any.bytes(30)));
        return ReferenceMap.mapOf(content);
    }

    private static WitnessReplay replay(Bytes witness, Hash root) {
        return CanonicalReader.decode(witness, PartialMap::readFrom).replayFrom(root).orElseThrow();
    }

    private static boolean isWitnessOf(Bytes witness, Hash root) {
        try {
            return CanonicalReader.decode(witness, PartialMap::readFrom)
                    .replayFrom(root)
                    .isPresent();
        } catch (MalformedBytesException refused) {
            return false;
        }
    }

    private static void assertMalformed(CanonicalWriter encoded, String fault) {
        assertThatThrownBy(() -> CanonicalReader.decode(encoded.toBytes(), PartialMap::readFrom))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining(fault);
    }
}

package io.wormhole.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MapProofTest {
    private final Arbitrary any = Arbitrary.forTest("MapProofTest", 7);

    @Test
    void proofsTellMembersFromAllOthers() {
        for (int round = 0; round < 40; round++) {
            List<Hash> keys = ReferenceMap.crowdedKeys(any, 1 + any.below(60));
            TreeMap<Hash, Bytes> content = new TreeMap<>();
            keys.stream().filter(key -> any.oneIn(2)).forEach(key -> content.put(key, value()));
            AuthenticatedMap map = ReferenceMap.mapOf(content);
            for (Hash key : keys) {
                Bytes encoded = map.prove(key).encoded();
                MapProof proof = CanonicalReader.decode(encoded, MapProof::readFrom);

                assertThat(proof).isEqualTo(map.prove(key)).hasSameHashCodeAs(map.prove(key));
                assertThat(proof.verify(map.root(), key)).isEqualTo(truth(content, key));
            }
        }
    }

    @Test
    void aProofForOneKeyNeverLiesAboutAnother() {
        TreeMap<Hash, Bytes> content = new TreeMap<>();
        List<Hash> keys = ReferenceMap.crowdedKeys(any, 60);
        keys.stream().filter(key -> any.oneIn(2)).forEach(key -> content.put(key, value()));
        AuthenticatedMap map = ReferenceMap.mapOf(content);
        for (Hash key : keys) {
            for (Hash other : keys) {
                MapVerdict verdict = map.prove(key).verify(map.root(), other);

                assertThat(verdict)
                        .satisfiesAnyOf(
                                v -> assertThat(v).isInstanceOf(MapVerdict.Unproven.class),
                                v -> assertThat(v).isEqualTo(truth(content, other)));
            }
        }
    }

    @Test
    void whatIsUnprovenHasNoValueAndNoAbsence() {
        Hash key = any.hash();
        AuthenticatedMap map = AuthenticatedMap.EMPTY.put(key, value());

        MapVerdict verdict = map.prove(key).verify(any.hash(), key);

        assertThat(verdict).isInstanceOf(MapVerdict.Unproven.class);
        assertThatThrownBy(verdict::proven)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing is proven: the proof leads to root");
    }

    @Test
    void anyChangedBitOfAProofIsRefused() {
        TreeMap<Hash, Bytes> content = new TreeMap<>();
        List<Hash> keys = ReferenceMap.crowdedKeys(any, 60);
        keys.stream().filter(key -> any.oneIn(2)).forEach(key -> content.put(key, value()));
        AuthenticatedMap map = ReferenceMap.mapOf(content);
        for (Hash key : keys) {
            Bytes encoded = map.prove(key).encoded();
            for (int round = 0; round < 100; round++) {
                Bytes changed = any.withOneBitFlipped(encoded);
                assertThat(verify(changed, map.root(), key))
                        .isInstanceOf(MapVerdict.Unproven.class);
            }
        }
    }

    @Test
    void aLeafShownAsAnotherOnesIsNoProofOfAbsence() {
        Hash key = any.hash();
        Bytes value = value();
        Hash root = AuthenticatedMap.EMPTY.put(key, value).root();
        Bytes forged =
                new CanonicalWriter()
                        .writeInt(0)
                        .writeU8(2)
                        .write(key)
                        .write(new NodeHasher().value(value))
                        .toBytes();

        MapVerdict verdict = verify(forged, root, key);

        assertThat(verdict).isInstanceOf(MapVerdict.Unproven.class);
    }

    @Test
    void encodingsThatAreNotCanonicalAreRefused() {
        CanonicalWriter deep = new CanonicalWriter().writeInt(257);
        CanonicalWriter padded =
                new CanonicalWriter().writeInt(1).writeU8(0xc0).write(any.hash()).writeU8(0);
        CanonicalWriter zero =
                new CanonicalWriter().writeInt(1).writeU8(0x80).write(Hash.ZERO).writeU8(0);
        CanonicalWriter lowest = new CanonicalWriter().writeInt(1).writeU8(0).writeU8(0);
        CanonicalWriter kind = new CanonicalWriter().writeInt(0).writeU8(3);

        assertMalformed(deep, "depth 257 of a map proof, at most 256");
        assertMalformed(padded, "unused bits");
        assertMalformed(zero, "an empty sibling written as a hash");
        assertMalformed(lowest, "lowest sibling of a map proof is never empty");
        assertMalformed(kind, "ends in 0, 1 or 2, found 3");
        assertMalformed(new CanonicalWriter().writeInt(-1), "depth -1");
    }

    @Test
    void aProofOfAnAccountAmongManyIsSmall() {
        AuthenticatedMap map = AuthenticatedMap.EMPTY;
        Hash last = Hash.ZERO;
        for (int i = 0; i < 100_000; i++) {
            last = any.hash();
            map = map.put(last, last.bytes().concat(last.bytes()));
        }

        Bytes encoded = map.prove(last).encoded();

        assertThat(encoded.size()).isLessThan(1_000);
        assertThat(verify(encoded, map.root(), last)).isInstanceOf(MapVerdict.Present.class);
    }

    private Bytes value() {
        return any.bytesUpTo(40);
    }

    private static MapVerdict truth(Map<Hash, Bytes> content, Hash key) {
        Bytes value = content.get(key);
        return value == null ? new MapVerdict.Absent() : new MapVerdict.Present(value);
    }

    private static MapVerdict verify(Bytes encoded, Hash root, Hash key) {
        try {
            return CanonicalReader.decode(encoded, MapProof::readFrom).verify(root, key);
        } catch (MalformedBytesException refused) {
            return new MapVerdict.Unproven(String.valueOf(refused.getMessage()));
        }
    }

    private static void assertMalformed(CanonicalWriter encoded, String fault) {
        assertThatThrownBy(() -> CanonicalReader.decode(encoded.toBytes(), MapProof::readFrom))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining(fault);
    }
}

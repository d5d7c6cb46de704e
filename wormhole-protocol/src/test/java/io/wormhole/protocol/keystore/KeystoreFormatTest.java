package io.wormhole.protocol.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.keystore.KeystoreException.Fault;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeystoreFormatTest {
    private static final PasswordSeal.Cost CHEAP = new PasswordSeal.Cost(1 << 10, 1, 1);
    private static final char[] PASSWORD = "secret".toCharArray();
    private static final int VERSION_OFFSET = 18;
    private static final int MEMORY_OFFSET = 22;
    private static final int LENGTH_OFFSET = 62;

    private final Arbitrary any = Arbitrary.forTest("KeystoreFormatTest", 64);
    private final Bytes file = lock(KeyRing.of("main", Alice.KEYS));

    @Test
    void aWrongPasswordIsToldFromADamagedFile() {
        char[] almost = "secreT".toCharArray();

        assertThat(faultOf(file, almost)).isEqualTo(Fault.WRONG_PASSWORD);
        int place = file.size() - 40;
        Bytes damaged = withByte(file, place, file.at(place) ^ 1);
        assertThat(faultOf(damaged, PASSWORD)).isEqualTo(Fault.DAMAGED);
        assertThat(faultOf(damaged, almost)).isEqualTo(Fault.DAMAGED);
    }

    @Test
    void anyCutOffFileIsTruncated() {
        for (int size = 0; size < file.size(); size++) {
            assertThat(faultOf(file.slice(0, size), PASSWORD)).isEqualTo(Fault.TRUNCATED);
        }
    }

    @Test
    void aFileWithMoreBehindIsOversized() {
        assertThat(faultOf(file.concat(Bytes.of((byte) 0)), PASSWORD)).isEqualTo(Fault.OVERSIZED);
    }

    @Test
    void anythingElseIsNoKeystore() {
        Bytes text = Bytes.of("{\"crypto\": {}}".getBytes(StandardCharsets.UTF_8));

        assertThat(faultOf(text, PASSWORD)).isEqualTo(Fault.NOT_A_KEYSTORE);
        assertThat(faultOf(any.bytes(500), PASSWORD)).isEqualTo(Fault.NOT_A_KEYSTORE);
    }

    @Test
    void aNewerVersionIsNamedBeforeAnythingElse() {
        Bytes newer = withByte(file, VERSION_OFFSET + 3, 2).slice(0, 30);

        assertThatThrownBy(() -> KeystoreFormat.unlock(newer, PASSWORD))
                .isInstanceOf(KeystoreException.class)
                .hasMessage("the keystore has version 2, this program reads version 1");
        assertThat(faultOf(newer, PASSWORD)).isEqualTo(Fault.NEWER_VERSION);
        assertThat(faultOf(withByte(file, VERSION_OFFSET + 3, 0), PASSWORD))
                .isEqualTo(Fault.DAMAGED);
    }

    @Test
    void aHostileFileCannotAskForMuchMemoryOrTime() {
        Bytes memory = checked(withByte(file, MEMORY_OFFSET, 0x06));
        Bytes passes = checked(withByte(file, MEMORY_OFFSET + 5, 0x01));
        Bytes lanes = checked(withByte(file, MEMORY_OFFSET + 11, 5));
        Bytes negative = checked(withByte(file, MEMORY_OFFSET, 0x80));

        assertThat(faultOf(memory, PASSWORD)).isEqualTo(Fault.TOO_EXPENSIVE);
        assertThat(faultOf(passes, PASSWORD)).isEqualTo(Fault.TOO_EXPENSIVE);
        assertThat(faultOf(lanes, PASSWORD)).isEqualTo(Fault.TOO_EXPENSIVE);
        assertThat(faultOf(negative, PASSWORD)).isEqualTo(Fault.TOO_EXPENSIVE);
        assertThatThrownBy(() -> KeystoreFormat.unlock(memory, PASSWORD))
                .hasMessageContaining("allowed are 1024 to 262144 KiB, 1 to 16 passes");
    }

    @Test
    void anyChangedBitOfSealOrContentIsRefusedEvenUnderARightChecksum() {
        for (int place = MEMORY_OFFSET + 12; place < file.size() - Hash.SIZE; place += 3) {
            if (place >= LENGTH_OFFSET && place < LENGTH_OFFSET + 4) {
                continue;
            }
            Bytes changed = withByte(file, place, file.at(place) ^ 0x10);

            assertThat(faultOf(changed, PASSWORD)).isEqualTo(Fault.DAMAGED);
            assertThat(faultOf(checked(changed), PASSWORD)).isEqualTo(Fault.WRONG_PASSWORD);
        }
    }

    @Test
    void twoFilesOfTheSameKeysShareNothing() {
        Bytes other = lock(KeyRing.of("main", Alice.KEYS));

        assertThat(other.slice(34, 62)).isNotEqualTo(file.slice(34, 62));
        assertThat(other.slice(66, 98)).isNotEqualTo(file.slice(66, 98));
    }

    @Test
    void theLargestRingFitsIntoTheLargestFile() throws KeystoreException {
        KeyRing ring = KeyRing.of("0".repeat(64), any.keys());
        for (int i = 1; i < KeyRing.MAXIMUM_KEYS; i++) {
            ring = ring.with("n".repeat(62) + (10 + i), any.keys());
        }
        Bytes large = lock(ring);
        KeyRing full = ring;

        assertThat(large.size()).isLessThan(KeystoreFormat.MAXIMUM_BYTES);
        assertThat(KeystoreFormat.unlock(large, PASSWORD).names()).isEqualTo(ring.names());
        assertThatThrownBy(() -> full.with("more", any.keys())).hasMessageContaining("at most 64");
    }

    @Test
    void namesAreShortPlainAndUnique() {
        KeyRing ring = KeyRing.of("a", Alice.KEYS);

        assertThatThrownBy(() -> ring.with("a", Bob.KEYS)).hasMessageContaining("named a already");
        for (String name : new String[] {"", "a b", "../a", "ä", "a\n", "x".repeat(65)}) {
            assertThatThrownBy(() -> ring.with(name, Bob.KEYS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 64 letters");
        }
        assertThatThrownBy(() -> ring.without("a")).isInstanceOf(IllegalArgumentException.class);
        assertThat(ring.with("b", Bob.KEYS).without("a").names()).containsExactly("b");
    }

    @Test
    void whatIsInsideIsReadStrictly() {
        Bytes none = new CanonicalWriter().writeInt(0).toBytes();
        Bytes unordered =
                new CanonicalWriter()
                        .writeInt(2)
                        .writeText("b")
                        .writeFixed(Alice.KEYS.seed())
                        .writeText("a")
                        .writeFixed(Bob.KEYS.seed())
                        .toBytes();

        for (Bytes inside : new Bytes[] {none, unordered, Bytes.EMPTY}) {
            assertThatThrownBy(() -> CanonicalReader.decode(inside, KeyRing::readSecrets))
                    .isInstanceOf(MalformedBytesException.class);
        }
    }

    @Test
    void passwordsHaveBounds() {
        char[] half = {'a', '\ud83d'};
        char[] endless = new char[1025];
        Arrays.fill(endless, 'x');

        assertThatThrownBy(() -> lock(new char[0]))
                .hasMessage("a password has 1 to 1024 characters");
        assertThatThrownBy(() -> lock(endless)).hasMessage("a password has 1 to 1024 characters");
        assertThatThrownBy(() -> lock(half)).hasMessage("the password holds half a character");
    }

    @Test
    void aPasswordIsLeftToItsOwnerToWipe() {
        char[] password = PASSWORD.clone();

        KeystoreFormat.lock(KeyRing.of("a", Alice.KEYS), password, CHEAP, new SecureRandom());

        assertThat(password).isEqualTo(PASSWORD);
    }

    @Test
    void noTextFormShowsASecret() {
        String shown = KeyRing.of("main", Alice.KEYS).with("b", Bob.KEYS).toString();

        assertThat(shown)
                .contains("main=" + Alice.ADDRESS)
                .doesNotContain(Alice.KEYS.seed().toHex(), SeedText.of(Alice.KEYS));
    }

    @Test
    void aSeedIsReadBackFromItsText() {
        KeyPair keys = any.keys();
        String text = SeedText.of(keys);

        assertThat(text).startsWith("dsdsec1").hasSize(65);
        assertThat(SeedText.parse(text).seed()).isEqualTo(keys.seed());
    }

    @Test
    void aMistypedSeedIsRefusedWithoutRepeatingIt() {
        String text = SeedText.of(any.keys());
        String cut = text.substring(0, 60);
        String other = Alice.ADDRESS.toString();

        for (String wrong : new String[] {cut, other, "", text + "q"}) {
            assertThatThrownBy(() -> SeedText.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("not a secret key")
                    .hasMessageNotContaining(text.substring(8, 20))
                    .hasNoCause();
        }
    }

    private static Bytes lock(KeyRing ring) {
        return KeystoreFormat.lock(ring, PASSWORD, CHEAP, new SecureRandom());
    }

    private static Bytes lock(char[] password) {
        KeyRing ring = KeyRing.of("main", Alice.KEYS);
        return KeystoreFormat.lock(ring, password, CHEAP, new SecureRandom());
    }

    private static Fault faultOf(Bytes file, char[] password) {
        return catchThrowableOfType(
                        KeystoreException.class, () -> KeystoreFormat.unlock(file, password))
                .fault();
    }

    private static Bytes withByte(Bytes original, int place, int value) {
        byte[] content = original.toArray();
        content[place] = (byte) value;
        return Bytes.of(content);
    }

    /** The same file under the checksum that its content has. */
    private static Bytes checked(Bytes original) {
        Bytes content = original.slice(0, original.size() - Hash.SIZE);
        return content.concat(Bytes.of(Hash.sha256().digest(content.toArray())));
    }
}

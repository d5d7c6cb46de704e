package io.wormhole.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final Bytes CONTENT = Bytes.ofHex("c0ffee");
    private static final BigInteger GROUP_ORDER =
            BigInteger.ONE
                    .shiftLeft(252)
                    .add(new BigInteger("27742317777372353535851937790883648493"));

    private final Arbitrary any = Arbitrary.forTest("SignatureTest", 8032);

    /** RFC 8032, section 7.1: seed, public key, message, signature. */
    @Test
    void keysAndSignaturesAreThoseOfTheStandard() {
        assertReference(
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        assertReference(
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        assertReference(
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    }

    @Test
    void aSignatureIsValidForItsKeyTagNetworkAndContentAlone() {
        Signature signature = Alice.KEYS.sign(DomainTag.CHANNEL_STATE, TestNetwork.ID, CONTENT);

        assertThat(verifies(Alice.KEYS, signature, DomainTag.CHANNEL_STATE, TestNetwork.ID))
                .isTrue();
        assertThat(verifies(Bob.KEYS, signature, DomainTag.CHANNEL_STATE, TestNetwork.ID))
                .isFalse();
        assertThat(verifies(Alice.KEYS, signature, DomainTag.CHANNEL_CLOSE, TestNetwork.ID))
                .isFalse();
        assertThat(verifies(Alice.KEYS, signature, DomainTag.CHANNEL_STATE, TestNetwork.OTHER))
                .isFalse();
        assertThat(
                        Alice.KEYS
                                .publicKey()
                                .verifies(
                                        signature,
                                        DomainTag.CHANNEL_STATE,
                                        TestNetwork.ID,
                                        CONTENT.concat(Bytes.of((byte) 0))))
                .isFalse();
    }

    @Test
    void whatIsSignedIsTagThenNetworkThenContentByPlainEd25519() {
        byte[] message =
                DomainTag.BLOCK.prefix().concat(TestNetwork.ID.encoded()).concat(CONTENT).toArray();
        byte[] expected = new byte[Signature.SIZE];
        byte[] secret = Alice.KEYS.seed().toArray();

        Ed25519.sign(secret, 0, message, 0, message.length, expected, 0);

        assertThat(Alice.KEYS.sign(DomainTag.BLOCK, TestNetwork.ID, CONTENT).bytes())
                .isEqualTo(Bytes.of(expected));
    }

    @Test
    void anyChangedBitOfASignatureIsRefused() {
        Signature signature = Alice.KEYS.sign(DomainTag.TRANSACTION, TestNetwork.ID, CONTENT);
        for (int bit = 0; bit < 512; bit++) {
            byte[] changed = signature.bytes().toArray();
            changed[bit / 8] = (byte) (changed[bit / 8] ^ (1 << (bit % 8)));
            Signature other = new Signature(Bytes.of(changed));

            assertThat(verifies(Alice.KEYS, other, DomainTag.TRANSACTION, TestNetwork.ID))
                    .isFalse();
        }
    }

    @Test
    void aSecondFormOfTheSameSignatureIsRefused() {
        byte[] bytes =
                Alice.KEYS.sign(DomainTag.TRANSACTION, TestNetwork.ID, CONTENT).bytes().toArray();
        byte[] scalar = new byte[33];
        for (int i = 0; i < 32; i++) {
            scalar[32 - i] = bytes[32 + i];
        }
        byte[] larger = new BigInteger(scalar).add(GROUP_ORDER).toByteArray();
        assertThat(larger.length).isLessThanOrEqualTo(32);
        for (int i = 0; i < 32; i++) {
            bytes[32 + i] = i < larger.length ? larger[larger.length - 1 - i] : 0;
        }

        Signature second = new Signature(Bytes.of(bytes));

        assertThat(verifies(Alice.KEYS, second, DomainTag.TRANSACTION, TestNetwork.ID)).isFalse();
    }

    @Test
    void keysOfSmallOrderAreRefused() {
        List<String> smallOrder =
                List.of(
                        "0100000000000000000000000000000000000000000000000000000000000000",
                        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                        "0000000000000000000000000000000000000000000000000000000000000000",
                        "0000000000000000000000000000000000000000000000000000000000000080",
                        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85");

        smallOrder.forEach(SignatureTest::assertNoKey);
    }

    @Test
    void keysThatAreNotCanonicalOrNoPointAreRefused() {
        assertNoKey("0100000000000000000000000000000000000000000000000000000000000080");
        assertNoKey("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
        assertNoKey("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        assertNoKey("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        assertNoKey("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        assertNoKey("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
        assertNoKey("0200000000000000000000000000000000000000000000000000000000000000");
        assertNoKey("00");
        Bytes truncated = Alice.KEYS.publicKey().bytes().slice(0, 31);
        assertThatThrownBy(() -> CanonicalReader.decode(truncated, PublicKey::readFrom))
                .isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void randomBytesAreNeverASignature() {
        for (int round = 0; round < 200; round++) {
            Signature noise = new Signature(any.bytes(Signature.SIZE));

            assertThat(verifies(Mallory.KEYS, noise, DomainTag.BLOCK, TestNetwork.ID)).isFalse();
        }
    }

    @Test
    void aKeyPairNeverShowsItsSeed() {
        KeyPair keys = KeyPair.generate(new SecureRandom());

        assertThat(keys.toString())
                .contains(keys.publicKey().toString())
                .doesNotContain(keys.seed().toHex());
        assertThatThrownBy(() -> KeyPair.ofSeed(any.bytes(31)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysAndSignaturesComeBackFromTheirEncoding() {
        Signature signature = Bob.KEYS.sign(DomainTag.BLOCK, TestNetwork.ID, CONTENT);

        assertThat(CanonicalReader.decode(signature.encoded(), Signature::readFrom))
                .isEqualTo(signature);
        assertThat(CanonicalReader.decode(Bob.KEYS.publicKey().encoded(), PublicKey::readFrom))
                .isEqualTo(Bob.KEYS.publicKey());
        assertThat(CanonicalReader.decode(Bob.ADDRESS.encoded(), Address::readFrom))
                .isEqualTo(Bob.ADDRESS);
        assertThat(Bob.ADDRESS).isNotEqualTo(Alice.ADDRESS).isNotEqualTo(Mallory.ADDRESS);
    }

    @Test
    void noTagIsTheStartOfAnother() {
        Set<String> seen = new HashSet<>();
        for (DomainTag tag : DomainTag.values()) {
            Bytes prefix = tag.prefix();

            assertThat(seen.add(prefix.toHex())).as(tag.name()).isTrue();
            assertThat(prefix.toHex()).startsWith("776f726d686f6c652f").endsWith("2f3100");
            assertThat(prefix.slice(0, prefix.size() - 1).toHex()).doesNotContain("2f31002f");
        }
        assertThat(Hash.of(DomainTag.BLOCK, CONTENT)).isNotEqualTo(Hash.of(DomainTag.JOB, CONTENT));
    }

    @Test
    void aHashHas32Bytes() {
        assertThatThrownBy(() -> new Hash(any.bytes(33))).hasMessageContaining("found 33");
        assertThat(Hash.of(DomainTag.JOB, TestNetwork.ID))
                .isEqualTo(Hash.of(DomainTag.JOB, TestNetwork.ID.encoded()));
    }

    private static boolean verifies(
            KeyPair keys, Signature signature, DomainTag tag, NetworkId network) {
        return keys.publicKey().verifies(signature, tag, network, CONTENT);
    }

    private static void assertNoKey(String hex) {
        assertThatThrownBy(() -> new PublicKey(Bytes.ofHex(hex)))
                .as(hex)
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertReference(String seed, String key, String content, String expected) {
        byte[] message = Bytes.ofHex(content).toArray();
        byte[] signature = new byte[Signature.SIZE];
        KeyPair keys = KeyPair.ofSeed(Bytes.ofHex(seed));
        byte[] secret = keys.seed().toArray();

        Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);

        assertThat(keys.publicKey().toString()).isEqualTo(key);
        assertThat(Bytes.of(signature).toHex()).isEqualTo(expected);
    }
}

package io.wormhole.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

/** What is remembered of keys and signatures changes no answer. */
final class SignatureCheckTest {
    private static final int CASES = 150;

    private final Arbitrary any = Arbitrary.forTest("SignatureCheckTest", 3);

    @Test
    void damagedKeysMessagesAndSignaturesAreJudgedAsWithoutMemory() {
        for (int i = 0; i < CASES; i++) {
            Bytes seed = Bytes.of(new byte[Ed25519.SECRET_KEY_SIZE]);
            KeyPair pair = KeyPair.ofSeed(any.withOneBitFlipped(seed));
            Bytes key = pair.publicKey().bytes();
            Bytes message = Bytes.of(new byte[1 + any.below(40)]);
            byte[] made = new byte[Signature.SIZE];
            Ed25519.sign(pair.seed().toArray(), 0, message.toArray(), 0, message.size(), made, 0);
            Bytes signature = Bytes.of(made);

            assertThat(SignatureCheck.isValid(key, message.toArray(), signature)).isTrue();
            assertThat(SignatureCheck.isValid(key, message.toArray(), signature)).isTrue();
            requireSame(any.withOneBitFlipped(key), message, signature);
            requireSame(key, any.withOneBitFlipped(message), signature);
            requireSame(key, message, any.withOneBitFlipped(signature));
        }
    }

    @Test
    void keysAndSignaturesOfOtherLengthsAreInvalid() {
        Bytes key = KeyPair.ofSeed(Bytes.of(new byte[32])).publicKey().bytes();
        byte[] message = {1};

        assertThat(SignatureCheck.isValid(Bytes.EMPTY, message, Bytes.of(new byte[64]))).isFalse();
        assertThat(SignatureCheck.isValid(key, message, Bytes.of(new byte[63]))).isFalse();
        assertThat(SignatureCheck.isValid(key, message, Bytes.of(new byte[65]))).isFalse();
    }

    @Test
    void pointsOfSmallOrderAreNoKeys() {
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        byte[] beyond = new byte[32];
        Arrays.fill(beyond, (byte) 0xff);

        assertThat(SignatureCheck.isKey(Bytes.of(new byte[32]))).isFalse();
        assertThat(SignatureCheck.isKey(Bytes.of(neutral))).isFalse();
        assertThat(SignatureCheck.isKey(Bytes.of(beyond))).isFalse();
    }

    private static void requireSame(Bytes key, Bytes message, Bytes signature) {
        byte[] encoded = key.toArray();
        boolean expected =
                Ed25519.validatePublicKeyPartial(encoded, 0)
                        && Ed25519.verify(
                                signature.toArray(),
                                0,
                                encoded,
                                0,
                                message.toArray(),
                                0,
                                message.size());

        assertThat(SignatureCheck.isValid(key, message.toArray(), signature)).isEqualTo(expected);
    }
}

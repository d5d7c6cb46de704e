package io.wormhole.protocol.keystore;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.keystore.KeystoreException.Fault;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * How a password locks content: Argon2id (RFC 9106) makes the key, ChaCha20-Poly1305 (RFC 8439)
 * seals. Salt and nonce are fresh for every file.
 */
record PasswordSeal(Cost cost, Bytes salt, Bytes nonce) implements Canonical {
    private static final int SALT_SIZE = 16;
    private static final int NONCE_SIZE = 12;
    private static final int KEY_SIZE = 32;
    private static final int TAG_BITS = 128;
    private static final int LONGEST_PASSWORD = 1024;

    /** A seal of this cost with fresh salt and nonce. */
    static PasswordSeal fresh(Cost cost, SecureRandom random) {
        return new PasswordSeal(cost, bytes(random, SALT_SIZE), bytes(random, NONCE_SIZE));
    }

    static PasswordSeal readFrom(CanonicalReader in) {
        return new PasswordSeal(
                new Cost(in.readInt(), in.readInt(), in.readInt()),
                in.readFixed(SALT_SIZE),
                in.readFixed(NONCE_SIZE));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeInt(cost.memoryKib).writeInt(cost.passes).writeInt(cost.lanes);
        out.writeFixed(salt).writeFixed(nonce);
    }

    /** {@code content} locked; {@code header} stays readable but cannot be changed. */
    Bytes lock(Bytes content, Bytes header, char[] password) {
        try {
            return run(true, content, header, password);
        } catch (InvalidCipherTextException impossible) {
            throw new IllegalStateException("only unlocking can fail", impossible);
        }
    }

    /** What was locked; empty when the password or any of the bytes is another one. */
    Optional<Bytes> unlock(Bytes locked, Bytes header, char[] password) {
        try {
            return Optional.of(run(false, locked, header, password));
        } catch (InvalidCipherTextException refused) {
            return Optional.empty();
        }
    }

    private Bytes run(boolean lock, Bytes input, Bytes header, char[] password)
            throws InvalidCipherTextException {
        byte[] key = key(password);
        byte[] output = new byte[0];
        try {
            ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
            cipher.init(
                    lock,
                    new AEADParameters(
                            new KeyParameter(key), TAG_BITS, nonce.toArray(), header.toArray()));
            output = new byte[cipher.getOutputSize(input.size())];
            int done = cipher.processBytes(input.toArray(), 0, input.size(), output, 0);
            cipher.doFinal(output, done);
            return Bytes.of(output);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(output, (byte) 0);
        }
    }

    private byte[] key(char[] password) {
        byte[] encoded = utf8(password);
        byte[] key = new byte[KEY_SIZE];
        try {
            Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
            argon2.init(
                    new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                            .withMemoryAsKB(cost.memoryKib)
                            .withIterations(cost.passes)
                            .withParallelism(cost.lanes)
                            .withSalt(salt.toArray())
                            .build());
            argon2.generateBytes(encoded, key);
            return key;
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static byte[] utf8(char[] password) {
        if (password.length == 0 || password.length > LONGEST_PASSWORD) {
            throw new IllegalArgumentException(
                    "a password has 1 to " + LONGEST_PASSWORD + " characters");
        }
        ByteBuffer encoded = ByteBuffer.allocate(4 * password.length);
        CoderResult result =
                StandardCharsets.UTF_8
                        .newEncoder()
                        .encode(CharBuffer.wrap(password), encoded, true);
        if (result.isError()) {
            throw new IllegalArgumentException("the password holds half a character");
        }
        byte[] exact = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return exact;
    }

    private static Bytes bytes(SecureRandom random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    /** What one guess of the password costs. */
    record Cost(int memoryKib, int passes, int lanes) {
        /** 64 MiB three times over: about 0.2 s for the owner, dear for who must try many. */
        static final Cost USUAL = new Cost(64 << 10, 3, 1);

        private static final int LEAST_MEMORY_KIB = 1 << 10;
        private static final int MOST_MEMORY_KIB = 256 << 10;
        private static final int MOST_PASSES = 16;
        private static final int MOST_LANES = 4;

        /** Refuses what a hostile file may ask for: the owner pays before the password is known. */
        void check() throws KeystoreException {
            if (memoryKib < LEAST_MEMORY_KIB
                    || memoryKib > MOST_MEMORY_KIB
                    || passes < 1
                    || passes > MOST_PASSES
                    || lanes < 1
                    || lanes > MOST_LANES) {
                throw new KeystoreException(
                        Fault.TOO_EXPENSIVE,
                        ("the keystore asks for %d KiB, %d passes, %d lanes; allowed are"
                                        + " %d to %d KiB, 1 to %d passes, 1 to %d lanes")
                                .formatted(
                                        memoryKib,
                                        passes,
                                        lanes,
                                        LEAST_MEMORY_KIB,
                                        MOST_MEMORY_KIB,
                                        MOST_PASSES,
                                        MOST_LANES));
            }
        }
    }
}

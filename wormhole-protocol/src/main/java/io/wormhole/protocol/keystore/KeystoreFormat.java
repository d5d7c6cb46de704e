package io.wormhole.protocol.keystore;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.keystore.KeystoreException.Fault;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * The bytes of a keystore file: a line that people recognise, version, seal, locked keys, and a
 * SHA-256 over all of that. The checksum protects nothing; it tells damage from a wrong password.
 */
final class KeystoreFormat {
    /** Longest file in bytes: 64 keys with the longest names take less. */
    static final int MAXIMUM_BYTES = 16 << 10;

    private static final Bytes MAGIC =
            Bytes.of("wormhole keystore\n".getBytes(StandardCharsets.US_ASCII));
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = MAGIC.size() + 4 + 3 * 4 + 16 + 12;

    private KeystoreFormat() {}

    static Bytes lock(KeyRing ring, char[] password, PasswordSeal.Cost cost, SecureRandom random) {
        PasswordSeal seal = PasswordSeal.fresh(cost, random);
        CanonicalWriter out = new CanonicalWriter().writeFixed(MAGIC).writeInt(VERSION).write(seal);
        Bytes header = out.toBytes();
        out.writeBytes(seal.lock(ring.secrets().encoded(), header, password));
        Bytes content = out.toBytes();
        return content.concat(checksum(content));
    }

    static KeyRing unlock(Bytes file, char[] password) throws KeystoreException {
        checkStart(file);
        checkLength(file);
        int end = file.size() - Hash.SIZE;
        Bytes header = file.slice(0, HEADER_BYTES);
        if (!checksum(file.slice(0, end)).equals(file.slice(end, file.size()))) {
            throw damaged("its checksum does not match; restore it from a copy");
        }
        PasswordSeal seal =
                CanonicalReader.decode(
                        file.slice(MAGIC.size() + 4, HEADER_BYTES), PasswordSeal::readFrom);
        seal.cost().check();
        Bytes secrets =
                seal.unlock(file.slice(HEADER_BYTES + 4, end), header, password)
                        .orElseThrow(
                                () ->
                                        new KeystoreException(
                                                Fault.WRONG_PASSWORD,
                                                "the password does not open this keystore"));
        return readSecrets(secrets);
    }

    private static void checkStart(Bytes file) throws KeystoreException {
        int shown = Math.min(file.size(), MAGIC.size());
        if (!file.slice(0, shown).equals(MAGIC.slice(0, shown))) {
            throw new KeystoreException(
                    Fault.NOT_A_KEYSTORE, "the file is not a wormhole keystore");
        }
        if (file.size() < MAGIC.size() + 4) {
            throw truncated(file, HEADER_BYTES);
        }
        int version = CanonicalReader.of(file.slice(MAGIC.size(), MAGIC.size() + 4)).readInt();
        if (version != VERSION) {
            throw version > VERSION
                    ? new KeystoreException(
                            Fault.NEWER_VERSION,
                            "the keystore has version %d, this program reads version %d"
                                    .formatted(version, VERSION))
                    : damaged("there is no version " + version);
        }
    }

    private static void checkLength(Bytes file) throws KeystoreException {
        if (file.size() < HEADER_BYTES + 4) {
            throw truncated(file, HEADER_BYTES + 4);
        }
        int locked = CanonicalReader.of(file.slice(HEADER_BYTES, HEADER_BYTES + 4)).readInt();
        if (locked < 0 || locked > MAXIMUM_BYTES) {
            throw damaged("it says to hold " + Integer.toUnsignedString(locked) + " bytes");
        }
        int expected = HEADER_BYTES + 4 + locked + Hash.SIZE;
        if (file.size() < expected) {
            throw truncated(file, expected);
        }
        if (file.size() > expected) {
            throw new KeystoreException(
                    Fault.OVERSIZED,
                    "the keystore has %d bytes, expected %d".formatted(file.size(), expected));
        }
    }

    @SuppressWarnings("UnusedException") // Its message may quote the decrypted bytes.
    private static KeyRing readSecrets(Bytes secrets) throws KeystoreException {
        try {
            return CanonicalReader.decode(secrets, KeyRing::readSecrets);
        } catch (MalformedBytesException malformed) {
            throw damaged("what is inside is not a list of keys");
        }
    }

    private static Bytes checksum(Bytes content) {
        return Bytes.of(Hash.sha256().digest(content.toArray()));
    }

    private static KeystoreException truncated(Bytes file, int expected) {
        return new KeystoreException(
                Fault.TRUNCATED,
                "the keystore ends after %d bytes, expected %d".formatted(file.size(), expected));
    }

    private static KeystoreException damaged(String how) {
        return new KeystoreException(Fault.DAMAGED, "the keystore is damaged: " + how);
    }
}

package io.wormhole.protocol.keystore;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.keystore.KeystoreException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Password-encrypted files of {@link KeyRing}s, readable by their owner alone. Passwords are the
 * caller's to wipe. Every use costs 64 MiB of memory and some 0.2 s, by intent.
 */
public final class Keystore {
    private Keystore() {}

    /**
     * Writes a new file; throws {@link KeystoreException} when there is one already, and {@link
     * IllegalArgumentException} for an empty password or one of over 1024 characters.
     */
    public static void create(Path file, char[] password, KeyRing ring, SecureRandom random)
            throws IOException {
        // Looked up before the costly part; the write itself refuses again.
        if (Files.exists(file)) {
            throw PrivateFile.exists(file);
        }
        Bytes locked = KeystoreFormat.lock(ring, password, PasswordSeal.Cost.USUAL, random);
        PrivateFile.create(file, locked, random);
    }

    /** Writes a file or takes the place of the one there is, in one step: all or nothing. */
    public static void replace(Path file, char[] password, KeyRing ring, SecureRandom random)
            throws IOException {
        Bytes locked = KeystoreFormat.lock(ring, password, PasswordSeal.Cost.USUAL, random);
        PrivateFile.replace(file, locked, random);
    }

    /** Reads all keys of a file; {@link KeystoreException#fault()} says why it cannot be. */
    public static KeyRing open(Path file, char[] password) throws IOException {
        return KeystoreFormat.unlock(read(file), password);
    }

    /** Whether nobody but the owner may read or write the file; true where this is unknown. */
    public static boolean isPrivate(Path file) throws IOException {
        return PrivateFile.isPrivate(file);
    }

    private static Bytes read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new KeystoreException(Fault.NOT_FOUND, "there is no keystore at " + file);
        }
        if (!Files.isRegularFile(file)) {
            throw new KeystoreException(Fault.NOT_A_KEYSTORE, file + " is not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(KeystoreFormat.MAXIMUM_BYTES + 1);
            if (content.length > KeystoreFormat.MAXIMUM_BYTES) {
                throw new KeystoreException(
                        Fault.OVERSIZED,
                        file + " has over " + KeystoreFormat.MAXIMUM_BYTES + " bytes");
            }
            return Bytes.of(content);
        }
    }
}

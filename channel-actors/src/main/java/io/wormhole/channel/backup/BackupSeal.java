package io.wormhole.channel.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals copies with AES-256-GCM under a key that follows from the operator's, and names them so
 * that their keeper learns neither contents nor channels. A copy opens under its own name alone.
 * Every copy has a key of its own, which follows from a random salt: copies are written all the
 * time, and one key with random nonces of 96 bits would wear out (NIST SP 800-38D, 8.3).
 */
public final class BackupSeal {
    private static final byte VERSION = 1;
    private static final int SALT_BYTES = 32;
    private static final byte[] NONCE_USED_ONCE = new byte[12];
    private static final int TAG_BITS = 128;
    private static final int OVERHEAD = 1 + SALT_BYTES + TAG_BITS / 8;

    private final SecretKeySpec content;
    private final SecretKeySpec names;
    private final SecureRandom random;

    private BackupSeal(SecretKeySpec content, SecretKeySpec names, SecureRandom random) {
        this.content = content;
        this.names = names;
        this.random = random;
    }

    /** The seal of an operator's copies on one network. */
    public static BackupSeal of(KeyPair operator, NetworkId network, SecureRandom random) {
        SecretKeySpec seed = new SecretKeySpec(operator.seed().toArray(), "HmacSHA256");
        byte[] on = network.encoded().toArray();
        return new BackupSeal(
                new SecretKeySpec(derive(seed, "wormhole/channel-backup/1", on), "HmacSHA256"),
                new SecretKeySpec(derive(seed, "wormhole/channel-backup-name/1", on), "HmacSHA256"),
                random);
    }

    private static byte[] derive(SecretKeySpec key, String purpose, byte[] rest) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(purpose.getBytes(US_ASCII));
            mac.update((byte) 0);
            return mac.doFinal(rest);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", missing);
        }
    }

    /** The name of the list of all copies. */
    public String index() {
        return Bytes.of(derive(names, "index", new byte[0])).toHex();
    }

    /** The name of a channel's copy. */
    public String name(ChannelId channel) {
        return Bytes.of(derive(names, "channel", channel.encoded().toArray())).toHex();
    }

    /** Version, salt, ciphertext with tag; fresh for every call. */
    public Bytes seal(String name, Bytes plain) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, salt).doFinal(plain.toArray());
            return Bytes.of(VERSION).concat(Bytes.of(salt)).concat(Bytes.of(sealed));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has AES-GCM", missing);
        }
    }

    /** What was sealed under this name; refuses what this operator did not seal, or not there. */
    public Bytes open(String name, Bytes sealed) throws IOException {
        if (sealed.size() < OVERHEAD || sealed.at(0) != VERSION) {
            throw new IOException("copy " + name + " is no sealed copy of version 1");
        }
        byte[] salt = sealed.slice(1, 1 + SALT_BYTES).toArray();
        byte[] rest = sealed.slice(1 + SALT_BYTES, sealed.size()).toArray();
        try {
            return Bytes.of(cipher(Cipher.DECRYPT_MODE, name, salt).doFinal(rest));
        } catch (GeneralSecurityException changed) {
            throw new IOException(
                    "copy " + name + " was changed, or is of another key or network", changed);
        }
    }

    private Cipher cipher(int mode, String name, byte[] salt) throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(derive(content, "copy", salt), "AES");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, NONCE_USED_ONCE));
        cipher.updateAAD(name.getBytes(US_ASCII));
        return cipher;
    }
}

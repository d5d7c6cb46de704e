package io.wormhole.channel.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals cases for a watcher with AES-256-GCM. Name and key of what is sealed follow from the
 * channel's id, so a watcher can find and open it when the chain names the channel, and a store
 * without the chain tells nothing. Sizes are rounded up, so that they do not tell contracts apart.
 */
public final class WatchSeal {
    private static final byte VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final int TAG_BITS = 128;
    private static final int SIZE_STEP = 512;
    private static final int HEAD = 1 + SALT_BYTES;
    private static final byte[] NONCE_USED_ONCE = new byte[12];

    private WatchSeal() {}

    /** The name under which a watcher keeps what a participant of a channel gave it. */
    public static Hash hint(ChannelId channel, int participant) {
        return new Hash(
                Bytes.of(derive(channel, participant, "wormhole/watch-hint/1", Bytes.EMPTY)));
    }

    /** Version, salt, ciphertext with tag; fresh for every call. */
    public static Bytes seal(WatchCase content, SecureRandom random) {
        ChannelId channel = content.state().state().channel();
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Bytes plain = padded(content);
        try {
            Cipher cipher =
                    cipher(Cipher.ENCRYPT_MODE, channel, content.participant(), Bytes.of(salt));
            byte[] sealed = cipher.doFinal(plain.toArray());
            return Bytes.of(VERSION).concat(Bytes.of(salt)).concat(Bytes.of(sealed));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has AES-GCM", missing);
        }
    }

    private static Bytes padded(WatchCase content) {
        Bytes plain = new CanonicalWriter().writeBytes(content.encoded()).toBytes();
        int sealed = HEAD + plain.size() + TAG_BITS / 8;
        int rest = Math.floorMod(-sealed, SIZE_STEP);
        return plain.concat(Bytes.of(new byte[rest]));
    }

    /**
     * Opens what a participant sealed for this channel; throws {@link IllegalArgumentException}
     * when it is anything else.
     */
    public static WatchCase open(ChannelId channel, int participant, Bytes sealed) {
        if (sealed.size() < HEAD + TAG_BITS / 8 || sealed.at(0) != VERSION) {
            throw new IllegalArgumentException("no sealed state of version 1");
        }
        try {
            Cipher cipher =
                    cipher(Cipher.DECRYPT_MODE, channel, participant, sealed.slice(1, HEAD));
            CanonicalReader plain =
                    CanonicalReader.of(
                            Bytes.of(cipher.doFinal(sealed.slice(HEAD, sealed.size()).toArray())));
            WatchCase found =
                    CanonicalReader.decode(
                            plain.readBytes(WatchTerms.LARGEST_BYTES), WatchCase::readFrom);
            if (found.participant() != participant
                    || !found.state().state().channel().equals(channel)) {
                throw new IllegalArgumentException("a sealed state of another channel");
            }
            return found;
        } catch (GeneralSecurityException changed) {
            throw new IllegalArgumentException("it was not sealed for this channel", changed);
        }
    }

    private static Cipher cipher(int mode, ChannelId channel, int participant, Bytes salt)
            throws GeneralSecurityException {
        byte[] key = derive(channel, participant, "wormhole/watch-key/1", salt);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BITS, NONCE_USED_ONCE));
        return cipher;
    }

    private static byte[] derive(ChannelId channel, int participant, String purpose, Bytes salt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(channel.encoded().toArray(), "HmacSHA256"));
            mac.update(purpose.getBytes(US_ASCII));
            mac.update((byte) 0);
            mac.update((byte) participant);
            return mac.doFinal(salt.toArray());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", missing);
        }
    }
}

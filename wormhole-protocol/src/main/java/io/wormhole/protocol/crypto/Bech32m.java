package io.wormhole.protocol.crypto;

import io.wormhole.protocol.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** Bech32m (BIP-350): text with a prefix and a checksum that catches typing errors. */
public final class Bech32m {
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int CHECKSUM_CONSTANT = 0x2bc830a3;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int MAXIMUM_LENGTH = 1024;
    private static final int LONGEST_SHOWN = 10;
    private static final int[] GENERATOR = {
        0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
    };

    private Bech32m() {}

    /** The text form of {@code content}, lower case. */
    public static String encode(String prefix, Bytes content) {
        int[] words = toWords(content);
        StringBuilder text = new StringBuilder(prefix).append('1');
        for (int word : words) {
            text.append(ALPHABET.charAt(word));
        }
        int checksum = polymod(prefix, words, CHECKSUM_LENGTH) ^ CHECKSUM_CONSTANT;
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt((checksum >>> (5 * i)) & 31));
        }
        return text.toString();
    }

    /**
     * Parses text with exactly this prefix; throws {@link IllegalArgumentException} naming the
     * fault.
     */
    public static Bytes decode(String prefix, String text) {
        if (text.length() > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException("text longer than " + MAXIMUM_LENGTH);
        }
        // Unicode has signs beside K that fold to k: one value must not have two texts.
        if (text.chars().anyMatch(sign -> sign < '!' || sign > '~')) {
            throw new IllegalArgumentException("a character outside printable ASCII");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.equals(text) && !text.toUpperCase(Locale.ROOT).equals(text)) {
            throw new IllegalArgumentException("upper and lower case are mixed: " + shown(text));
        }
        if (!lower.startsWith(prefix + "1")
                || lower.length() < prefix.length() + 1 + CHECKSUM_LENGTH) {
            throw new IllegalArgumentException("expected " + prefix + "1…, found " + shown(text));
        }
        int[] words = lower.substring(prefix.length() + 1).chars().map(ALPHABET::indexOf).toArray();
        for (int word : words) {
            if (word < 0) {
                throw new IllegalArgumentException(
                        "a character outside the alphabet: " + shown(text));
            }
        }
        if (polymod(prefix, words, 0) != CHECKSUM_CONSTANT) {
            throw new IllegalArgumentException(
                    "checksum does not match (mistyped?): " + shown(text));
        }
        return toBytes(words, words.length - CHECKSUM_LENGTH);
    }

    /** The prefix and length alone: somebody may have pasted a secret into the wrong field. */
    private static String shown(String text) {
        int end = text.indexOf('1');
        String prefix = end > 0 && end <= LONGEST_SHOWN ? text.substring(0, end + 1) : "";
        return prefix + "… (" + text.length() + " characters)";
    }

    private static int[] toWords(Bytes content) {
        int[] words = new int[(content.size() * 8 + 4) / 5];
        for (int i = 0; i < words.length; i++) {
            for (int bit = i * 5; bit < i * 5 + 5; bit++) {
                int value = bit < content.size() * 8 && content.bit(bit) ? 1 : 0;
                words[i] = (words[i] << 1) | value;
            }
        }
        return words;
    }

    private static Bytes toBytes(int[] words, int count) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int pending = 0;
        int bits = 0;
        for (int i = 0; i < count; i++) {
            pending = ((pending << 5) | words[i]) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                content.write((pending >>> bits) & 0xff);
            }
        }
        if (bits >= 5 || (pending & ((1 << bits) - 1)) != 0) {
            throw new IllegalArgumentException("padding is not zero");
        }
        return Bytes.of(content.toByteArray());
    }

    private static int polymod(String prefix, int[] words, int zeros) {
        int checksum = 1;
        for (int i = 0; i < prefix.length(); i++) {
            checksum = step(checksum, prefix.charAt(i) >>> 5);
        }
        checksum = step(checksum, 0);
        for (int i = 0; i < prefix.length(); i++) {
            checksum = step(checksum, prefix.charAt(i) & 31);
        }
        for (int word : words) {
            checksum = step(checksum, word);
        }
        for (int i = 0; i < zeros; i++) {
            checksum = step(checksum, 0);
        }
        return checksum;
    }

    private static int step(int checksum, int word) {
        int top = checksum >>> 25;
        int next = ((checksum & 0x1ffffff) << 5) ^ word;
        for (int i = 0; i < GENERATOR.length; i++) {
            if (((top >>> i) & 1) == 1) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }
}

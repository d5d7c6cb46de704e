package io.wormhole.runtime.node;

import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.keystore.KeyRing;
import io.wormhole.protocol.keystore.Keystore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The keys of a node.
 *
 * @param operator holds the money, signs channels and attests deliveries
 * @param node by which other nodes know this one; holds nothing
 */
public record NodeKeys(KeyPair operator, KeyPair node) {
    /** Name of the operator's key in the keystore. */
    public static final String OPERATOR = "operator";

    /** Name of the node's key in the keystore. */
    public static final String NODE = "node";

    private static final int LONGEST_PASSWORD_FILE = 4_096;

    /** Opens the keystore; refuses with what is wrong. */
    public static NodeKeys open(Path keyFile, Path passwordFile) {
        char[] password = password(passwordFile);
        try {
            KeyRing ring = Keystore.open(keyFile, password);
            return new NodeKeys(key(ring, OPERATOR, keyFile), key(ring, NODE, keyFile));
        } catch (IOException refused) {
            throw new StartRefused(String.valueOf(refused.getMessage()));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** The first line of a password file. */
    public static char[] password(Path file) {
        // A pipe is fine: it keeps the password off the disk. So its length shows in the reading.
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LONGEST_PASSWORD_FILE + 1);
            if (content.length > LONGEST_PASSWORD_FILE) {
                throw new StartRefused("password file " + file + " is longer than 4096 bytes");
            }
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return text.toString().lines().findFirst().orElse("").toCharArray();
        } catch (IOException unreadable) {
            throw new StartRefused(
                    "password file %s cannot be read (%s): make it with `wormhole key create`"
                            .formatted(file, unreadable));
        }
    }

    private static KeyPair key(KeyRing ring, String name, Path file) {
        return ring.get(name)
                .orElseThrow(
                        () ->
                                new StartRefused(
                                        "keystore %s has no key %s, it has %s"
                                                .formatted(file, name, ring.names())));
    }
}

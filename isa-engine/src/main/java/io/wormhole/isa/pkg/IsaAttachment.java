package io.wormhole.isa.pkg;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.security.MessageDigest;

/**
 * A file of the package as the manifest names it. The hash is plain SHA-256, so that {@code
 * sha256sum} shows the same; the signed manifest gives it its meaning.
 */
public record IsaAttachment(String name, Hash sha256, int size) {
    /** Whether a file of a package may be called {@code name}. */
    public static boolean isName(String name) {
        return ManifestSchema.FILE.matcher(name).matches();
    }

    /** The entry for a file of this name and content. */
    public static IsaAttachment of(String name, Bytes content) {
        return new IsaAttachment(name, hashOf(content), content.size());
    }

    /** Plain SHA-256 of {@code content}. */
    static Hash hashOf(Bytes content) {
        MessageDigest digest = Hash.sha256();
        content.addTo(digest);
        return new Hash(Bytes.of(digest.digest()));
    }
}

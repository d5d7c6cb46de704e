package io.wormhole.isa.pkg;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A valid ISA package: manifest, files and the author's signature. Its id is the tagged hash of the
 * manifest's bytes, which name every file by hash, so that one id stands for one content. Made by
 * {@link #build} or {@link IsaPackageCodec#decode}.
 */
public final class IsaPackage implements Canonical {
    /** The largest package, in bytes. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    /** How many bytes mark a package, at its beginning. */
    public static final int MARK_BYTES = 5;

    static final Bytes MAGIC = Bytes.of((byte) 'W', (byte) 'I', (byte) 'S', (byte) 'A', (byte) 1);

    private final IsaManifest manifest;
    private final Bytes manifestBytes;
    private final SortedMap<String, Bytes> attachments;
    private final Signature signature;

    IsaPackage(
            IsaManifest manifest,
            Bytes manifestBytes,
            Map<String, Bytes> attachments,
            Signature signature) {
        this.manifest = manifest;
        this.manifestBytes = manifestBytes;
        this.attachments = Collections.unmodifiableSortedMap(new TreeMap<>(attachments));
        this.signature = signature;
    }

    /**
     * Makes and signs a package. Author and attachments of {@code draft} are replaced by those
     * given here.
     *
     * @throws IsaFaultsException with every fault, when the result would not be valid
     */
    public static IsaPackage build(
            IsaManifest draft, Map<String, Bytes> attachments, KeyPair author, NetworkId network) {
        List<IsaAttachment> files = new ArrayList<>();
        new TreeMap<>(attachments)
                .forEach((name, content) -> files.add(IsaAttachment.of(name, content)));
        IsaManifest manifest = draft.signedBy(author.publicKey(), files);
        Bytes manifestBytes = ManifestJson.bytes(manifest.toJson());
        Signature signature = author.sign(DomainTag.ISA, network, idOf(manifestBytes).bytes());
        IsaPackage built = new IsaPackage(manifest, manifestBytes, attachments, signature);
        List<String> faults = IsaPackageCodec.faultsOf(built, network);
        if (!faults.isEmpty()) {
            throw new IsaFaultsException(faults);
        }
        return built;
    }

    /** Whether a file that begins with {@code bytes} may be a package. */
    public static boolean isMarked(byte[] bytes) {
        return Bytes.of(bytes).equals(MAGIC);
    }

    static Hash idOf(Bytes manifestBytes) {
        return Hash.of(DomainTag.ISA, manifestBytes);
    }

    /** Names the content of this package. */
    public Hash id() {
        return idOf(manifestBytes);
    }

    /** What the package says about itself. */
    public IsaManifest manifest() {
        return manifest;
    }

    /** The file names, ascending. */
    public List<String> attachmentNames() {
        return List.copyOf(attachments.keySet());
    }

    /** The content of the file called {@code name}. */
    public Optional<Bytes> attachment(String name) {
        return Optional.ofNullable(attachments.get(name));
    }

    /** The content of the file for {@code role}, e.g. {@link IsaManifest#PROGRAM}. */
    public Optional<Bytes> entryPoint(String role) {
        return manifest.entryPoint(role).flatMap(this::attachment);
    }

    /** The author's signature over the id. */
    public Signature signature() {
        return signature;
    }

    Bytes manifestBytes() {
        return manifestBytes;
    }

    SortedMap<String, Bytes> attachments() {
        return attachments;
    }

    // Of exactly the right size at once: a large package fits into memory once less.
    @Override
    public Bytes encoded() {
        long size = MAGIC.size() + 2L * Integer.BYTES + manifestBytes.size() + Signature.SIZE;
        for (Map.Entry<String, Bytes> file : attachments.entrySet()) {
            size += 2L * Integer.BYTES + file.getKey().length() + file.getValue().size();
        }
        return new CanonicalWriter(Math.toIntExact(size)).write(this).toBytes();
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeFixed(MAGIC).writeBytes(manifestBytes).writeInt(attachments.size());
        attachments.forEach((name, content) -> out.writeText(name).writeBytes(content));
        out.write(signature);
    }
}

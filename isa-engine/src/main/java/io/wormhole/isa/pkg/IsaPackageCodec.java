package io.wormhole.isa.pkg;

import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.vm.Vm;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The one-file form of a package: magic, manifest, files by ascending name, signature, all in the
 * canonical encoding. Nothing is compressed, so nothing can swell.
 */
public final class IsaPackageCodec {
    private IsaPackageCodec() {}

    /** What bytes turned out to be. */
    public sealed interface Decoded {
        /** A package without fault. */
        record Valid(IsaPackage isaPackage) implements Decoded {}

        /** The faults found, one line each. */
        record Faulty(List<String> faults) implements Decoded {
            /** Copies the faults, of very many the first ones. */
            public Faulty {
                faults = IsaFaultsException.named(faults);
            }
        }
    }

    private record Parts(Bytes manifest, Map<String, Bytes> files, Signature signature) {}

    /** Reads a package and checks it whole for {@code network}; never throws. */
    public static Decoded decode(Bytes encoded, NetworkId network) {
        if (encoded.size() > IsaPackage.MAX_BYTES) {
            return faulty(
                    "package of " + encoded.size() + " bytes, allowed " + IsaPackage.MAX_BYTES);
        }
        Parts parts;
        try {
            parts = CanonicalReader.decode(encoded, IsaPackageCodec::readParts);
        } catch (MalformedBytesException malformed) {
            return faulty(String.valueOf(malformed.getMessage()));
        }
        List<String> faults = new ArrayList<>();
        Optional<IsaManifest> manifest =
                text(parts.manifest(), faults).flatMap(json -> ManifestJson.read(json, faults));
        if (manifest.isEmpty()) {
            return new Decoded.Faulty(faults);
        }
        IsaPackage read =
                new IsaPackage(manifest.get(), parts.manifest(), parts.files(), parts.signature());
        faults.addAll(faultsOf(read, network));
        return faults.isEmpty() ? new Decoded.Valid(read) : new Decoded.Faulty(faults);
    }

    private static Parts readParts(CanonicalReader in) {
        if (!in.readFixed(IsaPackage.MAGIC.size()).equals(IsaPackage.MAGIC)) {
            throw in.fault("not an ISA package of version 1");
        }
        Bytes manifest = in.readBytes(ManifestSchema.MAX_JSON_CHARS);
        int count = in.readInt();
        if (count < 0 || count > ManifestSchema.MAX_ATTACHMENTS) {
            throw in.fault(
                    "attachments: "
                            + Integer.toUnsignedString(count)
                            + ", allowed "
                            + ManifestSchema.MAX_ATTACHMENTS);
        }
        Map<String, Bytes> files = new TreeMap<>();
        String last = "";
        for (int i = 0; i < count; i++) {
            String name = in.readText(100);
            if (name.compareTo(last) <= 0 || !ManifestSchema.FILE.matcher(name).matches()) {
                throw in.fault("file names must ascend and match " + ManifestSchema.FILE);
            }
            files.put(name, in.readBytes(IsaPackage.MAX_BYTES));
            last = name;
        }
        return new Parts(manifest, files, Signature.readFrom(in));
    }

    private static Optional<String> text(Bytes utf8, List<String> faults) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(utf8.toArray()))
                            .toString());
        } catch (CharacterCodingException invalid) {
            faults.add("manifest is not UTF-8");
            return Optional.empty();
        }
    }

    /** Checks that go beyond the manifest's own form. */
    static List<String> faultsOf(IsaPackage isa, NetworkId network) {
        List<String> faults = new ArrayList<>();
        ManifestJson.read(isa.manifest().toJson(), faults);
        long size = isa.attachments().values().stream().mapToLong(Bytes::size).sum();
        if (size > IsaPackage.MAX_BYTES - ManifestSchema.MAX_JSON_CHARS) {
            faults.add("files of " + size + " bytes together, allowed about 64 MiB");
        }
        checkFiles(isa, faults);
        checkEntryPoints(isa, faults);
        boolean signed =
                isa.manifest()
                        .author()
                        .verifies(isa.signature(), DomainTag.ISA, network, isa.id().bytes());
        if (!signed) {
            faults.add(
                    "the signature is not that of author "
                            + isa.manifest().author()
                            + " on this network");
        }
        return faults;
    }

    private static void checkFiles(IsaPackage isa, List<String> faults) {
        Map<String, IsaAttachment> listed = isa.manifest().attachmentsByName();
        isa.attachments()
                .forEach(
                        (name, content) -> {
                            IsaAttachment entry = listed.remove(name);
                            if (entry == null) {
                                faults.add(name + ": in the package, not in the manifest");
                            } else if (!entry.equals(IsaAttachment.of(name, content))) {
                                faults.add(
                                        "%s: %d bytes with SHA-256 %s, the manifest says %d and %s"
                                                .formatted(
                                                        name,
                                                        content.size(),
                                                        IsaAttachment.hashOf(content),
                                                        entry.size(),
                                                        entry.sha256()));
                            }
                        });
        listed.keySet().forEach(name -> faults.add(name + ": in the manifest, not in the package"));
    }

    private static void checkEntryPoints(IsaPackage isa, List<String> faults) {
        if (isa.manifest().entryPoint(IsaManifest.PROGRAM).isEmpty()) {
            faults.add("manifest.entryPoints.program: missing");
        }
        isa.manifest()
                .entryPoints()
                .forEach(
                        (role, file) -> {
                            if (isa.attachment(file).isEmpty()) {
                                faults.add(
                                        "manifest.entryPoints."
                                                + role
                                                + ": no attachment is called "
                                                + file);
                            }
                        });
        checkModule(isa, IsaManifest.CONTRACT, ContractCode::load, faults);
        checkModule(isa, IsaManifest.FORMULA, code -> Vm.load(CodeModule.decode(code)), faults);
    }

    private static void checkModule(
            IsaPackage isa, String role, Consumer<Bytes> load, List<String> faults) {
        isa.entryPoint(role)
                .ifPresent(
                        code -> {
                            try {
                                load.accept(code);
                            } catch (IllegalArgumentException bad) {
                                faults.add(role + ": " + bad.getMessage());
                            }
                        });
    }

    private static Decoded faulty(String fault) {
        return new Decoded.Faulty(List.of(fault));
    }
}

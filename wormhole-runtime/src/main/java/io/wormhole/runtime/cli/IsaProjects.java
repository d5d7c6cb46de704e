package io.wormhole.runtime.cli;

import io.wormhole.isa.pkg.IsaFaultsException;
import io.wormhole.isa.pkg.IsaManifest;
import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.isa.pkg.IsaPackageCodec;
import io.wormhole.isa.project.IsaProject;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Folders of ISAs, and folders of packages that they may build on. */
final class IsaProjects {
    private IsaProjects() {}

    /** Reads the folder; its faults become one refusal, a line each. */
    static IsaProject read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, folder + " is not a folder");
        }
        try {
            return IsaProject.read(folder);
        } catch (IsaFaultsException faulty) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.join("\n", faulty.faults()));
        }
    }

    /** Builds and signs the package of a folder; the same folder gives the same bytes. */
    static IsaPackage build(Path folder, Path library, KeyPair key, NetworkId network)
            throws IOException {
        IsaProject project = read(folder);
        try {
            IsaPackage isa = project.build(key, network);
            List<String> missing = missing(isa.manifest(), library, network);
            if (!missing.isEmpty()) {
                throw new CommandFailed(CommandFailed.BAD_INPUT, String.join("\n", missing));
            }
            return isa;
        } catch (IsaFaultsException faulty) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.join("\n", faulty.faults()));
        }
    }

    /** The faults of packages that {@code manifest} needs and {@code library} does not have. */
    static List<String> missing(IsaManifest manifest, Path library, NetworkId network)
            throws IOException {
        if (manifest.dependencies().isEmpty()) {
            return List.of();
        }
        Set<Hash> known = new TreeSet<>();
        try (Stream<Path> files = Files.list(library)) {
            for (Path file : files.sorted().toList()) {
                if (Files.isRegularFile(file) && Files.size(file) <= IsaPackage.MAX_BYTES) {
                    Bytes content = Bytes.of(Files.readAllBytes(file));
                    if (IsaPackageCodec.decode(content, network)
                            instanceof IsaPackageCodec.Decoded.Valid valid) {
                        known.add(valid.isaPackage().id());
                    }
                }
            }
        }
        List<String> faults = new ArrayList<>();
        manifest.dependencies()
                .forEach(
                        (name, id) -> {
                            if (!known.contains(id)) {
                                faults.add(
                                        "dependencies.%s: no package %s in %s"
                                                .formatted(name, id.toHex(), library));
                            }
                        });
        return faults;
    }
}

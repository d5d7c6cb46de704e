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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    /** What {@code manifest} builds on, at any remove, and {@code library} does not have. */
    static List<String> missing(IsaManifest manifest, Path library, NetworkId network)
            throws IOException {
        List<String> faults = new ArrayList<>();
        if (manifest.dependencies().isEmpty()) {
            return faults;
        }
        Map<Hash, IsaManifest> known = packages(library, network);
        Set<Hash> asked = new TreeSet<>();
        Deque<IsaManifest> open = new ArrayDeque<>(List.of(manifest));
        while (!open.isEmpty()) {
            IsaManifest dependent = open.remove();
            dependent
                    .dependencies()
                    .forEach(
                            (name, id) -> {
                                if (asked.add(id) && known.containsKey(id)) {
                                    open.add(known.get(id));
                                } else if (!known.containsKey(id)) {
                                    faults.add(
                                            "%sdependencies.%s: no package %s in %s"
                                                    .formatted(
                                                            dependent.equals(manifest)
                                                                    ? ""
                                                                    : dependent.name() + ": ",
                                                            name,
                                                            id.toHex(),
                                                            library));
                                }
                            });
        }
        return faults;
    }

    private static Map<Hash, IsaManifest> packages(Path library, NetworkId network)
            throws IOException {
        if (!Files.isDirectory(library)) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, library + " is not a folder");
        }
        Map<Hash, IsaManifest> known = new TreeMap<>();
        try (Stream<Path> files = Files.list(library)) {
            for (Path file : files.filter(IsaProjects::mayBePackage).toList()) {
                Bytes content = Bytes.of(Files.readAllBytes(file));
                if (IsaPackageCodec.decode(content, network)
                        instanceof IsaPackageCodec.Decoded.Valid valid) {
                    known.put(valid.isaPackage().id(), valid.isaPackage().manifest());
                }
            }
        }
        return known;
    }

    // Other files of the folder, however large or private, are nobody's concern here.
    private static boolean mayBePackage(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return IsaPackage.isMarked(in.readNBytes(IsaPackage.MARK_BYTES))
                    && Files.size(file) <= IsaPackage.MAX_BYTES;
        } catch (IOException gone) {
            return false;
        }
    }
}

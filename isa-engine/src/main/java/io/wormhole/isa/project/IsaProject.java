package io.wormhole.isa.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.isa.bytecode.CodeFault;
import io.wormhole.isa.bytecode.ModuleInterface;
import io.wormhole.isa.bytecode.Verification;
import io.wormhole.isa.bytecode.Verifier;
import io.wormhole.isa.pkg.IsaFaultsException;
import io.wormhole.isa.pkg.IsaInput;
import io.wormhole.isa.pkg.IsaManifest;
import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.isa.pkg.StrictJson;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder that an ISA is built from: {@code isa.json}, which is the manifest without author and
 * attachments; sources; other files; and {@code examples.json}. Entry points may name sources: the
 * package carries them and the modules they compile to.
 */
public final class IsaProject {
    /** The draft of the manifest. */
    public static final String MANIFEST = "isa.json";

    /** The table of examples. */
    public static final String EXAMPLES = "examples.json";

    private final ObjectNode draft;
    private final SortedMap<String, Bytes> files;
    private final SortedMap<String, Sources.Compiled> modules;

    private IsaProject(
            ObjectNode draft,
            SortedMap<String, Bytes> files,
            SortedMap<String, Sources.Compiled> modules) {
        this.draft = draft;
        this.files = files;
        this.modules = modules;
    }

    /**
     * Reads and compiles the folder.
     *
     * @throws IsaFaultsException with every fault found
     */
    public static IsaProject read(Path folder) throws IOException {
        SortedMap<String, Bytes> files = ProjectFiles.read(folder);
        List<String> faults = new ArrayList<>();
        JsonNode draft = json(files, MANIFEST, StrictJson.MANIFEST, faults);
        if (!(draft instanceof ObjectNode manifest)) {
            throw new IsaFaultsException(faults);
        }
        files.remove(MANIFEST);
        for (String given : List.of("author", "attachments")) {
            if (manifest.has(given)) {
                faults.add(MANIFEST + ": " + given + ": leave it out, the build puts it there");
            }
        }
        SortedMap<String, Sources.Compiled> modules = new TreeMap<>();
        if (manifest.get("entryPoints") instanceof ObjectNode entryPoints) {
            compile(entryPoints, files, modules, faults);
        }
        if (!faults.isEmpty()) {
            throw new IsaFaultsException(faults);
        }
        return new IsaProject(manifest, files, modules);
    }

    private static JsonNode json(
            SortedMap<String, Bytes> files, String name, StrictJson strict, List<String> faults) {
        Bytes content = files.get(name);
        if (content == null) {
            faults.add(name + ": missing");
            return MissingNode.getInstance();
        }
        try {
            JsonNode read = strict.read(Sources.text(content));
            if (!read.isObject()) {
                faults.add(name + ": an object expected");
            }
            return read;
        } catch (IllegalArgumentException malformed) {
            faults.add(name + ": " + malformed.getMessage());
            return MissingNode.getInstance();
        }
    }

    private static void compile(
            ObjectNode entryPoints,
            SortedMap<String, Bytes> files,
            SortedMap<String, Sources.Compiled> modules,
            List<String> faults) {
        for (String role : roles(entryPoints)) {
            String file = entryPoints.get(role).asText();
            Bytes content = files.get(file);
            boolean module = Sources.isSource(file) || file.endsWith("." + Sources.MODULE);
            if (content == null || !module) {
                continue;
            }
            try {
                Sources.Compiled compiled = Sources.compile(file, content);
                modules.put(role, compiled);
                if (Verifier.verify(compiled.module()) instanceof Verification.Refused refused) {
                    for (CodeFault fault : refused.faults()) {
                        faults.add(file + ": " + fault);
                    }
                }
                String target = file.substring(0, file.lastIndexOf('.') + 1) + Sources.MODULE;
                Bytes code = compiled.module().encoded();
                Bytes there = files.putIfAbsent(target, code);
                if (there != null && !there.equals(code)) {
                    faults.add(
                            "%s: compiles to %s, which is another module: rename one of them"
                                    .formatted(file, target));
                }
                entryPoints.put(role, target);
            } catch (IllegalArgumentException refused) {
                faults.add(String.valueOf(refused.getMessage()));
            }
        }
    }

    private static List<String> roles(ObjectNode entryPoints) {
        List<String> roles = new ArrayList<>();
        entryPoints.fieldNames().forEachRemaining(roles::add);
        return roles;
    }

    /** The modules by role, with the places of their instructions. */
    public SortedMap<String, Sources.Compiled> modules() {
        return Collections.unmodifiableSortedMap(modules);
    }

    /** The module for {@code role}, or for none given that of the formula, else the contract. */
    public Sources.Compiled module(Optional<String> role) {
        String wanted =
                role.orElse(
                        modules.containsKey(IsaManifest.FORMULA)
                                ? IsaManifest.FORMULA
                                : IsaManifest.CONTRACT);
        Sources.Compiled module = modules.get(wanted);
        if (module == null) {
            throw new IllegalArgumentException(
                    "no module has the role '" + wanted + "', found are " + modules.keySet());
        }
        return module;
    }

    /** The arguments that functions of the module for {@code role} take. */
    public Arguments arguments(Sources.Compiled module) {
        return new Arguments(ModuleInterface.of(module.module()), inputs());
    }

    private List<IsaInput> inputs() {
        return manifest(KeyPair.ofSeed(Bytes.of(new byte[32])).publicKey()).inputs();
    }

    /** The manifest for {@code author}, attachments not yet named. */
    public IsaManifest manifest(PublicKey author) {
        ObjectNode whole = draft.deepCopy();
        whole.put("author", author.bytes().toHex());
        whole.putArray("attachments");
        try {
            return IsaManifest.of(whole);
        } catch (IsaFaultsException faulty) {
            throw new IsaFaultsException(
                    faulty.faults().stream().map(fault -> MANIFEST + ": " + fault).toList());
        }
    }

    /**
     * Builds and signs the package; the same folder and key give the same bytes.
     *
     * @throws IsaFaultsException with every fault, when it would not be valid
     */
    public IsaPackage build(KeyPair author, NetworkId network) {
        return IsaPackage.build(manifest(author.publicKey()), files, author, network);
    }

    /** The table of examples; empty when there is none. */
    public List<Example> examples() {
        if (!files.containsKey(EXAMPLES)) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        JsonNode table = json(files, EXAMPLES, StrictJson.VALUES, faults);
        if (!faults.isEmpty()) {
            throw new IsaFaultsException(faults);
        }
        return ExampleTable.read(table);
    }

    /** The files of the package by name, compiled modules included. */
    public Map<String, Bytes> files() {
        return Collections.unmodifiableMap(files);
    }
}

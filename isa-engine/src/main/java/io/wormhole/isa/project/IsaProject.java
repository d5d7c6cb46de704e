package io.wormhole.isa.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.isa.bytecode.CodeFault;
import io.wormhole.isa.bytecode.ModuleInterface;
import io.wormhole.isa.bytecode.Verification;
import io.wormhole.isa.bytecode.Verifier;
import io.wormhole.isa.pkg.IsaFaultsException;
import io.wormhole.isa.pkg.IsaInput;
import io.wormhole.isa.pkg.IsaManifest;
import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.isa.pkg.JsonFault;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

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

    private static final int MAX_FILES = 64;
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

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
        SortedMap<String, Bytes> files = files(folder);
        List<String> faults = new ArrayList<>();
        JsonNode draft = json(files, MANIFEST, faults);
        if (!(draft instanceof ObjectNode manifest)) {
            throw new IsaFaultsException(faults);
        }
        files.remove(MANIFEST);
        SortedMap<String, Sources.Compiled> modules = new TreeMap<>();
        if (manifest.get("entryPoints") instanceof ObjectNode entryPoints) {
            compile(entryPoints, files, modules, faults);
        }
        if (!faults.isEmpty()) {
            throw new IsaFaultsException(faults);
        }
        return new IsaProject(manifest, files, modules);
    }

    private static SortedMap<String, Bytes> files(Path folder) throws IOException {
        List<Path> found;
        try (Stream<Path> entries = Files.list(folder)) {
            found =
                    entries.filter(Files::isRegularFile)
                            .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                            .limit(MAX_FILES + 1L)
                            .sorted()
                            .toList();
        }
        if (found.size() > MAX_FILES) {
            throw new IsaFaultsException(List.of(folder + ": more than " + MAX_FILES + " files"));
        }
        SortedMap<String, Bytes> files = new TreeMap<>();
        long size = 0;
        for (Path file : found) {
            if (Files.isSymbolicLink(file)) {
                throw new IsaFaultsException(
                        List.of(file.getFileName() + ": a link, put the file itself there"));
            }
            size += Files.size(file);
            if (size > IsaPackage.MAX_BYTES) {
                throw new IsaFaultsException(
                        List.of(folder + ": more than " + IsaPackage.MAX_BYTES + " bytes"));
            }
            files.put(String.valueOf(file.getFileName()), Bytes.of(Files.readAllBytes(file)));
        }
        return files;
    }

    private static JsonNode json(SortedMap<String, Bytes> files, String name, List<String> faults) {
        Bytes content = files.get(name);
        if (content == null) {
            faults.add(name + ": missing");
            return MAPPER.missingNode();
        }
        try {
            JsonNode read = MAPPER.readTree(Sources.text(content));
            if (!read.isObject()) {
                faults.add(name + ": an object expected");
            }
            return read;
        } catch (JsonProcessingException malformed) {
            faults.add(name + ": " + JsonFault.of(malformed));
        } catch (IllegalArgumentException binary) {
            faults.add(name + ": " + binary.getMessage());
        }
        return MAPPER.missingNode();
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
                files.put(target, compiled.module().encoded());
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
            return IsaManifest.parse(MAPPER.writeValueAsString(whole));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree always prints", impossible);
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
        JsonNode table = json(files, EXAMPLES, faults);
        if (!faults.isEmpty()) {
            throw new IsaFaultsException(faults);
        }
        return Example.table(table);
    }

    /** The files of the package by name, compiled modules included. */
    public Map<String, Bytes> files() {
        return Collections.unmodifiableMap(files);
    }
}

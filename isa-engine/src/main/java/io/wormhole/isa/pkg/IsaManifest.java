package io.wormhole.isa.pkg;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an ISA says about itself.
 *
 * @param name {@code [a-z][a-z0-9-]*}, at most 64 characters
 * @param version three numbers, e.g. {@code 1.0.0}
 * @param author whose signature the package bears
 * @param licence under which it may be used, e.g. {@code CC-BY-4.0}
 * @param description for people
 * @param inputs what the customer may choose
 * @param process what the line must do, e.g. {@code fdm-printing}
 * @param needs the ranges that the line must cover, by capability
 * @param price what each unit costs
 * @param constraints what the work must keep to
 * @param entryPoints attachments by role: {@code program}, {@code contract}, {@code formula}, …
 * @param attachments every file of the package, by ascending name
 * @param dependencies ids of other packages that this one builds on, by a name of its own
 */
public record IsaManifest(
        String name,
        String version,
        PublicKey author,
        String licence,
        String description,
        List<IsaInput> inputs,
        String process,
        SortedMap<String, MeasureRange> needs,
        IsaPrice price,
        IsaConstraints constraints,
        SortedMap<String, String> entryPoints,
        List<IsaAttachment> attachments,
        SortedMap<String, Hash> dependencies) {
    /** The longest manifest, in characters. */
    public static final int MAX_CHARACTERS = ManifestSchema.MAX_JSON_CHARS;

    /** The role of the control program, e.g. the G-code file. */
    public static final String PROGRAM = "program";

    /** The role of the module with the process formula, whose arguments are the inputs. */
    public static final String FORMULA = "formula";

    /** The role of the contract module. */
    public static final String CONTRACT = "contract";

    /** Copies the collections; {@link ManifestJson} checks the content. */
    public IsaManifest {
        inputs = List.copyOf(inputs);
        needs = Collections.unmodifiableSortedMap(new TreeMap<>(needs));
        entryPoints = Collections.unmodifiableSortedMap(new TreeMap<>(entryPoints));
        attachments = List.copyOf(attachments);
        dependencies = Collections.unmodifiableSortedMap(new TreeMap<>(dependencies));
    }

    /** A manifest of a package that builds on no other. */
    public IsaManifest(
            String name,
            String version,
            PublicKey author,
            String licence,
            String description,
            List<IsaInput> inputs,
            String process,
            SortedMap<String, MeasureRange> needs,
            IsaPrice price,
            IsaConstraints constraints,
            SortedMap<String, String> entryPoints,
            List<IsaAttachment> attachments) {
        this(
                name,
                version,
                author,
                licence,
                description,
                inputs,
                process,
                needs,
                price,
                constraints,
                entryPoints,
                attachments,
                new TreeMap<>());
    }

    /**
     * Reads a manifest.
     *
     * @throws IsaFaultsException with every fault, when there is any
     */
    public static IsaManifest parse(String json) {
        List<String> faults = new ArrayList<>();
        return withoutFault(ManifestJson.read(json, faults), faults);
    }

    /**
     * The manifest that {@code json} stands for.
     *
     * @throws IsaFaultsException with every fault, when there is any
     */
    public static IsaManifest of(JsonNode json) {
        List<String> faults = new ArrayList<>();
        return withoutFault(ManifestJson.read(json, faults), faults);
    }

    private static IsaManifest withoutFault(Optional<IsaManifest> read, List<String> faults) {
        if (read.isEmpty() || !faults.isEmpty()) {
            throw new IsaFaultsException(faults);
        }
        return read.get();
    }

    /** The JSON that {@link #parse} reads back. */
    public String toJson() {
        return ManifestJson.write(this);
    }

    /** The attachment for {@code role}, by name. */
    public Optional<String> entryPoint(String role) {
        return Optional.ofNullable(entryPoints.get(role));
    }

    IsaManifest signedBy(PublicKey key, List<IsaAttachment> files) {
        return new IsaManifest(
                name,
                version,
                key,
                licence,
                description,
                inputs,
                process,
                needs,
                price,
                constraints,
                entryPoints,
                files,
                dependencies);
    }

    Map<String, IsaAttachment> attachmentsByName() {
        Map<String, IsaAttachment> byName = new TreeMap<>();
        attachments.forEach(attachment -> byName.put(attachment.name(), attachment));
        return byName;
    }
}

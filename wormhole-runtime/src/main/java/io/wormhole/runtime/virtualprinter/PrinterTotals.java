package io.wormhole.runtime.virtualprinter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.gcode.Box;
import io.wormhole.runtime.gcode.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the printer has done in its life, kept in a file that outlives the process (the printer's
 * EEPROM).
 */
final class PrinterTotals {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_PARTS = 10_000;
    private static final long MAX_FILE_BYTES = 16L << 20;

    private final Optional<Path> file;
    private final List<PrintedPart> parts = new ArrayList<>();
    private long boots;
    private long started;
    private long finished;
    private long extrudedNm;
    private long lines;
    private long resends;
    private long connections;

    private PrinterTotals(Optional<Path> file) {
        this.file = file;
    }

    /**
     * Loads the totals, or starts from nothing when there is no file yet.
     *
     * @throws IOException when the file is there but cannot be read as totals
     */
    static PrinterTotals load(Optional<Path> file) throws IOException {
        PrinterTotals totals = new PrinterTotals(file);
        if (file.isPresent() && Files.exists(file.get())) {
            if (Files.size(file.get()) > MAX_FILE_BYTES) {
                throw new IOException(file.get() + " is larger than " + MAX_FILE_BYTES + " bytes");
            }
            totals.read(JSON.readTree(Files.readAllBytes(file.get())));
        }
        return totals;
    }

    void booted() {
        boots++;
        save();
    }

    void lineReceived() {
        lines++;
    }

    void resendAsked() {
        resends++;
    }

    void connected() {
        connections++;
    }

    void partStarted() {
        started++;
        save();
    }

    void partFinished(PrintedPart part) {
        finished++;
        if (parts.size() < MAX_PARTS) {
            parts.add(part);
        }
        save();
    }

    void extruded(long nm) {
        extrudedNm += nm;
    }

    long started() {
        return started;
    }

    long finished() {
        return finished;
    }

    long extrudedNm() {
        return extrudedNm;
    }

    /** Everything, in the order a reader expects. */
    ObjectNode toJson() {
        ObjectNode node = JSON.createObjectNode();
        node.put("boots", boots);
        node.put("partsStarted", started);
        node.put("partsCompleted", finished);
        node.put("extrudedNm", extrudedNm);
        node.put("linesReceived", lines);
        node.put("resendsAsked", resends);
        node.put("connections", connections);
        ArrayNode list = node.putArray("parts");
        parts.forEach(part -> list.add(toJson(part)));
        return node;
    }

    static ObjectNode toJson(PrintedPart part) {
        ObjectNode node = JSON.createObjectNode();
        node.put("label", part.label());
        node.put("extrudedNm", part.extrudedNm());
        node.put("layers", part.layers());
        node.put("commands", part.commands());
        part.bounds().ifPresent(box -> node.set("boundsNm", toJson(box)));
        return node;
    }

    private static ArrayNode toJson(Box box) {
        ArrayNode node = JSON.createArrayNode();
        node.add(box.min().x()).add(box.min().y()).add(box.min().z());
        return node.add(box.max().x()).add(box.max().y()).add(box.max().z());
    }

    private void read(JsonNode node) throws IOException {
        if (!node.isObject() || !node.path("parts").isArray()) {
            throw new IOException(file.orElseThrow() + " does not hold a printer's totals");
        }
        boots = node.path("boots").asLong();
        started = node.path("partsStarted").asLong();
        finished = node.path("partsCompleted").asLong();
        extrudedNm = node.path("extrudedNm").asLong();
        lines = node.path("linesReceived").asLong();
        resends = node.path("resendsAsked").asLong();
        connections = node.path("connections").asLong();
        for (JsonNode part : node.path("parts")) {
            parts.add(
                    new PrintedPart(
                            part.path("label").asText(),
                            part.path("extrudedNm").asLong(),
                            part.path("layers").asInt(),
                            box(part.path("boundsNm")),
                            part.path("commands").asLong()));
        }
    }

    private static Optional<Box> box(JsonNode n) {
        return n.size() != 6
                ? Optional.empty()
                : Optional.of(
                        new Box(
                                new Point(
                                        n.path(0).asLong(), n.path(1).asLong(), n.path(2).asLong()),
                                new Point(
                                        n.path(3).asLong(),
                                        n.path(4).asLong(),
                                        n.path(5).asLong())));
    }

    private void save() {
        if (file.isEmpty()) {
            return;
        }
        Path target = file.get();
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        try {
            Files.write(fresh, JSON.writeValueAsBytes(toJson()));
            Files.move(
                    fresh,
                    target,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep totals in " + target, e);
        }
    }
}

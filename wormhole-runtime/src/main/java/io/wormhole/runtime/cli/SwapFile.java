package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.keystore.PrivateFile;
import io.wormhole.runtime.client.SwapPlan;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The file in which a party keeps a swap; only its owner may read it. */
record SwapFile(Path path) {
    private static final long LARGEST = 1 << 16;

    /** What stands in it. */
    record Content(SwapPlan plan, Path giving, Path taking) {}

    void create(Content content) throws IOException {
        if (Files.exists(path)) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT,
                    path + " exists already: a swap has a file of its own");
        }
        write(content);
    }

    Content read() {
        JsonNode json = InputFile.json(path, LARGEST);
        try {
            SwapPlan plan =
                    CanonicalReader.decode(
                            Bytes.ofHex(json.path("plan").asText()), SwapPlan::readFrom);
            return new Content(
                    plan,
                    Path.of(json.path("giveData").asText()),
                    Path.of(json.path("takeData").asText()));
        } catch (IllegalArgumentException damaged) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT,
                    "%s is no file of a swap: %s".formatted(path, damaged.getMessage()));
        }
    }

    void replace(SwapPlan plan) throws IOException {
        Content before = read();
        write(new Content(plan, before.giving(), before.taking()));
    }

    private void write(Content content) throws IOException {
        ObjectNode json =
                Json.object()
                        .put("plan", content.plan().encoded().toHex())
                        .put("giveData", content.giving().toAbsolutePath().toString())
                        .put("takeData", content.taking().toAbsolutePath().toString());
        byte[] text = Json.pretty(json).getBytes(StandardCharsets.UTF_8);
        PrivateFile.replace(path, Bytes.of(text), new SecureRandom());
    }
}

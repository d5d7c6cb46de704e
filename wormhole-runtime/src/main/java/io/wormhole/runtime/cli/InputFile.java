package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the files that people name, within limits; what is wrong with one becomes a refusal. */
final class InputFile {
    private InputFile() {}

    /** The text of a file of at most {@code mostBytes}. */
    static String text(Path file, long mostBytes) {
        try {
            requireSmall(file, mostBytes);
            return Files.readString(file);
        } catch (CharacterCodingException binary) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, file + " is not text, allowed is UTF-8");
        } catch (IOException unreadable) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, "%s cannot be read: %s".formatted(file, unreadable));
        }
    }

    /** The JSON in a file of at most {@code mostBytes}. */
    static JsonNode json(Path file, long mostBytes) {
        try {
            return Json.parse(text(file, mostBytes));
        } catch (IllegalArgumentException malformed) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, "%s is %s".formatted(file, malformed.getMessage()));
        }
    }

    /** Refuses what is no file, or larger than {@code mostBytes}. */
    static void requireSmall(Path file, long mostBytes) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, file + " is not a readable file");
        }
        long size = Files.size(file);
        if (size > mostBytes) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT,
                    "%s has %d bytes, allowed are %d".formatted(file, size, mostBytes));
        }
    }
}

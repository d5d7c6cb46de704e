package io.wormhole.oracle.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A file that another program writes: a value, or JSON with a value at a path. */
public final class FileFeed implements Feed {
    private static final int MOST_BYTES = 1 << 20;

    private final String name;
    private final Path file;
    private final Optional<JsonValue> value;
    private final InstantSource clock;
    private final Executor disk;

    /** A feed that reads {@code file} anew each time, on {@code disk}. */
    public FileFeed(
            String name, Path file, Optional<String> jsonPath, InstantSource clock, Executor disk) {
        this.name = name;
        this.file = file;
        this.value = jsonPath.map(path -> new JsonValue(name, path));
        this.clock = clock;
        this.disk = disk;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletionStage<Reading> read() {
        return CompletableFuture.supplyAsync(
                () -> {
                    byte[] content = content();
                    String found =
                            value.map(json -> json.in(content))
                                    .orElseGet(
                                            () ->
                                                    new String(content, StandardCharsets.UTF_8)
                                                            .strip());
                    return new Reading(name, clock.instant(), found);
                },
                disk);
    }

    private byte[] content() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw FeedFault.lasting(name, file + " is larger than 1 MiB");
            }
            return content;
        } catch (NoSuchFileException missing) {
            throw FeedFault.passing(name, "there is no file " + file);
        } catch (IOException unreadable) {
            throw FeedFault.passing(name, file + " cannot be read: " + unreadable);
        }
    }
}

package io.wormhole.channel.backup;

import io.wormhole.cluster.data.AtomicFile;
import io.wormhole.protocol.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder, best on another disk or machine; one file for each name. */
public record BackupFolder(Path folder) implements BackupPlace {
    @Override
    public void put(String name, Bytes content) throws IOException {
        Files.createDirectories(folder);
        AtomicFile.write(folder.resolve(name), content.toArray());
    }

    @Override
    public Optional<Bytes> get(String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is larger than " + MOST_BYTES + " bytes");
        }
        return Optional.of(Bytes.of(Files.readAllBytes(file)));
    }

    @Override
    public void remove(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public String toString() {
        return "folder " + folder;
    }
}

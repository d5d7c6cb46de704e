package io.wormhole.channel.backup;

import io.wormhole.protocol.bytes.Bytes;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A place in memory that can be away. */
final class FailingPlace implements BackupPlace {
    final Map<String, Bytes> contents = new ConcurrentHashMap<>();
    volatile boolean away;

    @Override
    public void put(String name, Bytes content) throws IOException {
        requireThere();
        contents.put(name, content);
    }

    @Override
    public Optional<Bytes> get(String name) throws IOException {
        requireThere();
        return Optional.ofNullable(contents.get(name));
    }

    @Override
    public void remove(String name) throws IOException {
        requireThere();
        contents.remove(name);
    }

    private void requireThere() throws IOException {
        if (away) {
            throw new IOException("away");
        }
    }
}

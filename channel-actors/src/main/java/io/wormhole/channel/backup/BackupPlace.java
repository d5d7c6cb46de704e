package io.wormhole.channel.backup;

import io.wormhole.protocol.bytes.Bytes;
import java.io.IOException;
import java.util.Optional;

/** Where sealed copies are kept, each under a name; calls block. */
public interface BackupPlace {
    /** Largest content in bytes: the list of a million channels. */
    int MOST_BYTES = 64 << 20;

    /** Puts content in the place of whatever has this name; it is safe when this returns. */
    void put(String name, Bytes content) throws IOException;

    /** The content of this name. */
    Optional<Bytes> get(String name) throws IOException;

    /** Removes a name, if it is there. */
    void remove(String name) throws IOException;
}

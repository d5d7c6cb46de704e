package io.wormhole.runtime.node;

import io.wormhole.channel.backup.BackupPlace;
import java.io.IOException;

/** The copies of the channels cannot be read from where they should be. */
public final class CopiesUnreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CopiesUnreadable(BackupPlace place, IOException cause) {
        super("no copies read from %s: %s".formatted(place, cause), cause);
    }
}

package io.wormhole.runtime.line;

import io.wormhole.protocol.crypto.Hash;
import java.io.IOException;
import java.nio.file.Path;

/** The valid ISA packages that a line holds, by their ids, which other packages depend on. */
public interface PackageLibrary {
    /** Whether the package with the id {@code isa} is held, and all that it builds on. */
    boolean holds(Hash isa);

    /** Holds {@code file}, a valid package with the id {@code isa}, from now on. */
    void hold(Hash isa, Path file) throws IOException;
}

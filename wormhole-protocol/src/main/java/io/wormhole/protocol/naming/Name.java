package io.wormhole.protocol.naming;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A hierarchical name such as {@code /acme/line7}: 1 to 8 segments of a-z, 0-9 and inner hyphens.
 */
public record Name(String path) implements Canonical, Comparable<Name> {
    /** Longest name in characters. */
    public static final int MAXIMUM_LENGTH = 255;

    private static final Pattern FORM =
            Pattern.compile("(/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){1,8}");

    /** Refuses every other spelling. */
    public Name {
        if (path.length() > MAXIMUM_LENGTH || !FORM.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "not a name (1 to 8 segments like /acme/line7, of a-z, 0-9 and -): "
                            + path.substring(0, Math.min(path.length(), 80)));
        }
    }

    /** Reads the path as text. */
    public static Name readFrom(CanonicalReader in) {
        return new Name(in.readText(MAXIMUM_LENGTH));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeText(path);
    }

    /** The segments from the root down. */
    public List<String> segments() {
        return List.of(path.substring(1).split("/"));
    }

    /** The name above, whose owner decides about this one; none for a top-level name. */
    public Optional<Name> parent() {
        int cut = path.lastIndexOf('/');
        return cut == 0 ? Optional.empty() : Optional.of(new Name(path.substring(0, cut)));
    }

    @Override
    public int compareTo(Name other) {
        return path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return path;
    }
}

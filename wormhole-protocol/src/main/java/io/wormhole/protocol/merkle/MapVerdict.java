package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import java.util.Optional;

/**
 * What a {@link MapProof} says about a key. A proof that fails says nothing at all, which is a
 * verdict of its own and has no value, present or absent, to be read off by mistake.
 */
public sealed interface MapVerdict {
    /**
     * The proven value, or that there is none; throws {@link IllegalArgumentException} when nothing
     * was proven.
     */
    Optional<Bytes> proven();

    /** The map holds {@code value} at the key. */
    record Present(Bytes value) implements MapVerdict {
        @Override
        public Optional<Bytes> proven() {
            return Optional.of(value);
        }
    }

    /** The map holds nothing at the key. */
    record Absent() implements MapVerdict {
        @Override
        public Optional<Bytes> proven() {
            return Optional.empty();
        }
    }

    /** The proof does not belong to this root and key, because of {@code fault}. */
    record Unproven(String fault) implements MapVerdict {
        @Override
        public Optional<Bytes> proven() {
            throw new IllegalArgumentException("nothing is proven: " + fault);
        }
    }
}

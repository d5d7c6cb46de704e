package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.Position;
import java.util.List;

/** A source file: its functions and constants in the order in which they stand. */
public record SourceModule(List<Top> tops) {
    /** Copies the list. */
    public SourceModule {
        tops = List.copyOf(tops);
    }

    /** What stands at the top of a file. */
    public sealed interface Top {
        /** Its name. */
        String name();

        /** Where it stands. */
        Position at();
    }

    /** A function. */
    public record TopFunction(String name, List<Pattern> parameters, List<Step> body, Position at)
            implements Top {
        /** Copies the lists. */
        public TopFunction {
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
        }
    }

    /** A constant. */
    public record TopConstant(String name, Expression value, Position at) implements Top {}
}

package io.wormhole.isa.language.python;

import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.LIST;

import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Routine;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.ListParts;
import io.wormhole.isa.language.surface.Lowering;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.value.Value;
import java.util.List;

/** Parts of lists and bytes between two positions. */
final class PythonSlices {
    private static final Routine BETWEEN =
            Lowering.routine("slice", 3, ListParts.SLICE, new PythonNames(), -1_000);
    private static final Routine FROM =
            Lowering.routine("slice_from", 2, ListParts.FROM, new PythonNames(), -2_000);

    private PythonSlices() {}

    private static Variant ofList(List<Kind> takes, Emission... code) {
        return Variant.of(takes, LIST)
                .emitting(code)
                .flowing(0, Variant.ELEMENT, Variant.RESULT, Variant.ELEMENT);
    }

    /** {@code xs[a:b]} */
    static Overload between() {
        return Operators.SLICE_BYTES
                .with(ofList(List.of(LIST, INTEGER, INTEGER), Emission.call(BETWEEN)))
                .called("[:]")
                .advising("a text has no positions here, and a tuple no slices");
    }

    /** {@code xs[a:]}, for a position that is written there. */
    static Variant from(long position) {
        return ofList(List.of(LIST), Emission.push(Value.of(position)), Emission.call(FROM));
    }

    /** {@code xs[a:]} of a list. */
    static Overload from() {
        return Overload.of("[:]", ofList(List.of(LIST, INTEGER), Emission.call(FROM)))
                .advising("of bytes write b[i:len(b)]");
    }
}

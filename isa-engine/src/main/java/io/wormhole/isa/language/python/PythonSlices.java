package io.wormhole.isa.language.python;

import static io.wormhole.isa.language.core.Kind.BYTES;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.LIST;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Routine;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.ListParts;
import io.wormhole.isa.language.surface.Lowering;
import io.wormhole.isa.value.Value;
import java.util.List;

/** Parts of lists and bytes between two positions. */
final class PythonSlices {
    private static final Routine BETWEEN =
            Lowering.routine("slice", 3, ListParts.SLICE, new PythonNames(), -1_000);
    private static final Routine FROM =
            Lowering.routine("slice_from", 2, ListParts.FROM, new PythonNames(), -2_000);

    private static final Routine BETWEEN_OF_EITHER =
            Lowering.routine("part", 3, ListParts.SLICE_OF_EITHER, new PythonNames(), -3_000);
    private static final Routine FROM_OF_EITHER =
            Lowering.routine("part_from", 2, ListParts.FROM_EITHER, new PythonNames(), -4_000);

    private PythonSlices() {}

    private static Variant ofList(List<Kind> takes, Emission... code) {
        return Variant.of(takes, LIST)
                .emitting(code)
                .flowing(0, Variant.ELEMENT, Variant.RESULT, Variant.ELEMENT);
    }

    // Where nothing says whether it is a list or bytes, that is found out when it runs.
    private static Variant ofEither(List<Kind> takes, Emission... code) {
        return ofList(takes, code).anyAt(0).givingAny();
    }

    /** {@code xs[a:b]} */
    static Overload between() {
        List<Kind> takes = List.of(LIST, INTEGER, INTEGER);
        return Overload.of(
                        "[:]",
                        ofEither(takes, Emission.call(BETWEEN_OF_EITHER)),
                        ofList(takes, Emission.call(BETWEEN)),
                        Variant.of(List.of(BYTES, INTEGER, INTEGER), BYTES, Opcode.BSLICE))
                .advising("a text has no positions here, and a tuple no slices");
    }

    /** {@code xs[a:]}, for a position that is written there, above one. */
    static Overload from(long position, Variant ofBytes) {
        Emission push = Emission.push(Value.of(position));
        return Overload.of(
                "[" + position + ":]",
                ofEither(List.of(LIST), push, Emission.call(FROM_OF_EITHER)),
                ofList(List.of(LIST), push, Emission.call(FROM)),
                ofBytes);
    }

    /** {@code xs[a:]} of a list. */
    static Overload from() {
        return Overload.of("[:]", ofList(List.of(LIST, INTEGER), Emission.call(FROM)))
                .advising("of bytes write b[i:len(b)]");
    }
}

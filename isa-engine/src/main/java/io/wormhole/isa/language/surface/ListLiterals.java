package io.wormhole.isa.language.surface;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.value.ListValue;
import java.util.List;

/** Lists written element by element, with other lists put in between. */
public final class ListLiterals {
    private static final int MOST_AT_ONCE = 64;
    private static final Overload JOIN = Overload.of("...", CollectionOperators.JOIN_LISTS);

    /** The list itself, where it is one. */
    private static final Overload COPY =
            Overload.of(
                            "...",
                            Variant.of(
                                            List.of(Kind.LIST),
                                            Kind.LIST,
                                            Opcode.DUP,
                                            Opcode.EMPTY,
                                            Opcode.DROP)
                                    .flowing(0, Variant.WHOLE, Variant.RESULT, Variant.WHOLE))
                    .advising("only a list is put into a list; a text has no elements here");

    private ListLiterals() {}

    /** Runs of plain elements are made at once and joined to spread lists from the end. */
    public static Expression list(List<Expression> parts, List<Boolean> spread, Position at) {
        int end = parts.size();
        Expression all = null;
        while (end > 0) {
            int from = end - 1;
            boolean isSpread = spread.get(from);
            while (!isSpread && from > 0 && !spread.get(from - 1) && end - from < MOST_AT_ONCE) {
                from--;
            }
            Expression piece = isSpread ? parts.get(from) : of(parts.subList(from, end), at);
            boolean one = !isSpread && end - from == 1;
            if (all == null) {
                boolean alone = isSpread && parts.size() == 1;
                all = alone ? new Operator(COPY, List.of(piece), at) : piece;
            } else if (one) {
                all = new Operator(CollectionOperators.CONS, List.of(parts.get(from), all), at);
            } else {
                all = new Operator(JOIN, List.of(piece, all), at);
            }
            end = from;
        }
        return all == null ? new Literal(ListValue.EMPTY, Kind.LIST, false, at) : all;
    }

    private static Expression of(List<Expression> elements, Position at) {
        return new Operator(CollectionOperators.list(elements.size()), elements, at);
    }
}

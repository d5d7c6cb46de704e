package io.wormhole.isa.language.erlang;

import static io.wormhole.isa.language.core.Kind.BYTES;
import static io.wormhole.isa.language.core.Kind.TEXT;

import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.surface.BuiltIns;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.ListOrder;
import io.wormhole.isa.language.surface.ListParts;
import io.wormhole.isa.language.surface.ListWalks;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Step;
import io.wormhole.isa.language.surface.Texts;
import java.util.List;

/** Functions of the module lists that sort, search and cut. */
final class ErlangLists {
    private static final Overload BEFORE =
            ListOrder.before("lists:sort", BYTES, TEXT)
                    .advising(
                            "numbers of one type, binaries and atoms are sorted here; for others"
                                    + " write lists:keysort(N, L), or lists:sort(F, L)");

    private ErlangLists() {}

    static void addTo(BuiltIns all) {
        all.add("lists:sort/1", 1, (given, at) -> ListOrder.sorted(given.get(0), BEFORE, false, at))
                .add(
                        "lists:sort/2",
                        2,
                        (given, at) -> ListOrder.sortedWhere(given.get(1), given.get(0), at))
                .add("lists:keysort", 2, ErlangLists::keysort)
                .add("lists:keyfind", 3, ErlangLists::keyfind)
                .add(
                        "lists:max",
                        1,
                        (given, at) -> ListOrder.extreme(given.get(0), BEFORE, true, at))
                .add(
                        "lists:min",
                        1,
                        (given, at) -> ListOrder.extreme(given.get(0), BEFORE, false, at))
                .add(
                        "lists:zip",
                        2,
                        (given, at) -> ListParts.zippedWhole(given.get(0), given.get(1), at))
                .add(
                        "lists:flatmap",
                        2,
                        (given, at) ->
                                ListParts.flatMap(
                                        given.get(1), given.get(0), false, "give a list", at))
                .add("lists:last", Overload.of("last", ListParts.fromEnd(false, 1)))
                .add(
                        "lists:enumerate/1",
                        1,
                        (given, at) ->
                                ListWalks.enumerated(
                                        given.get(0), Texts.integer("1", false, at), at))
                .add(
                        "lists:enumerate/2",
                        2,
                        (given, at) -> ListWalks.enumerated(given.get(1), given.get(0), at))
                .add(
                        "lists:sublist/2",
                        2,
                        (given, at) -> ListParts.first(given.get(0), given.get(1), at))
                .add(
                        "lists:nthtail",
                        2,
                        (given, at) -> ListParts.behind(given.get(1), given.get(0), at));
    }

    /** A function of a tuple that gives its field {@code index}. */
    private static Expression field(int index, Position at) {
        Overload field = Overload.of("element " + (index + 1), CollectionOperators.field(index));
        Expression value = new Operator(field, List.of(new Expression.Name(" tuple", at)), at);
        return new Expression.Function(
                List.of(new Pattern.Named(" tuple", at)), List.of(new Step.Return(value, at)), at);
    }

    private static Expression keysort(List<Expression> given, Position at) {
        Expression key = field(ErlangNames.position(given.get(0)), at);
        return ListOrder.sortedBy(given.get(1), key, BEFORE.called("lists:keysort"), false, at);
    }

    /** The first tuple with such a field, or false. */
    private static Expression keyfind(List<Expression> given, Position at) {
        int index = ErlangNames.position(given.get(1));
        return ListWalks.findBy(
                given.get(2),
                given.get(0),
                CollectionOperators.field(index),
                ErlangOperators.binary("=:=", at),
                Texts.bool(false, at),
                at);
    }
}

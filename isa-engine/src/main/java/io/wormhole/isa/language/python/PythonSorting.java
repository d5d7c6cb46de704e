package io.wormhole.isa.language.python;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.PythonParser.ArgumentContext;
import io.wormhole.isa.language.grammar.PythonParser.BooleanContext;
import io.wormhole.isa.language.grammar.PythonParser.CallContext;
import io.wormhole.isa.language.grammar.PythonParser.MemberContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.ListOrder;
import java.util.List;
import java.util.Optional;

/** Calls of {@code sorted}: of lists, and of the keys and entries of a dict. */
final class PythonSorting {
    private final PythonExpressions expressions;

    PythonSorting(PythonExpressions expressions) {
        this.expressions = expressions;
    }

    /** What is sorted, by a key or by itself. */
    private record Order(Optional<Expression> key, boolean descending) {}

    Expression sorted(List<ArgumentContext> given, Position at) {
        if (given.isEmpty() || given.get(0).IDENT() != null) {
            throw new RefusedSource(at, "sorted of nothing", "write sorted(xs)");
        }
        Order order = order(given.subList(1, given.size()));
        Optional<Expression> ofMap = ofMap(given.get(0), order, at);
        if (ofMap.isPresent()) {
            return order.descending()
                    ? new Operator(CollectionOperators.REVERSE, List.of(ofMap.get()), at)
                    : ofMap.get();
        }
        Expression list = expressions.argument(given.get(0));
        return order.key()
                .map(
                        key ->
                                ListOrder.sortedBy(
                                        list, key, PythonOperators.BEFORE, order.descending(), at))
                .orElseGet(
                        () ->
                                ListOrder.sorted(
                                        list, PythonOperators.BEFORE, order.descending(), at));
    }

    private Order order(List<ArgumentContext> labelled) {
        boolean descending = false;
        Optional<Expression> key = Optional.empty();
        for (ArgumentContext argument : labelled) {
            String name = argument.IDENT() == null ? "" : argument.IDENT().getText();
            if (name.equals("key")) {
                key = Optional.of(expressions.expression(argument.expression()));
            } else if (name.equals("reverse")
                    && argument.expression() instanceof BooleanContext truth) {
                descending = truth.TRUE() != null;
            } else {
                throw new RefusedSource(
                        Reading.at(argument.start),
                        "sorted takes a list, a key and whether to reverse",
                        "write sorted(xs, key=f, reverse=True)");
            }
        }
        return new Order(key, descending);
    }

    /** Python has the entries in the order of their coming: by a key, equal ones would keep it. */
    private Optional<Expression> ofMap(ArgumentContext given, Order order, Position at) {
        if (!(given.expression() instanceof CallContext call)
                || !(call.expression() instanceof MemberContext member)
                || !call.arguments().argument().isEmpty()) {
            return Optional.empty();
        }
        String name = member.IDENT().getText();
        if (!name.equals("items") && !name.equals("keys")) {
            return Optional.empty();
        }
        if (order.key().isPresent()) {
            throw new RefusedSource(
                    at,
                    "Python keeps entries in the order of their coming, the machine by key",
                    "write sorted(sorted(m." + name + "()), key=f)");
        }
        Expression map = expressions.expression(member.expression());
        return Optional.of(PythonNames.sorted(map, name.equals("items"), at));
    }
}

package io.wormhole.isa.language.erlang;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.ErlangParser.AssociationContext;
import io.wormhole.isa.language.grammar.ErlangParser.EmptyListContext;
import io.wormhole.isa.language.grammar.ErlangParser.ExpressionContext;
import io.wormhole.isa.language.grammar.ErlangParser.GroupContext;
import io.wormhole.isa.language.grammar.ErlangParser.ListContext;
import io.wormhole.isa.language.grammar.ErlangParser.MapContext;
import io.wormhole.isa.language.grammar.ErlangParser.MatchContext;
import io.wormhole.isa.language.grammar.ErlangParser.SimpleContext;
import io.wormhole.isa.language.grammar.ErlangParser.TupleContext;
import io.wormhole.isa.language.grammar.ErlangParser.VariableContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Patterns of Erlang, which are written like expressions. */
final class ErlangPatterns {
    private final ErlangExpressions expressions;

    ErlangPatterns(ErlangExpressions expressions) {
        this.expressions = expressions;
    }

    Pattern pattern(ExpressionContext source) {
        Position at = Reading.at(source.start);
        if (source instanceof MatchContext both) {
            return new Pattern.Both(pattern(both.expression(0)), pattern(both.expression(1)), at);
        }
        if (!(source instanceof SimpleContext simple)) {
            return same(source, at);
        }
        if (simple.primary() instanceof VariableContext variable) {
            String name = variable.getText();
            return name.equals("_") ? new Pattern.Any(at) : new Pattern.Named(name, at);
        } else if (simple.primary() instanceof TupleContext tuple) {
            return new Pattern.TupleOf(all(tuple.arguments().expression()), at);
        } else if (simple.primary() instanceof EmptyListContext) {
            return new Pattern.ListOf(List.of(), Optional.empty(), at);
        } else if (simple.primary() instanceof ListContext list) {
            return list(list, at);
        } else if (simple.primary() instanceof MapContext map) {
            return map(map, at);
        } else if (simple.primary() instanceof GroupContext group) {
            return pattern(group.expression());
        }
        return same(source, at);
    }

    private List<Pattern> all(List<ExpressionContext> sources) {
        return sources.stream().map(this::pattern).toList();
    }

    private Pattern same(ExpressionContext source, Position at) {
        Expression value = expressions.expression(source);
        if (!(value instanceof Literal)) {
            throw new RefusedSource(
                    at, "this is no pattern", "match a variable, and compare it in a guard");
        }
        return new Pattern.Same(ErlangExpressions.exact(value), at);
    }

    private Pattern list(ListContext list, Position at) {
        if (!list.qualifier().isEmpty()) {
            throw new RefusedSource(at, "this is no pattern", "match a variable");
        }
        List<Pattern> parts = all(list.expression());
        boolean tail = list.children.stream().anyMatch(child -> child.getText().equals("|"));
        if (!tail) {
            return new Pattern.ListOf(parts, Optional.empty(), at);
        }
        int last = parts.size() - 1;
        return new Pattern.ListOf(parts.subList(0, last), Optional.of(parts.get(last)), at);
    }

    private Pattern map(MapContext map, Position at) {
        List<Pattern.Entry> entries = new ArrayList<>();
        for (AssociationContext entry : map.associations().association()) {
            if (!entry.op.getText().equals(":=")) {
                throw new RefusedSource(
                        Reading.at(entry.start), "a pattern of a map has ':='", "write Key := V");
            }
            Expression key = expressions.expression(entry.expression(0));
            entries.add(new Pattern.Entry(key, pattern(entry.expression(1))));
        }
        return new Pattern.MapOf(entries, at);
    }
}

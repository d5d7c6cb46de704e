package io.wormhole.isa.language.erlang;

import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.ErlangLexer;
import io.wormhole.isa.language.grammar.ErlangParser.AtomContext;
import io.wormhole.isa.language.grammar.ErlangParser.CallContext;
import io.wormhole.isa.language.grammar.ErlangParser.ConditionsContext;
import io.wormhole.isa.language.grammar.ErlangParser.ExpressionContext;
import io.wormhole.isa.language.grammar.ErlangParser.GuardContext;
import io.wormhole.isa.language.grammar.ErlangParser.RemoteCallContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Conditional;
import io.wormhole.isa.language.surface.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in a guard. In Erlang a guard that fails is no error: the clause is passed over.
 * So whatever may fail is refused here, and so is what Erlang itself refuses, calls of functions.
 */
final class ErlangGuards {
    private static final Set<String> ALLOWED =
            Set.of(
                    "abs",
                    "float",
                    "trunc",
                    "floor",
                    "ceil",
                    "length",
                    "byte_size",
                    "map_size",
                    "tuple_size",
                    "is_map_key",
                    "is_integer",
                    "is_float",
                    "is_boolean",
                    "is_tuple",
                    "is_list",
                    "is_map",
                    "is_binary",
                    "min",
                    "max",
                    "not");
    private static final Set<String> MAY_FAIL =
            Set.of("hd", "tl", "element", "map_get", "binary_part");

    private final ErlangExpressions expressions;

    ErlangGuards(ErlangExpressions expressions) {
        this.expressions = expressions;
    }

    /** The condition of a guard, if there is one. */
    Optional<Expression> guard(@Nullable GuardContext guard) {
        return guard == null ? Optional.empty() : Optional.of(anyOf(guard.conditions()));
    }

    /** Conditions of which one must hold whole. */
    Expression anyOf(List<ConditionsContext> alternatives) {
        Expression any = allOf(alternatives.get(alternatives.size() - 1));
        for (int i = alternatives.size() - 2; i >= 0; i--) {
            Expression all = allOf(alternatives.get(i));
            any = new Conditional(all, Texts.bool(true, all.at()), any, all.at());
        }
        return any;
    }

    private Expression allOf(ConditionsContext conditions) {
        requireGuard(conditions);
        List<ExpressionContext> sources = conditions.expression();
        Expression all = expressions.expression(sources.get(sources.size() - 1));
        for (int i = sources.size() - 2; i >= 0; i--) {
            Expression next = expressions.expression(sources.get(i));
            all = new Conditional(next, all, Texts.bool(false, next.at()), next.at());
        }
        return all;
    }

    /** Refuses the first thing that cannot be in a guard. */
    private static void requireGuard(ParserRuleContext guard) {
        List<Token> tokens = new ArrayList<>();
        collect(guard, tokens);
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token token = tokens.get(i);
            String text = token.getText();
            String next = tokens.get(i + 1).getText();
            boolean call = next.equals("(") && token.getType() == ErlangLexer.ATOM;
            if (call && MAY_FAIL.contains(text)) {
                throw new RefusedSource(
                        Reading.at(token),
                        "a guard that fails only passes its clause over, and this may fail",
                        "take the value apart by a pattern");
            } else if (call && !ALLOWED.contains(text)) {
                throw callsFunction(token);
            } else if (Set.of("div", "rem", "/").contains(text) && !isNumberButZero(next)) {
                throw new RefusedSource(
                        Reading.at(token),
                        "a guard that fails only passes its clause over, and this may"
                                + " divide by zero",
                        "divide by a number, or in the body");
            }
        }
    }

    private static RefusedSource callsFunction(Token at) {
        return new RefusedSource(
                Reading.at(at), "a guard calls no function", "write a case of what it gives");
    }

    private static boolean isNumberButZero(String text) {
        if (!text.matches("[0-9].*")) {
            return false;
        }
        int base = text.indexOf('#');
        return base < 0
                ? Double.parseDouble(text.replace("_", "")) != 0
                : text.substring(base + 1).matches(".*[^0].*");
    }

    private static void collect(ParseTree tree, List<Token> tokens) {
        if (tree instanceof TerminalNode leaf) {
            tokens.add(leaf.getSymbol());
        }
        boolean isCallOfValue =
                tree instanceof CallContext call && !(call.primary() instanceof AtomContext);
        if (isCallOfValue || tree instanceof RemoteCallContext) {
            throw callsFunction(((ParserRuleContext) tree).getStart());
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            collect(tree.getChild(i), tokens);
        }
    }
}

package io.wormhole.isa.language.erlang;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.ErlangLexer;
import io.wormhole.isa.language.grammar.ErlangParser;
import io.wormhole.isa.language.grammar.ErlangParser.AttributeContext;
import io.wormhole.isa.language.grammar.ErlangParser.FormContext;
import io.wormhole.isa.language.grammar.ErlangParser.FunctionClauseContext;
import io.wormhole.isa.language.grammar.ErlangParser.FunctionContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Dialect;
import io.wormhole.isa.language.surface.SourceModule;
import io.wormhole.isa.language.surface.SourceModule.Top;
import io.wormhole.isa.language.surface.SourceModule.TopFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/** Reads the functional subset of Erlang. */
public final class Erlang {
    private static final Set<String> IGNORED = Set.of("spec", "type", "opaque", "dialyzer");
    private static final Set<String> KNOWN = Set.of("module", "export", "author", "vsn");

    private static final String PROCESSES =
            "pass what the function needs as an argument: there are no processes here";

    private static final Map<String, String> REFUSED =
            Map.of(
                    "try", "test before, and call error(Reason) where nothing fits",
                    "catch", "test before, and call error(Reason) where nothing fits",
                    "receive", PROCESSES,
                    "after", PROCESSES,
                    "maybe", "write case");

    private final ErlangExpressions expressions;
    private final Map<String, String> names = new HashMap<>();

    private Erlang() {
        this.expressions = new ErlangExpressions(names);
    }

    /** What Erlang has of its own. */
    public static Dialect dialect() {
        return new ErlangNames();
    }

    /**
     * The functions of {@code source}.
     *
     * @throws RefusedSource with the first fault
     */
    public static SourceModule read(String source) {
        List<Token> tokens =
                prepared(Reading.tokens(new ErlangLexer(CharStreams.fromString(source))));
        ErlangParser parser = new ErlangParser(new CommonTokenStream(new ListTokenSource(tokens)));
        Reading.refuseFaults(parser, Erlang::advice);
        return new Erlang().module(parser.program());
    }

    private static String advice(Token token) {
        String known = REFUSED.get(token.getText());
        return known == null ? ErlangAdvice.at(token) : known;
    }

    /** Leaves out specifications of types; refuses words that are outside. */
    private static List<Token> prepared(List<Token> tokens) {
        List<Token> kept = new ArrayList<>();
        boolean formBegins = true;
        boolean skipping = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (formBegins && token.getType() == ErlangLexer.MINUS) {
                skipping = IGNORED.contains(tokens.get(i + 1).getText());
            }
            formBegins = token.getType() == ErlangLexer.DOT;
            if (!skipping || token.getType() == Token.EOF) {
                refuseForeign(tokens, i);
                kept.add(token);
            }
            skipping &= !formBegins;
        }
        for (int i = 0; i < kept.size(); i++) {
            ((CommonToken) kept.get(i)).setTokenIndex(i);
        }
        return kept;
    }

    private static void refuseForeign(List<Token> tokens, int index) {
        Token token = tokens.get(index);
        String instead = REFUSED.get(token.getText());
        if (instead != null && token.getType() == ErlangLexer.ATOM) {
            throw new RefusedSource(
                    Reading.at(token),
                    token.getText() + " is outside of this subset of Erlang",
                    instead);
        }
    }

    private SourceModule module(ErlangParser.ProgramContext program) {
        for (FormContext form : program.form()) {
            if (form instanceof FunctionContext function) {
                name(function.functionClause(0));
            } else {
                requireKnown((AttributeContext) form);
            }
        }
        List<Top> tops = new ArrayList<>();
        for (FormContext form : program.form()) {
            if (form instanceof FunctionContext function) {
                tops.add(function(function));
            }
        }
        return new SourceModule(tops);
    }

    private static void requireKnown(AttributeContext attribute) {
        String name = attribute.ATOM().getText();
        if (!KNOWN.contains(name)) {
            throw new RefusedSource(
                    Reading.at(attribute.start),
                    "-" + name + " is outside of this subset",
                    name.equals("record")
                            ? "write tuples or maps"
                            : "write a function without arguments for a constant");
        }
    }

    /** The first function of a name keeps it; those of other arities have theirs added. */
    private void name(FunctionClauseContext clause) {
        String name = clause.ATOM().getText();
        int arity = clause.arguments().expression().size();
        String key = name + "/" + arity;
        boolean taken = names.containsValue(name);
        if (names.put(key, taken ? name + "_" + arity : name) != null) {
            throw new RefusedSource(
                    Reading.at(clause.start), key + " is defined twice", "join its clauses");
        }
    }

    private TopFunction function(FunctionContext function) {
        List<ErlangExpressions.Clause> clauses = new ArrayList<>();
        FunctionClauseContext first = function.functionClause(0);
        int arity = first.arguments().expression().size();
        for (FunctionClauseContext clause : function.functionClause()) {
            boolean same =
                    clause.ATOM().getText().equals(first.ATOM().getText())
                            && clause.arguments().expression().size() == arity;
            if (!same) {
                throw new RefusedSource(
                        Reading.at(clause.start),
                        "a clause of another function",
                        "end the function above with a point");
            }
            clauses.add(
                    new ErlangExpressions.Clause(
                            clause.arguments().expression(), clause.guard(), clause.body()));
        }
        Position at = Reading.at(function.start);
        ErlangExpressions.Parts parts = expressions.function(clauses, at);
        String name = names.getOrDefault(first.ATOM().getText() + "/" + arity, "");
        return new TopFunction(name, parts.parameters(), parts.body(), at);
    }
}

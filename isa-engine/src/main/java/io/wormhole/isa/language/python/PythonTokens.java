package io.wormhole.isa.language.python;

import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.PythonLexer;
import io.wormhole.isa.language.grammar.PythonParser;
import io.wormhole.isa.language.grammar.Reading;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Ends of lines and indentation as tokens, and words of Python that are outside the subset. A line
 * goes on where a bracket is open; an empty line says nothing.
 */
final class PythonTokens {
    private static final int DEEPEST = 50;

    private static final String EXCEPTIONS =
            "test before, and call fail(reason) where nothing fits";

    private static final Map<String, String> REFUSED =
            Map.ofEntries(
                    Map.entry("class", "write functions, and values as tuples or { \"name\": … }"),
                    Map.entry("try", EXCEPTIONS),
                    Map.entry("except", EXCEPTIONS),
                    Map.entry("finally", EXCEPTIONS),
                    Map.entry("raise", "write fail(reason)"),
                    Map.entry("assert", "write if not …: fail(reason)"),
                    Map.entry("with", "pass what the function needs as an argument"),
                    Map.entry("async", "write a plain function: nothing here takes time"),
                    Map.entry("await", "use the value itself: nothing here takes time"),
                    Map.entry("yield", "return a list, or write a comprehension"),
                    Map.entry("global", "return the new value"),
                    Map.entry("nonlocal", "return the new value"),
                    Map.entry("del", "make a new value without it"),
                    Map.entry("from", "keep what the contract needs in this file"),
                    Map.entry("None", "write a value that says it, or leave the key out"));

    private final List<Token> tokens;
    private final List<Token> prepared = new ArrayList<>();
    private final Deque<Integer> indents = new ArrayDeque<>(List.of(0));
    private int brackets;

    private PythonTokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    static List<Token> prepare(List<Token> tokens) {
        PythonTokens all = new PythonTokens(PythonTexts.taken(tokens));
        all.run();
        return all.prepared;
    }

    private void run() {
        boolean lineBegins = true;
        for (Token token : tokens) {
            int type = token.getType();
            if (type == PythonLexer.LINE) {
                if (brackets == 0 && !lineBegins) {
                    add(PythonParser.NEWLINE, token);
                    lineBegins = true;
                }
                continue;
            }
            if (type == Token.EOF) {
                end(token, lineBegins);
                continue;
            }
            if (lineBegins && brackets == 0) {
                indent(token);
            }
            lineBegins = false;
            refuseForeign(token);
            countBrackets(type);
            prepared.add(soft(token));
        }
        number();
    }

    private void end(Token token, boolean lineBegins) {
        if (!lineBegins) {
            add(PythonParser.NEWLINE, token);
        }
        while (indents.size() > 1) {
            indents.pop();
            add(PythonParser.DEDENT, token);
        }
        prepared.add(token);
    }

    private void countBrackets(int type) {
        switch (type) {
            case PythonLexer.OPEN_PAREN, PythonLexer.OPEN_BRACKET, PythonLexer.OPEN_BRACE ->
                    brackets++;
            case PythonLexer.CLOSE_PAREN, PythonLexer.CLOSE_BRACKET, PythonLexer.CLOSE_BRACE ->
                    brackets = Math.max(0, brackets - 1);
            default -> {}
        }
    }

    private void indent(Token first) {
        int column = first.getCharPositionInLine();
        if (column > indents.element()) {
            if (indents.size() > DEEPEST) {
                throw new RefusedSource(
                        Reading.at(first), "indented too deep", "split the function");
            }
            indents.push(column);
            add(PythonParser.INDENT, first);
        }
        while (column < indents.element()) {
            indents.pop();
            add(PythonParser.DEDENT, first);
        }
        if (column != indents.element()) {
            throw new RefusedSource(
                    Reading.at(first), "indented like no line above", "line it up with its block");
        }
    }

    /** {@code match} and {@code case} are words only where they begin a line. */
    private Token soft(Token token) {
        boolean word = token.getType() == PythonLexer.MATCH || token.getType() == PythonLexer.CASE;
        boolean begins =
                prepared.isEmpty()
                        || switch (prepared.get(prepared.size() - 1).getType()) {
                            case PythonParser.NEWLINE, PythonParser.INDENT, PythonParser.DEDENT ->
                                    true;
                            default -> false;
                        };
        if (word && !begins) {
            ((CommonToken) token).setType(PythonLexer.IDENT);
        }
        return token;
    }

    private void refuseForeign(Token token) {
        if (token.getType() != PythonLexer.IDENT) {
            return;
        }
        String instead = REFUSED.get(token.getText());
        if (instead != null) {
            throw new RefusedSource(
                    Reading.at(token),
                    token.getText() + " is outside of this subset of Python",
                    instead);
        }
    }

    private void add(int type, Token place) {
        CommonToken token = new CommonToken(type, "");
        token.setLine(place.getLine());
        token.setCharPositionInLine(place.getCharPositionInLine());
        prepared.add(token);
    }

    private void number() {
        for (int i = 0; i < prepared.size(); i++) {
            ((CommonToken) prepared.get(i)).setTokenIndex(i);
        }
    }
}

package io.wormhole.isa.language.javascript;

import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.JavaScriptLexer;
import io.wormhole.isa.language.grammar.JavaScriptParser;
import io.wormhole.isa.language.grammar.Reading;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * What must be known of tokens before the grammar reads them: which brackets belong to an arrow,
 * which braces to an object, and which words are of JavaScript but not of the subset.
 */
final class JavaScriptTokens {
    private static final Map<String, String> REFUSED =
            Map.ofEntries(
                    Map.entry("var", "write let, or const where it does not change"),
                    Map.entry("class", "write functions, and objects as { name: value }"),
                    Map.entry("new", "write functions, and objects as { name: value }"),
                    Map.entry("this", "pass what the function needs as an argument"),
                    Map.entry("super", "pass what the function needs as an argument"),
                    Map.entry("try", "test before, and call fail(reason) where nothing fits"),
                    Map.entry("catch", "test before, and call fail(reason) where nothing fits"),
                    Map.entry("finally", "test before, and call fail(reason) where nothing fits"),
                    Map.entry("throw", "write fail(reason)"),
                    Map.entry("async", "write a plain function: nothing here takes time"),
                    Map.entry("await", "use the value itself: nothing here takes time"),
                    Map.entry("yield", "return a list"),
                    Map.entry("import", "keep what the contract needs in this file"),
                    Map.entry("typeof", "the message says by its form what it is: switch on it"),
                    Map.entry("instanceof", "the message says by its form what it is"),
                    Map.entry("void", "leave it away"),
                    Map.entry("delete", "write remove(map, key), which gives a new map"),
                    Map.entry("with", "name the values with const"),
                    Map.entry("debugger", "use the trace of wormhole isa"),
                    Map.entry("null", "write a value that says it, or leave the key out"),
                    Map.entry("undefined", "write a value that says it, or leave the key out"),
                    Map.entry("arguments", "name the arguments"),
                    Map.entry("eval", "write the code itself"));

    // An expression may end with these, and not go on with those.
    private static final Set<Integer> ENDS =
            Set.of(
                    JavaScriptLexer.IDENT,
                    JavaScriptLexer.INTEGER,
                    JavaScriptLexer.BIGINT,
                    JavaScriptLexer.REAL,
                    JavaScriptLexer.STRING,
                    JavaScriptLexer.TEMPLATE,
                    JavaScriptParser.TEXT_CLOSE,
                    JavaScriptLexer.TRUE,
                    JavaScriptLexer.FALSE,
                    JavaScriptLexer.CLOSE_PAREN,
                    JavaScriptLexer.CLOSE_BRACKET,
                    JavaScriptLexer.CLOSE_BRACE,
                    JavaScriptLexer.RETURN,
                    JavaScriptLexer.BREAK,
                    JavaScriptLexer.CONTINUE);
    private static final Set<String> GOES_ON =
            Set.of(
                    "(", "[", ".", "?.", ",", ";", ")", "]", ":", "?", "=>", "=", "+", "-", "*",
                    "/", "%", "**", "<", "<=", ">", ">=", "===", "!==", "==", "!=", "&&", "||",
                    "??", "&", "|", "^", "<<", ">>", ">>>", "in", "of", "else", "+=", "-=", "*=",
                    "/=", "%=", "**=", "||=", "&&=", "??=", "++", "--");

    private final List<Token> tokens;
    private final List<Token> prepared = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private boolean lastColonWasLabel;
    private boolean headEnded;

    private JavaScriptTokens(List<Token> tokens) {
        this.tokens = tokens;
        open.push(new Open(-1, false));
    }

    /** A bracket not closed yet; {@code label} while a case label waits for its colon. */
    private static final class Open {
        final int index;
        final boolean object;
        boolean label;
        int questions;

        Open(int index, boolean object) {
            this.index = index;
            this.object = object;
        }
    }

    /** Marks {@code tokens}, adds semicolons; refuses words that are outside. */
    static List<Token> prepare(List<Token> tokens) {
        JavaScriptTokens all = new JavaScriptTokens(JavaScriptTemplates.taken(tokens));
        all.run();
        return all.prepared;
    }

    private void run() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            refuseForeign(i, token);
            if (i > 0 && lineEnds(tokens.get(i - 1), token)) {
                CommonToken end = new CommonToken(JavaScriptLexer.SEMICOLON, ";");
                end.setLine(token.getLine());
                end.setCharPositionInLine(token.getCharPositionInLine());
                prepared.add(end);
            }
            prepared.add(token);
            headEnded = false;
            switch (token.getType()) {
                case JavaScriptLexer.OPEN_BRACE -> openBrace(i);
                case JavaScriptLexer.OPEN_PAREN, JavaScriptLexer.OPEN_BRACKET ->
                        open.push(new Open(i, false));
                case JavaScriptLexer.CLOSE_PAREN -> closeParen(i);
                case JavaScriptLexer.CLOSE_BRACE, JavaScriptLexer.CLOSE_BRACKET -> close();
                case JavaScriptLexer.CASE, JavaScriptLexer.DEFAULT -> open.element().label = true;
                case JavaScriptLexer.QUESTION -> open.element().questions++;
                case JavaScriptLexer.COLON -> colon();
                case JavaScriptLexer.ARROW -> arrowName(i);
                default -> {}
            }
        }
        for (int i = 0; i < prepared.size(); i++) {
            ((CommonToken) prepared.get(i)).setTokenIndex(i);
        }
    }

    private void arrowName(int index) {
        if (index > 0 && tokens.get(index - 1).getType() == JavaScriptLexer.IDENT) {
            ((CommonToken) tokens.get(index - 1)).setType(JavaScriptParser.ARROW_NAME);
        }
    }

    /** Whether JavaScript would see the end of a statement between the two. */
    private boolean lineEnds(Token last, Token next) {
        Open top = open.element();
        boolean statements =
                !top.object
                        && (top.index < 0
                                || tokens.get(top.index).getType() == JavaScriptLexer.OPEN_BRACE);
        boolean closes = next.getType() == JavaScriptLexer.CLOSE_BRACE;
        boolean apart = closes || next.getType() == Token.EOF || last.getLine() != next.getLine();
        return statements
                && apart
                && !headEnded
                && next.getType() != JavaScriptParser.TEXT_NEXT
                && next.getType() != JavaScriptParser.TEXT_CLOSE
                && ENDS.contains(last.getType())
                && !GOES_ON.contains(next.getText());
    }

    private void refuseForeign(int index, Token token) {
        if (token.getType() == JavaScriptLexer.RETURN) {
            refuseBrokenReturn(index, token);
        }
        if (token.getType() != JavaScriptLexer.IDENT || isKey(index)) {
            return;
        }
        String instead = REFUSED.get(token.getText());
        if (instead != null) {
            throw new RefusedSource(
                    Reading.at(token),
                    token.getText() + " is outside of this subset of JavaScript",
                    instead);
        }
    }

    /** JavaScript ends a return at the end of its line. */
    private void refuseBrokenReturn(int index, Token token) {
        Token next = tokens.get(index + 1);
        int type = next.getType();
        boolean ends =
                type == JavaScriptLexer.SEMICOLON
                        || type == JavaScriptLexer.CLOSE_BRACE
                        || type == Token.EOF;
        if (next.getLine() != token.getLine() && !ends) {
            throw new RefusedSource(
                    Reading.at(token),
                    "JavaScript ends this return at the end of the line",
                    "begin the value on the same line");
        }
    }

    private boolean isKey(int index) {
        boolean member = index > 0 && tokens.get(index - 1).getType() == JavaScriptLexer.DOT;
        boolean key =
                tokens.get(index + 1).getType() == JavaScriptLexer.COLON && open.element().object;
        return member || key;
    }

    private void openBrace(int index) {
        int before = index == 0 ? JavaScriptLexer.SEMICOLON : tokens.get(index - 1).getType();
        boolean block =
                switch (before) {
                    case JavaScriptLexer.CLOSE_PAREN,
                            JavaScriptLexer.ARROW,
                            JavaScriptLexer.ELSE,
                            JavaScriptLexer.DO,
                            JavaScriptLexer.SEMICOLON,
                            JavaScriptLexer.OPEN_BRACE,
                            JavaScriptLexer.CLOSE_BRACE ->
                            true;
                    case JavaScriptLexer.COLON -> lastColonWasLabel;
                    default -> false;
                };
        if (!block) {
            ((CommonToken) tokens.get(index)).setType(JavaScriptParser.OBJECT_OPEN);
        }
        open.push(new Open(index, !block));
    }

    private void colon() {
        Open top = open.element();
        if (top.questions > 0) {
            top.questions--;
            lastColonWasLabel = false;
        } else {
            lastColonWasLabel = top.label;
            top.label = false;
        }
    }

    private static boolean isHead(int type) {
        return type == JavaScriptLexer.IF
                || type == JavaScriptLexer.FOR
                || type == JavaScriptLexer.WHILE
                || type == JavaScriptLexer.SWITCH;
    }

    private void close() {
        if (open.size() > 1) {
            open.pop();
        }
    }

    private void closeParen(int index) {
        Open top = open.element();
        close();
        headEnded = top.index > 0 && isHead(tokens.get(top.index - 1).getType());
        boolean arrow = tokens.get(index + 1).getType() == JavaScriptLexer.ARROW;
        if (arrow && top.index >= 0) {
            ((CommonToken) tokens.get(top.index)).setType(JavaScriptParser.ARROW_OPEN);
        }
    }
}

package io.wormhole.isa.language.grammar;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.jspecify.annotations.Nullable;

/** Reading a source: its tokens, within bounds, and its faults as refusals. */
public final class Reading {
    /** More tokens than any contract that fits the machine has. */
    private static final int MOST_TOKENS = 100_000;

    private static final int LONGEST_SHOWN = 40;
    private static final int DEEPEST_BRACKETS = 100;

    private Reading() {}

    /** Where {@code token} stands. */
    public static Position at(Token token) {
        return new Position(token.getLine(), token.getCharPositionInLine() + 1);
    }

    /**
     * The tokens of a source, the end last.
     *
     * @throws RefusedSource on text that is no token, and on too many tokens
     */
    public static List<Token> tokens(Lexer lexer) {
        lexer.removeErrorListeners();
        lexer.addErrorListener(new Refusing(token -> ""));
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.nextToken();
            tokens.add(token);
            requireFew(tokens, token);
        } while (token.getType() != Token.EOF);
        requireShallow(tokens);
        return tokens;
    }

    /**
     * A source does not have more parts than {@link #MOST_TOKENS}; {@code last} says where they are
     * too many.
     *
     * @throws RefusedSource if it has
     */
    public static void requireFew(Collection<?> parts, Token last) {
        if (parts.size() > MOST_TOKENS) {
            throw new RefusedSource(at(last), "more than " + MOST_TOKENS + " words and signs", "");
        }
    }

    /** The parser looks ahead inside of brackets: so they do not nest without end. */
    private static void requireShallow(List<Token> tokens) {
        int depth = 0;
        for (Token token : tokens) {
            switch (token.getText()) {
                case "(", "[", "{", "[[" -> depth++;
                case ")", "]", "}" -> depth = Math.max(0, depth - 1);
                default -> {}
            }
            if (depth > DEEPEST_BRACKETS) {
                throw new RefusedSource(
                        at(token),
                        "more than " + DEEPEST_BRACKETS + " brackets inside each other",
                        "name the parts, or make functions of them");
            }
        }
    }

    /** Makes {@code parser} refuse at the first fault, with advice on the token found there. */
    public static void refuseFaults(Parser parser, Function<Token, String> advice) {
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.removeErrorListeners();
        parser.addErrorListener(new Refusing(advice));
    }

    private static final class Refusing extends BaseErrorListener {
        private final Function<Token, String> advice;

        Refusing(Function<Token, String> advice) {
            this.advice = advice;
        }

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                @Nullable Object offending,
                int line,
                int column,
                String message,
                @Nullable RecognitionException cause) {
            Position at = new Position(line, column + 1);
            if (!(offending instanceof Token token)) {
                throw new RefusedSource(
                        at,
                        "this is no word or sign of the language",
                        "names are letters a to z, digits and _; others stand in texts only");
            }
            if (token.getType() == Token.EOF) {
                throw new RefusedSource(at, "the file ends in the middle of something", "");
            }
            String text = token.getText().strip();
            String shown =
                    text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
            String found = shown.isEmpty() ? "the end of the line" : "'" + shown + "'";
            throw new RefusedSource(
                    at, found + " cannot stand here in this subset", advice.apply(token));
        }
    }
}

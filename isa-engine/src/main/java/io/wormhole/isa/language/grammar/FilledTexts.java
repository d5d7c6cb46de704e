package io.wormhole.isa.language.grammar;

import io.wormhole.isa.language.core.RefusedSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;

/**
 * Texts with values inside, taken apart: the text before the first value, the words and signs of
 * the values, and the texts between and behind them.
 */
public final class FilledTexts {
    private final Function<CharStream, Lexer> lexer;
    private final int open;
    private final int next;
    private final int close;

    /** With the types of the tokens for the texts before, between and behind the values. */
    public FilledTexts(Function<CharStream, Lexer> lexer, int open, int next, int close) {
        this.lexer = lexer;
        this.open = open;
        this.next = next;
        this.close = close;
    }

    /** A piece of a text, from where it begins in the token; values and texts take turns. */
    public record Piece(String text, int offset, boolean value) {}

    /** The tokens that {@code token} stands for; {@code pieces} begin and end with a text. */
    public List<Token> tokens(Token token, List<Piece> pieces) {
        Reading.requireFew(pieces, token);
        List<Token> all = new ArrayList<>();
        Place place = new Place(token);
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            place.moveTo(piece.offset());
            if (piece.value()) {
                all.addAll(valueTokens(piece, place));
            } else {
                int type = i == 0 ? open : i == pieces.size() - 1 ? close : next;
                all.add(place.mark(new CommonToken(type, piece.text())));
            }
        }
        return all;
    }

    private List<Token> valueTokens(Piece piece, Place place) {
        Lexer inner = lexer.apply(CharStreams.fromString(piece.text()));
        inner.setLine(place.line);
        inner.setCharPositionInLine(place.column);
        List<Token> tokens = Reading.tokens(inner);
        if (tokens.size() == 1) {
            Token at = place.mark(new CommonToken(open, ""));
            throw new RefusedSource(
                    Reading.at(at), "there is no value between these braces", "write one");
        }
        return tokens.subList(0, tokens.size() - 1);
    }

    /** Goes once through the text of a token, however many pieces it has. */
    private static final class Place {
        private final String text;
        private int offset;
        private int line;
        private int column;

        Place(Token token) {
            text = token.getText();
            line = token.getLine();
            column = token.getCharPositionInLine();
        }

        void moveTo(int target) {
            for (; offset < target; offset++) {
                char next = text.charAt(offset);
                if (next == '\n') {
                    line++;
                    column = 0;
                } else if (!Character.isLowSurrogate(next)) {
                    column++;
                }
            }
        }

        Token mark(CommonToken made) {
            made.setLine(line);
            made.setCharPositionInLine(column);
            return made;
        }
    }
}

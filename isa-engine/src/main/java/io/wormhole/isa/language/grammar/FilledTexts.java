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
        List<Token> all = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (piece.value()) {
                all.addAll(valueTokens(token, piece));
            } else {
                int type = i == 0 ? open : i == pieces.size() - 1 ? close : next;
                all.add(placed(new CommonToken(type, piece.text()), token, piece.offset()));
            }
        }
        return all;
    }

    private List<Token> valueTokens(Token token, Piece piece) {
        Token place = placed(new CommonToken(open, ""), token, piece.offset());
        Lexer inner = lexer.apply(CharStreams.fromString(piece.text()));
        inner.setLine(place.getLine());
        inner.setCharPositionInLine(place.getCharPositionInLine());
        List<Token> tokens = Reading.tokens(inner);
        if (tokens.size() == 1) {
            throw new RefusedSource(
                    Reading.at(place), "there is no value between these braces", "write one");
        }
        return tokens.subList(0, tokens.size() - 1);
    }

    private static Token placed(CommonToken made, Token token, int offset) {
        String before = token.getText().substring(0, offset);
        int lines = (int) before.chars().filter(each -> each == '\n').count();
        int inLine = before.length() - before.lastIndexOf('\n') - 1;
        made.setLine(token.getLine() + lines);
        made.setCharPositionInLine(lines == 0 ? token.getCharPositionInLine() + offset : inLine);
        return made;
    }
}

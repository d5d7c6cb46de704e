package io.wormhole.isa.language.python;

import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.FilledTexts;
import io.wormhole.isa.language.grammar.FilledTexts.Piece;
import io.wormhole.isa.language.grammar.PythonLexer;
import io.wormhole.isa.language.grammar.PythonParser;
import io.wormhole.isa.language.grammar.Reading;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Texts with an f before them, as the words of their values between their texts. */
final class PythonTexts {
    private static final FilledTexts TEXTS =
            new FilledTexts(
                    PythonLexer::new,
                    PythonParser.TEXT_OPEN,
                    PythonParser.TEXT_NEXT,
                    PythonParser.TEXT_CLOSE);

    private final Token token;
    private final String text;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private int plainFrom;

    private PythonTexts(Token token) {
        this.token = token;
        this.text = token.getText();
    }

    /** The same tokens with such texts taken apart. */
    static List<Token> taken(List<Token> tokens) {
        List<Token> all = new ArrayList<>();
        for (Token token : tokens) {
            if (token.getType() == PythonLexer.FILLED) {
                List<Piece> pieces = new PythonTexts(token).pieces();
                TEXTS.tokens(token, pieces).stream()
                        .filter(each -> each.getType() != PythonLexer.LINE)
                        .forEach(all::add);
            } else {
                all.add(token);
            }
            Reading.requireFew(all, token);
        }
        return all;
    }

    /** Begins and ends with a text; a brace that stands twice is one. */
    private List<Piece> pieces() {
        boolean triple = text.startsWith("\"\"\"", 1) || text.startsWith("'''", 1);
        int quotes = triple ? 3 : 1;
        int end = text.length() - quotes;
        int i = 1 + quotes;
        plainFrom = i;
        while (i < end) {
            char c = text.charAt(i);
            boolean twice = text.charAt(i + 1) == c && i + 1 < end;
            if ((c == '{' || c == '}') && twice) {
                plain.append(c);
                i += 2;
            } else if (c == '{') {
                i = value(i, end);
            } else if (c == '}') {
                throw refused("a brace that closes nothing", "write it twice");
            } else {
                plain.append(c);
                i++;
            }
        }
        text();
        if (pieces.size() == 1) {
            pieces.add(new Piece("", end, false));
        }
        return pieces;
    }

    private void text() {
        pieces.add(new Piece(plain.toString(), plainFrom, false));
        plain.setLength(0);
    }

    /** The value that begins at {@code open}; gives where the text goes on. */
    private int value(int open, int end) {
        int close = text.indexOf('}', open);
        String value = close < 0 || close >= end ? "{" : text.substring(open + 1, close);
        if (value.contains("{")) {
            throw refused("braces inside of a value", "give the value a name before");
        }
        requireNoFormat(value);
        text();
        pieces.add(new Piece(value, open + 1, true));
        plainFrom = close + 1;
        return plainFrom;
    }

    private void requireNoFormat(String value) {
        int depth = 0;
        int last = value.stripTrailing().length() - 1;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            boolean conversion = c == '!' && !value.startsWith("!=", i);
            boolean shown = c == '=' && i == last;
            if (depth == 0 && (c == ':' || conversion || shown)) {
                throw refused("a format of a value", "write what a reader should see, as a text");
            }
        }
    }

    private RefusedSource refused(String what, String instead) {
        return new RefusedSource(Reading.at(token), what, instead);
    }
}

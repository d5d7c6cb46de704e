package io.wormhole.isa.language.javascript;

import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.FilledTexts;
import io.wormhole.isa.language.grammar.FilledTexts.Piece;
import io.wormhole.isa.language.grammar.JavaScriptLexer;
import io.wormhole.isa.language.grammar.JavaScriptParser;
import io.wormhole.isa.language.grammar.Reading;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Templates with values inside, as the words of the values between their texts. */
final class JavaScriptTemplates {
    private static final FilledTexts TEXTS =
            new FilledTexts(
                    JavaScriptLexer::new,
                    JavaScriptParser.TEXT_OPEN,
                    JavaScriptParser.TEXT_NEXT,
                    JavaScriptParser.TEXT_CLOSE);

    private JavaScriptTemplates() {}

    /** The same tokens with templates taken apart. */
    static List<Token> taken(List<Token> tokens) {
        List<Token> all = new ArrayList<>();
        for (Token token : tokens) {
            boolean template = token.getType() == JavaScriptLexer.TEMPLATE;
            List<Piece> pieces = template ? pieces(token) : List.of();
            all.addAll(pieces.size() > 1 ? TEXTS.tokens(token, pieces) : List.of(token));
            Reading.requireFew(all, token);
        }
        return all;
    }

    private static List<Piece> pieces(Token token) {
        String text = token.getText();
        List<Piece> pieces = new ArrayList<>();
        int from = 1;
        int i = 1;
        while (i < text.length() - 1) {
            if (text.charAt(i) == '\\') {
                i += 2;
            } else if (text.startsWith("${", i)) {
                int end = text.indexOf('}', i);
                String value = end < 0 ? "{" : text.substring(i + 2, end);
                if (value.contains("{")) {
                    throw new RefusedSource(
                            Reading.at(token),
                            "braces or a template inside of a template",
                            "give the value a name before");
                }
                pieces.add(new Piece(text.substring(from, i), from, false));
                pieces.add(new Piece(value, i + 2, true));
                from = end + 1;
                i = from;
            } else {
                i++;
            }
        }
        pieces.add(new Piece(text.substring(from, text.length() - 1), from, false));
        return pieces;
    }
}

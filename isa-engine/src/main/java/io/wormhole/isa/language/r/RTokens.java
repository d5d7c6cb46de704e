package io.wormhole.isa.language.r;

import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.RLexer;
import io.wormhole.isa.language.grammar.RParser;
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
 * Ends of lines, where they end an expression: not inside of parentheses or square brackets, not
 * after an operator, not before else; and words of R that are outside the subset.
 */
final class RTokens {
    private static final Map<String, String> REFUSED =
            Map.ofEntries(
                    Map.entry("NULL", "write a value that says it, or leave the name out"),
                    Map.entry("NA", "write a value that says it"),
                    Map.entry("NA_integer_", "write a value that says it"),
                    Map.entry("NA_real_", "write a value that says it"),
                    Map.entry("T", "write TRUE"),
                    Map.entry("F", "write FALSE"));

    private static final Set<String> GOES_ON =
            Set.of(
                    "+",
                    "-",
                    "*",
                    "/",
                    "^",
                    "<",
                    "<=",
                    ">",
                    ">=",
                    "==",
                    "!=",
                    "!",
                    "&&",
                    "||",
                    "&",
                    "|",
                    "<-",
                    "<<-",
                    "->",
                    "=",
                    ":",
                    "$",
                    ",",
                    "(",
                    "{",
                    "[",
                    "[[",
                    "|>",
                    "else",
                    ";",
                    "in",
                    "function",
                    "repeat",
                    "\\");

    private static final Set<String> WITH_HEAD = Set.of("if", "for", "while", "function", "\\");

    private final List<Token> tokens;
    private final List<Token> kept = new ArrayList<>();
    private final Deque<Integer> open = new ArrayDeque<>();
    private boolean headEnded;

    private RTokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    static List<Token> prepare(List<Token> tokens) {
        RTokens all = new RTokens(tokens);
        all.run();
        return all.kept;
    }

    private void run() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.getType() == RLexer.LINE) {
                if (endsExpression(i)) {
                    CommonToken end = new CommonToken(RParser.END_OF_LINE, "");
                    end.setLine(token.getLine());
                    end.setCharPositionInLine(token.getCharPositionInLine());
                    kept.add(end);
                }
                continue;
            }
            refuseForeign(token);
            boolean closesHead = countBrackets(token);
            kept.add(token);
            headEnded = closesHead;
        }
        for (int i = 0; i < kept.size(); i++) {
            ((CommonToken) kept.get(i)).setTokenIndex(i);
        }
    }

    private static void refuseForeign(Token token) {
        String instead = REFUSED.get(token.getText());
        if (instead != null && token.getType() == RLexer.IDENT) {
            throw new RefusedSource(
                    Reading.at(token),
                    token.getText() + " is outside of this subset of R",
                    instead);
        }
    }

    private boolean endsExpression(int index) {
        boolean inside = !open.isEmpty() && open.element() != RLexer.OPEN_BRACE;
        if (inside || headEnded || kept.isEmpty()) {
            return false;
        }
        Token last = kept.get(kept.size() - 1);
        boolean goesOn =
                last.getType() == RParser.END_OF_LINE
                        || last.getType() == RLexer.SPECIAL
                        || GOES_ON.contains(last.getText());
        return !goesOn && !elseFollows(index);
    }

    private boolean elseFollows(int index) {
        int next = index;
        while (tokens.get(next).getType() == RLexer.LINE) {
            next++;
        }
        return tokens.get(next).getType() == RLexer.ELSE;
    }

    /** Whether {@code token} closes the head of if, for or function. */
    private boolean countBrackets(Token token) {
        switch (token.getType()) {
            case RLexer.OPEN_PAREN -> {
                boolean head =
                        !kept.isEmpty() && WITH_HEAD.contains(kept.get(kept.size() - 1).getText());
                open.push(head ? -1 : RLexer.OPEN_PAREN);
            }
            case RLexer.OPEN_BRACE, RLexer.OPEN_BRACKET -> open.push(token.getType());
            case RLexer.OPEN_BRACKETS -> {
                open.push(RLexer.OPEN_BRACKET);
                open.push(RLexer.OPEN_BRACKET);
            }
            case RLexer.CLOSE_PAREN, RLexer.CLOSE_BRACE, RLexer.CLOSE_BRACKET -> {
                return !open.isEmpty() && open.pop() == -1;
            }
            default -> {}
        }
        return false;
    }
}

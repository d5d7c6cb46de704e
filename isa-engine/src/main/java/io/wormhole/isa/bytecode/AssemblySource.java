package io.wormhole.isa.bytecode;

import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueText;

/**
 * The tokens of assembly text: words, punctuation and literals; {@code //} comments to line end.
 */
final class AssemblySource {
    /** The longest text that is read, in characters. */
    static final int MAX_LENGTH = 1 << 20;

    private static final int LONGEST_FAULT = 200;
    private static final String PUNCTUATION = "(){},@";

    private final String text;
    private int position;
    private int tokenStart;

    AssemblySource(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new AssemblyException(
                    1, 1, "text of " + text.length() + " characters, allowed " + MAX_LENGTH);
        }
        this.text = text;
    }

    boolean atEnd() {
        skipSpace();
        return position == text.length();
    }

    /** The next token; empty at the end. */
    String peek() {
        skipSpace();
        tokenStart = position;
        int end = position;
        if (text.startsWith("\"", end)
                || (end < text.length() && PUNCTUATION.indexOf(text.charAt(end)) >= 0)) {
            end++;
        } else {
            while (end < text.length() && !endsWord(text.charAt(end))) {
                end++;
            }
        }
        return text.substring(position, end);
    }

    String next() {
        String token = peek();
        if (token.isEmpty()) {
            throw fault("more expected, found the end");
        }
        position += token.length();
        return token;
    }

    boolean nextIf(String expected) {
        boolean found = peek().equals(expected);
        if (found) {
            position += expected.length();
        }
        return found;
    }

    void expect(String expected) {
        String found = peek();
        if (!found.equals(expected)) {
            throw fault("'" + expected + "' expected, found '" + found + "'");
        }
        position += expected.length();
    }

    int number(int maximum) {
        String token = next();
        if (!token.matches("[0-9]{1,6}") || Integer.parseInt(token) > maximum) {
            throw fault("a number from 0 to " + maximum + " expected, found '" + token + "'");
        }
        return Integer.parseInt(token);
    }

    Value literal() {
        skipSpace();
        tokenStart = position;
        try {
            ValueText.Literal literal = ValueText.parseAt(text, position);
            position = literal.end();
            return literal.value();
        } catch (IllegalArgumentException notAValue) {
            String reason = String.valueOf(notAValue.getMessage());
            throw fault(reason.substring(reason.indexOf(':') + 1).strip());
        }
    }

    /** Where in the text the token read last begins. */
    int tokenStart() {
        return tokenStart;
    }

    /** A fault at the token read last. */
    AssemblyException fault(String what) {
        SourceMap.Position position = SourceMap.position(text, tokenStart);
        String shown =
                what.length() <= LONGEST_FAULT ? what : what.substring(0, LONGEST_FAULT) + "…";
        return new AssemblyException(position.line(), position.column(), shown);
    }

    private void skipSpace() {
        while (position < text.length()) {
            if (text.startsWith("//", position)) {
                int newline = text.indexOf('\n', position);
                position = newline < 0 ? text.length() : newline;
            } else if (text.charAt(position) <= ' ') {
                position++;
            } else {
                return;
            }
        }
    }

    private static boolean endsWord(char c) {
        return c <= ' ' || c == '"' || PUNCTUATION.indexOf(c) >= 0;
    }
}

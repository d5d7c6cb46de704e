package io.wormhole.runtime.gcode;

import java.util.Arrays;
import java.util.Set;

/**
 * A parsed command: its name ({@code G1}, {@code M109}) and its words, each a letter with an
 * optional number kept exactly in millionths.
 */
public final class GcodeCommand {
    private static final int MAX_WORDS = 26;
    private static final long MAX_WHOLE = 9_999_999L;

    /** Commands whose rest is free text, not words. */
    private static final Set<String> TEXT_COMMANDS =
            Set.of("M16", "M20", "M23", "M28", "M30", "M32", "M117", "M118", "M928");

    private final String name;
    private final char[] letters;
    private final long[] millionths;
    private final boolean[] valued;
    private final String text;

    private GcodeCommand(
            String name, char[] letters, long[] millionths, boolean[] valued, String text) {
        this.name = name;
        this.letters = letters;
        this.millionths = millionths;
        this.valued = valued;
        this.text = text;
    }

    /**
     * Parses one command without comment, line number and checksum.
     *
     * @throws IllegalArgumentException naming what was found and what belongs there
     */
    public static GcodeCommand parse(String line) {
        Cursor cursor = new Cursor(line);
        cursor.skipBlanks();
        char letter = cursor.letter();
        if (letter != 'G' && letter != 'M' && letter != 'T') {
            throw new IllegalArgumentException(
                    "'" + shortened(line) + "' is not a G, M or T command");
        }
        String name = letter + cursor.code();
        if (TEXT_COMMANDS.contains(name)) {
            return new GcodeCommand(
                    name, new char[0], new long[0], new boolean[0], cursor.rest().strip());
        }
        char[] letters = new char[MAX_WORDS];
        long[] values = new long[MAX_WORDS];
        boolean[] valued = new boolean[MAX_WORDS];
        int count = 0;
        for (cursor.skipBlanks(); !cursor.atEnd(); cursor.skipBlanks()) {
            char word = cursor.letter();
            for (int i = 0; i < count; i++) {
                if (letters[i] == word) {
                    throw new IllegalArgumentException("word " + word + " given twice");
                }
            }
            letters[count] = word;
            cursor.skipBlanks();
            valued[count] = cursor.atNumber();
            values[count] = valued[count] ? cursor.number() : 0;
            count++;
        }
        return new GcodeCommand(
                name,
                Arrays.copyOf(letters, count),
                Arrays.copyOf(values, count),
                Arrays.copyOf(valued, count),
                "");
    }

    /** Letter and code without leading zeros, such as {@code G1}; a subcode follows a point. */
    public String name() {
        return name;
    }

    /** The free text of {@code M117} and its like, else empty. */
    public String text() {
        return text;
    }

    /** Whether the word is there, with or without a number. */
    public boolean has(char letter) {
        return index(letter) >= 0;
    }

    /** Whether the word is there with a number. */
    public boolean hasValue(char letter) {
        int i = index(letter);
        return i >= 0 && valued[i];
    }

    /** The word's number times a million, or the default when it is absent or bare. */
    public long millionths(char letter, long otherwise) {
        int i = index(letter);
        return i >= 0 && valued[i] ? millionths[i] : otherwise;
    }

    /** The word's number without its fraction, or the default. */
    public long whole(char letter, long otherwise) {
        int i = index(letter);
        return i >= 0 && valued[i] ? millionths[i] / 1_000_000 : otherwise;
    }

    /** Number of words after the name. */
    public int words() {
        return letters.length;
    }

    @Override
    public String toString() {
        return name + (text.isEmpty() ? "" : " " + text) + (letters.length == 0 ? "" : " …");
    }

    private int index(char letter) {
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] == letter) {
                return i;
            }
        }
        return -1;
    }

    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /** Walks over one line; every method names what it wanted when it does not find it. */
    private static final class Cursor {
        private final String line;
        private int at;

        Cursor(String line) {
            this.line = line;
        }

        boolean atEnd() {
            return at >= line.length();
        }

        void skipBlanks() {
            while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                at++;
            }
        }

        char letter() {
            char c = atEnd() ? ' ' : line.charAt(at);
            char upper = c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
            if (upper < 'A' || upper > 'Z') {
                throw new IllegalArgumentException(
                        "'" + shortened(line) + "' has '" + c + "' where a letter belongs");
            }
            at++;
            return upper;
        }

        /** Digits with an optional subcode. */
        String code() {
            int from = at;
            int value = 0;
            while (isDigit()) {
                value = value * 10 + (line.charAt(at++) - '0');
                if (at - from > 5) {
                    throw new IllegalArgumentException("a command number of more than 5 digits");
                }
            }
            if (at == from) {
                throw new IllegalArgumentException(
                        "'" + shortened(line) + "' is not a command: no number after the letter");
            }
            if (!atEnd() && line.charAt(at) == '.') {
                at++;
                int subcode = at;
                while (isDigit() && at - subcode < 3) {
                    at++;
                }
                return value + "." + line.substring(subcode, at);
            }
            return Integer.toString(value);
        }

        String rest() {
            return line.substring(at);
        }

        boolean atNumber() {
            return !atEnd() && (isDigit() || "+-.".indexOf(line.charAt(at)) >= 0);
        }

        /** A decimal in millionths; further places are cut off, as no motor could follow them. */
        long number() {
            int from = at;
            boolean negative = line.charAt(at) == '-';
            if (negative || line.charAt(at) == '+') {
                at++;
            }
            long whole = 0;
            int digits = 0;
            for (; isDigit(); digits++) {
                whole = whole * 10 + (line.charAt(at++) - '0');
                if (whole > MAX_WHOLE) {
                    throw new IllegalArgumentException(
                            "a number beyond " + MAX_WHOLE + " in '" + shortened(line) + "'");
                }
            }
            long fraction = 0;
            long scale = 100_000;
            if (!atEnd() && line.charAt(at) == '.') {
                at++;
                for (; isDigit(); digits++) {
                    fraction += (line.charAt(at++) - '0') * scale;
                    scale /= 10;
                }
            }
            if (digits == 0) {
                throw new IllegalArgumentException(
                        "'" + shortened(line.substring(from)) + "' where a number belongs");
            }
            long value = whole * 1_000_000 + fraction;
            return negative ? -value : value;
        }

        private boolean isDigit() {
            return at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9';
        }
    }
}

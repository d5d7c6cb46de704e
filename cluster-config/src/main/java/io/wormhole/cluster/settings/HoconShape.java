package io.wormhole.cluster.settings;

/**
 * Refuses text whose nesting would exhaust the parser's stack, before the parser sees it.
 *
 * <p>One pass over the characters; strings and comments do not count.
 */
final class HoconShape {
    private static final int MAX_DEPTH = 32;

    private final String name;
    private final String text;
    private int at;
    private int depth;
    private int dots;
    private int line = 1;

    private HoconShape(String name, String text) {
        this.name = name;
        this.text = text;
    }

    static void check(String name, String text) {
        new HoconShape(name, text).scan();
    }

    private void scan() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                skipString();
            } else if (c == '#' || text.startsWith("//", at)) {
                skipTo("\n");
            } else {
                count(c);
                at++;
            }
        }
    }

    private void count(char c) {
        switch (c) {
            case '{', '[' -> {
                depth++;
                dots = 0;
            }
            case '}', ']' -> {
                depth--;
                dots = 0;
            }
            case '.' -> dots++;
            case '\n' -> {
                line++;
                dots = 0;
            }
            case '=', ':', ',' -> dots = 0;
            default -> {
                // Any other character changes neither depth nor the path that is being written.
            }
        }
        if (depth > MAX_DEPTH || dots > MAX_DEPTH) {
            throw Settings.refused(
                    name, "line " + line + " nests deeper than the allowed " + MAX_DEPTH);
        }
    }

    private void skipString() {
        if (text.startsWith("\"\"\"", at)) {
            at += 3;
            skipTo("\"\"\"");
            at += 3;
            return;
        }
        at++;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipTo(String end) {
        int found = text.indexOf(end, at);
        int stop = found < 0 ? text.length() : found;
        for (int i = at; i < stop; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        at = stop;
    }
}

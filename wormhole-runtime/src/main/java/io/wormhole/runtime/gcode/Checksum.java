package io.wormhole.runtime.gcode;

/** Marlin's line wrapping: {@code N<number> <command>*<checksum>}, the checksum being an XOR. */
public final class Checksum {
    private Checksum() {}

    /** XOR of all characters, as Marlin computes it over everything before the {@code *}. */
    public static int of(CharSequence text) {
        int xor = 0;
        for (int i = 0; i < text.length(); i++) {
            xor ^= text.charAt(i);
        }
        return xor & 0xff;
    }

    /** The line as it goes over the wire, without line end. */
    public static String wrap(long number, String command) {
        String numbered = "N" + number + " " + command;
        return numbered + "*" + of(numbered);
    }

    /**
     * Takes line number and checksum off, if there are any.
     *
     * @throws NumberFormatException when a checksum is there but wrong
     */
    static String unwrap(String line) {
        String text = line;
        int star = line.lastIndexOf('*');
        boolean numbered = line.charAt(0) == 'N' && line.length() > 1 && isDigit(line.charAt(1));
        if (star > 0 && numbered) {
            String given = line.substring(star + 1).strip();
            int right = of(line.substring(0, star));
            if (!given.equals(Integer.toString(right))) {
                throw new NumberFormatException(
                        "checksum '" + given + "' where " + right + " belongs");
            }
            text = line.substring(0, star);
        }
        if (!numbered) {
            return text;
        }
        int i = 1;
        while (i < text.length() && (isDigit(text.charAt(i)) || text.charAt(i) == ' ')) {
            i++;
        }
        return text.substring(i).stripTrailing();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

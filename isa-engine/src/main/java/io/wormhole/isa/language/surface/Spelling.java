package io.wormhole.isa.language.surface;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which known name was probably meant. */
final class Spelling {
    private static final int LONGEST = 40;

    private Spelling() {}

    /** The known name that differs from {@code name} in two places at most. */
    static Optional<String> nearest(String name, List<String> known) {
        if (name.length() < 3 || name.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(other -> other.length() <= LONGEST && !other.startsWith(" "))
                .filter(other -> distance(name, other) <= 2)
                .min(
                        Comparator.comparingInt((String other) -> distance(name, other))
                                .thenComparing(Comparator.naturalOrder()));
    }

    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}

package io.wormhole.isa.language.python;

import io.wormhole.isa.language.surface.Pattern;
import java.util.ArrayList;
import java.util.List;

/** The single forms of a pattern in which one of several forms may give names. */
final class PythonForms {
    private static final int MOST = 16;

    private PythonForms() {}

    /** The forms to try one after another; the pattern itself where there would be too many. */
    static List<Pattern> of(Pattern pattern) {
        List<Pattern> forms = forms(pattern);
        return forms.size() > MOST ? List.of(pattern) : forms;
    }

    private static List<Pattern> forms(Pattern pattern) {
        if (pattern instanceof Pattern.OneOf either) {
            boolean plain =
                    either.choices().stream().allMatch(each -> each instanceof Pattern.Same);
            return plain
                    ? List.of(pattern)
                    : either.choices().stream().flatMap(each -> forms(each).stream()).toList();
        } else if (pattern instanceof Pattern.Positions positions) {
            return lists(positions.parts()).stream()
                    .<Pattern>map(
                            parts ->
                                    new Pattern.Positions(parts, positions.exact(), positions.at()))
                    .toList();
        } else if (pattern instanceof Pattern.ListOf list) {
            List<Pattern> made = new ArrayList<>();
            for (List<Pattern> first : lists(list.first())) {
                for (List<Pattern> last : lists(list.last())) {
                    made.add(new Pattern.ListOf(first, list.rest(), last, list.at()));
                }
            }
            return made;
        } else if (pattern instanceof Pattern.Both both) {
            return forms(both.right()).stream()
                    .<Pattern>map(right -> new Pattern.Both(both.left(), right, both.at()))
                    .toList();
        }
        return pattern instanceof Pattern.MapOf map ? maps(map) : List.of(pattern);
    }

    private static List<Pattern> maps(Pattern.MapOf map) {
        List<Pattern> values = map.entries().stream().map(Pattern.Entry::value).toList();
        List<Pattern> made = new ArrayList<>();
        for (List<Pattern> forms : lists(values)) {
            List<Pattern.Entry> entries = new ArrayList<>();
            for (int i = 0; i < forms.size(); i++) {
                entries.add(new Pattern.Entry(map.entries().get(i).key(), forms.get(i)));
            }
            made.add(new Pattern.MapOf(entries, map.rest(), map.at()));
        }
        return made;
    }

    /** All ways to take one form of each part. */
    private static List<List<Pattern>> lists(List<Pattern> parts) {
        List<List<Pattern>> all = List.of(List.of());
        for (Pattern part : parts) {
            List<List<Pattern>> longer = new ArrayList<>();
            for (Pattern form : forms(part)) {
                for (List<Pattern> before : all) {
                    if (longer.size() <= MOST) {
                        List<Pattern> next = new ArrayList<>(before);
                        next.add(form);
                        longer.add(next);
                    }
                }
            }
            all = longer;
        }
        return all;
    }
}

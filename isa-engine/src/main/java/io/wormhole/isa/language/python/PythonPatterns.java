package io.wormhole.isa.language.python;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.PythonParser.AsPatternContext;
import io.wormhole.isa.language.grammar.PythonParser.BooleanPatternContext;
import io.wormhole.isa.language.grammar.PythonParser.KeyContext;
import io.wormhole.isa.language.grammar.PythonParser.ListPartContext;
import io.wormhole.isa.language.grammar.PythonParser.ListPatternContext;
import io.wormhole.isa.language.grammar.PythonParser.MapPatternContext;
import io.wormhole.isa.language.grammar.PythonParser.NamePatternContext;
import io.wormhole.isa.language.grammar.PythonParser.NumberPatternContext;
import io.wormhole.isa.language.grammar.PythonParser.OrPatternContext;
import io.wormhole.isa.language.grammar.PythonParser.PatternContext;
import io.wormhole.isa.language.grammar.PythonParser.PatternsContext;
import io.wormhole.isa.language.grammar.PythonParser.TextPatternContext;
import io.wormhole.isa.language.grammar.PythonParser.TuplePatternContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Patterns of match and case. */
final class PythonPatterns {
    private final PythonSteps steps;

    PythonPatterns(PythonSteps steps) {
        this.steps = steps;
    }

    Pattern patterns(PatternsContext patterns) {
        if (patterns.pattern().size() == 1 && patterns.getChildCount() == 1) {
            return pattern(patterns.pattern(0));
        }
        return new Pattern.TupleOf(all(patterns.pattern()), Reading.at(patterns.start));
    }

    private List<Pattern> all(List<PatternContext> patterns) {
        return patterns.stream().map(this::pattern).toList();
    }

    private Pattern pattern(PatternContext pattern) {
        Position at = Reading.at(pattern.start);
        if (pattern instanceof NamePatternContext name) {
            String text = name.IDENT().getText();
            return text.equals("_") ? new Pattern.Any(at) : new Pattern.Named(text, at);
        } else if (pattern instanceof NumberPatternContext number) {
            return new Pattern.Same(number(number, at), at);
        } else if (pattern instanceof TextPatternContext text) {
            return new Pattern.Same(steps.expressions().texts(text.children, at), at);
        } else if (pattern instanceof BooleanPatternContext bool) {
            return new Pattern.Same(Texts.bool(bool.TRUE() != null, at), at);
        } else if (pattern instanceof TuplePatternContext tuple) {
            boolean group = tuple.pattern().size() == 1 && tuple.getChildCount() == 3;
            return group
                    ? pattern(tuple.pattern(0))
                    : new Pattern.TupleOf(all(tuple.pattern()), at);
        } else if (pattern instanceof ListPatternContext list) {
            return list(list, at);
        } else if (pattern instanceof MapPatternContext map) {
            List<Pattern.Entry> entries = new ArrayList<>();
            for (int i = 0; i < map.key().size(); i++) {
                entries.add(new Pattern.Entry(key(map.key(i)), pattern(map.pattern(i))));
            }
            return new Pattern.MapOf(entries, at);
        } else if (pattern instanceof OrPatternContext either) {
            return new Pattern.OneOf(all(either.pattern()), at);
        }
        AsPatternContext whole = (AsPatternContext) pattern;
        Pattern name = new Pattern.Named(whole.IDENT().getText(), at);
        return new Pattern.Both(name, pattern(whole.pattern()), at);
    }

    private static Expression number(NumberPatternContext number, Position at) {
        Expression plain =
                number.INTEGER() != null
                        ? Texts.integer(number.INTEGER().getText(), false, at)
                        : Texts.real(number.REAL().getText(), at);
        boolean negative = number.getChildCount() > 1;
        return negative ? Texts.negated(plain, at) : plain;
    }

    private Expression key(KeyContext key) {
        Position at = Reading.at(key.start);
        return key.INTEGER() != null
                ? Texts.integer(key.INTEGER().getText(), false, at)
                : steps.expressions().texts(key.children, at);
    }

    private Pattern list(ListPatternContext list, Position at) {
        List<Pattern> first = new ArrayList<>();
        Optional<Pattern> rest = Optional.empty();
        for (ListPartContext part : list.listPart()) {
            if (rest.isPresent()) {
                throw new RefusedSource(
                        Reading.at(part.start), "something after the rest of a list", "");
            }
            if (part.IDENT() != null) {
                String name = part.IDENT().getText();
                Position where = Reading.at(part.start);
                rest =
                        Optional.of(
                                name.equals("_")
                                        ? new Pattern.Any(where)
                                        : new Pattern.Named(name, where));
            } else {
                first.add(pattern(part.pattern()));
            }
        }
        return new Pattern.ListOf(first, rest, at);
    }
}

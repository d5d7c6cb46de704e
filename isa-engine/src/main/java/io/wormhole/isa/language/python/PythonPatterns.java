package io.wormhole.isa.language.python;

import io.wormhole.isa.language.core.Position;
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
        boolean single = patterns.listPart().size() == 1 && patterns.getChildCount() == 1;
        if (single && patterns.listPart(0).pattern() != null) {
            return pattern(patterns.listPart(0).pattern());
        }
        return sequence(patterns.listPart(), Reading.at(patterns.start));
    }

    private List<Pattern> all(List<PatternContext> patterns) {
        return patterns.stream().map(this::pattern).toList();
    }

    private Pattern pattern(PatternContext pattern) {
        Position at = Reading.at(pattern.start);
        if (pattern instanceof NamePatternContext name) {
            return named(name.IDENT().getText(), at);
        } else if (pattern instanceof NumberPatternContext number) {
            return new Pattern.Same(number(number, at), at);
        } else if (pattern instanceof TextPatternContext text) {
            return new Pattern.Same(steps.expressions().texts(text.children, at), at);
        } else if (pattern instanceof BooleanPatternContext bool) {
            return new Pattern.Same(Texts.bool(bool.TRUE() != null, at), at);
        } else if (pattern instanceof TuplePatternContext tuple) {
            boolean group = tuple.listPart().size() == 1 && tuple.getChildCount() == 3;
            return group && tuple.listPart(0).pattern() != null
                    ? pattern(tuple.listPart(0).pattern())
                    : sequence(tuple.listPart(), at);
        } else if (pattern instanceof ListPatternContext list) {
            return sequence(list.listPart(), at);
        } else if (pattern instanceof MapPatternContext map) {
            List<Pattern.Entry> entries = new ArrayList<>();
            for (int i = 0; i < map.key().size(); i++) {
                entries.add(new Pattern.Entry(key(map.key(i)), pattern(map.pattern(i))));
            }
            Optional<Pattern> rest =
                    Optional.ofNullable(map.IDENT()).map(name -> named(name.getText(), at));
            return new Pattern.MapOf(entries, rest, at);
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

    static Pattern named(String name, Position at) {
        return name.equals("_") ? new Pattern.Any(at) : new Pattern.Named(name, at);
    }

    private Pattern sequence(List<ListPartContext> source, Position at) {
        List<Pattern> parts = new ArrayList<>();
        int rest = -1;
        for (ListPartContext part : source) {
            boolean star = part.IDENT() != null;
            rest = star ? PythonSteps.restAt(rest, parts.size(), part.start) : rest;
            parts.add(
                    star
                            ? named(part.IDENT().getText(), Reading.at(part.start))
                            : pattern(part.pattern()));
        }
        return sequence(parts, rest, at);
    }

    /** A tuple or list of just these parts, or a list where part {@code rest} is any number. */
    static Pattern sequence(List<Pattern> parts, int rest, Position at) {
        return rest < 0
                ? new Pattern.Positions(parts, true, at)
                : new Pattern.ListOf(
                        parts.subList(0, rest),
                        Optional.of(parts.get(rest)),
                        parts.subList(rest + 1, parts.size()),
                        at);
    }
}

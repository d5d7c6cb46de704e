package io.wormhole.isa.language.javascript;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.JavaScriptParser.ArrayTargetContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.KeyTargetContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.NameTargetContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ObjectTargetContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ParameterContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ParametersContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.SlotContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.TargetContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What values are taken apart into: names, and parts of lists and objects. */
final class JavaScriptTargets {
    private final JavaScriptExpressions expressions;

    JavaScriptTargets(JavaScriptExpressions expressions) {
        this.expressions = expressions;
    }

    List<Pattern> parameters(ParametersContext parameters) {
        return parameters.parameter().stream().map(this::parameter).toList();
    }

    private Pattern parameter(ParameterContext parameter) {
        Pattern pattern = target(parameter.target());
        return parameter.expression() == null
                ? pattern
                : new Pattern.Defaulted(
                        pattern,
                        expressions.expression(parameter.expression()),
                        Reading.at(parameter.start));
    }

    Pattern target(TargetContext target) {
        Position at = Reading.at(target.start);
        if (target instanceof NameTargetContext name) {
            return new Pattern.Named(name.IDENT().getText(), at);
        } else if (target instanceof ArrayTargetContext array) {
            List<Pattern> parts = slots(array.slot(), array.IDENT() != null);
            if (array.IDENT() == null) {
                return new Pattern.Positions(parts, false, at);
            }
            Pattern rest = new Pattern.Named(array.IDENT().getText(), at);
            return new Pattern.ListOf(parts, Optional.of(rest), at);
        }
        ObjectTargetContext object = (ObjectTargetContext) target;
        List<Pattern.Entry> entries = object.keyTarget().stream().map(this::entry).toList();
        Optional<Pattern> rest =
                Optional.ofNullable(object.IDENT())
                        .map(name -> new Pattern.Named(name.getText(), at));
        return new Pattern.MapOf(entries, rest, at);
    }

    /** The parts of an array; nothing between commas leaves one out. */
    private List<Pattern> slots(List<SlotContext> slots, boolean more) {
        List<Pattern> parts = new ArrayList<>();
        for (SlotContext slot : slots) {
            boolean last = !more && parts.size() == slots.size() - 1;
            if (slot.target() != null) {
                parts.add(target(slot.target()));
            } else if (!last) {
                parts.add(new Pattern.Any(Reading.at(slot.start)));
            }
        }
        return parts;
    }

    private Pattern.Entry entry(KeyTargetContext key) {
        Position at = Reading.at(key.start);
        Literal name =
                key.STRING() == null
                        ? Texts.text(key.IDENT().getText(), at)
                        : JavaScriptExpressions.string(key.STRING().getSymbol());
        if (key.STRING() != null && key.target() == null) {
            throw new RefusedSource(at, "a part without a name", "write \"key\": name");
        }
        Pattern value =
                key.target() == null
                        ? new Pattern.Named(key.IDENT().getText(), at)
                        : target(key.target());
        Optional<Expression> otherwise =
                Optional.ofNullable(key.expression()).map(expressions::expression);
        return new Pattern.Entry(name, value, otherwise);
    }

    /** The name of a variable that is not taken apart. */
    static String requireName(TargetContext target) {
        if (target instanceof NameTargetContext name) {
            return name.IDENT().getText();
        }
        throw new RefusedSource(
                Reading.at(target.start), "there is nothing to take apart here", "give it a value");
    }
}

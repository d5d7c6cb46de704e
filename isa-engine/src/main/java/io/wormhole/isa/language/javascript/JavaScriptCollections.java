package io.wormhole.isa.language.javascript;

import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.JavaScriptParser.ArrayContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ComputedPropertyContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ElementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ObjectContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.PropertyContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ShortPropertyContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.SpreadPropertyContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ValuePropertyContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.BuiltIns;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.ListLiterals;
import io.wormhole.isa.language.surface.Texts;
import io.wormhole.isa.value.MapValue;
import java.util.ArrayList;
import java.util.List;

/** Lists and objects of JavaScript. */
final class JavaScriptCollections {
    private final JavaScriptExpressions expressions;

    JavaScriptCollections(JavaScriptExpressions expressions) {
        this.expressions = expressions;
    }

    Expression array(ArrayContext array, Position at) {
        List<Expression> parts = new ArrayList<>();
        List<Boolean> spread = new ArrayList<>();
        for (ElementContext element : array.element()) {
            parts.add(expressions.expression(element.expression()));
            spread.add(element.getChildCount() > 1);
        }
        return ListLiterals.list(parts, spread, at);
    }

    Expression object(ObjectContext object, Position at) {
        Expression map = new Literal(MapValue.EMPTY, Kind.MAP, false, at);
        for (int i = 0; i < object.property().size(); i++) {
            PropertyContext property = object.property(i);
            Position where = Reading.at(property.start);
            if (property instanceof SpreadPropertyContext spread) {
                Expression other = expressions.expression(spread.expression());
                map = i == 0 ? other : BuiltIns.merged(map, other, where);
            } else {
                map = new Operator(CollectionOperators.MAP_PUT, entry(map, property, where), where);
            }
        }
        return map;
    }

    private List<Expression> entry(Expression map, PropertyContext property, Position at) {
        if (property instanceof ShortPropertyContext name) {
            String key = name.IDENT().getText();
            return List.of(map, Texts.text(key, at), new Expression.Name(key, at));
        }
        if (property instanceof ComputedPropertyContext computed) {
            return List.of(
                    map,
                    expressions.expression(computed.expression(0)),
                    expressions.expression(computed.expression(1)));
        }
        ValuePropertyContext value = (ValuePropertyContext) property;
        Expression key;
        if (value.STRING() != null) {
            key = JavaScriptExpressions.string(value.STRING().getSymbol());
        } else if (value.IDENT() != null) {
            key = Texts.text(value.IDENT().getText(), at);
        } else {
            throw new RefusedSource(at, "the keys of an object are texts", "write \"1\": …");
        }
        return List.of(map, key, expressions.expression(value.expression()));
    }
}

package io.wormhole.isa.language.erlang;

import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.ErlangParser.BinaryValueContext;
import io.wormhole.isa.language.grammar.ErlangParser.SegmentContext;
import io.wormhole.isa.language.grammar.ErlangParser.StringContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.language.surface.Texts;
import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Binaries, strings and integers of Erlang. */
final class ErlangBinaries {
    private static final Set<String> DEFAULTS = Set.of("integer", "unsigned", "big");

    private final ErlangExpressions expressions;

    ErlangBinaries(ErlangExpressions expressions) {
        this.expressions = expressions;
    }

    /** Decimal, of another base, or a character. */
    Expression integer(String text, Position at) {
        if (text.startsWith("$")) {
            Literal character = Texts.bytes(text.substring(1), at);
            Bytes bytes = ((BytesValue) character.value()).bytes();
            return new Literal(Value.of(bytes.at(0) & 0xff), Kind.INTEGER, true, at);
        }
        int sign = text.indexOf('#');
        if (sign < 0) {
            return Texts.integer(text, true, at);
        }
        int base = sign > 2 ? 0 : Integer.parseInt(text.substring(0, sign));
        String digits = text.substring(sign + 1);
        boolean fits = base >= 2 && base <= 36 && digits.length() <= 64;
        if (fits && digits.chars().allMatch(digit -> Character.digit(digit, base) >= 0)) {
            BigInteger value = new BigInteger(digits, base);
            if (value.bitLength() <= 255) {
                return new Literal(IntValue.of(value), Kind.INTEGER, true, at);
            }
        }
        throw new RefusedSource(at, "no integer of 256 bits in this base", "");
    }

    /** A string is the list of its characters. */
    Expression string(List<TerminalNode> parts, Position at) {
        Bytes bytes = ((BytesValue) content(parts, at).value()).bytes();
        List<Value> characters = new ArrayList<>();
        for (int i = 0; i < bytes.size(); i++) {
            characters.add(Value.of(bytes.at(i) & 0xff));
        }
        return new Literal(ListValue.of(characters), Kind.LIST, false, at);
    }

    private static Literal content(List<TerminalNode> parts, Position at) {
        return Texts.bytes(joined(parts), at);
    }

    private static String joined(List<TerminalNode> parts) {
        StringBuilder all = new StringBuilder();
        for (TerminalNode part : parts) {
            all.append(part.getText(), 1, part.getText().length() - 1);
        }
        return all.toString();
    }

    Expression binary(BinaryValueContext binary, Position at) {
        List<Expression> parts = new ArrayList<>();
        binary.segment().forEach(segment -> parts.add(segment(segment)));
        if (parts.isEmpty()) {
            return new Literal(Value.of(Bytes.EMPTY), Kind.BYTES, false, at);
        }
        return Texts.joined(parts, at);
    }

    private Expression segment(SegmentContext segment) {
        Position at = Reading.at(segment.start);
        List<String> types =
                segment.ATOM().stream()
                        .map(TerminalNode::getText)
                        .filter(type -> !DEFAULTS.contains(type))
                        .toList();
        boolean sized = segment.primary().size() == 2;
        if (segment.primary(0) instanceof StringContext string && !sized) {
            if (types.equals(List.of("utf8"))) {
                return Texts.utf8(Texts.text(joined(string.STRING()), at), at);
            }
            requireNone(types, at);
            return content(string.STRING(), at);
        }
        Expression value = expressions.primary(segment.primary(0));
        if (types.equals(List.of("binary")) && !sized) {
            return value;
        }
        requireNone(types, at);
        return integer(value, sized ? bits(segment) : 8, at);
    }

    private static void requireNone(List<String> types, Position at) {
        if (!types.isEmpty()) {
            throw new RefusedSource(
                    at,
                    "a part of type " + String.join("-", types),
                    "write B/binary, or an integer I:32 of whole bytes");
        }
    }

    private int bits(SegmentContext segment) {
        Expression size = expressions.primary(segment.primary(1));
        if (size instanceof Literal literal
                && literal.value() instanceof IntValue bits
                && bits.isSmall()
                && bits.longValue() % 8 == 0
                && bits.longValue() > 0
                && bits.longValue() <= 256) {
            return (int) bits.longValue();
        }
        throw new RefusedSource(
                size.at(), "a size that is not 8, 16, … 256 bits", "write whole bytes");
    }

    /** An integer that does not fit fails, where Erlang would cut it. */
    private static Expression integer(Expression value, int bits, Position at) {
        if (value instanceof Literal literal
                && literal.value() instanceof IntValue integer
                && bits == 8
                && integer.isSmall()
                && integer.longValue() >= 0
                && integer.longValue() <= 255) {
            Bytes one = Bytes.of((byte) integer.longValue());
            return new Literal(Value.of(one), Kind.BYTES, false, at);
        }
        Expression width = Texts.integer(String.valueOf(bits / 8), false, at);
        return new Operator(Operators.TO_BYTES, List.of(value, width), at);
    }
}

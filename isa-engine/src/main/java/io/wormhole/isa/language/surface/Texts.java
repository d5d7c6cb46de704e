package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.RealValue;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.Bytes;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Literals as the languages write them. */
public final class Texts {
    private static final int LONGEST_NUMBER = 100;
    private static final Overload CONCAT = Overload.of("concat", Operators.JOIN_BYTES);

    private Texts() {}

    /** A text between quotes, with the escapes that all four languages know. */
    public static Literal text(String content, Position at) {
        return new Literal(Value.text(unescaped(content, at)), Kind.TEXT, false, at);
    }

    /** The content of a byte string literal: characters up to 255 stand for themselves. */
    public static Literal bytes(String content, Position at) {
        String plain = unescaped(content, at);
        byte[] bytes = new byte[plain.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = plain.charAt(i);
            if (c > 255) {
                throw new RefusedSource(at, "a byte is at most 255, found '" + c + "'", "");
            }
            bytes[i] = (byte) c;
        }
        return new Literal(Value.of(Bytes.of(bytes)), Kind.BYTES, false, at);
    }

    private static String unescaped(String content, Position at) {
        StringBuilder plain = new StringBuilder();
        int i = 0;
        while (i < content.length()) {
            char c = content.charAt(i++);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char escape = i < content.length() ? content.charAt(i++) : ' ';
            switch (escape) {
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'r' -> plain.append('\r');
                case '\\', '"', '\'', '`' -> plain.append(escape);
                case '0' -> plain.append(zero(content, i, at));
                case 'x' -> {
                    plain.append((char) hex(content, i, 2, at));
                    i += 2;
                }
                case 'u' -> {
                    int close = content.startsWith("{", i) ? content.indexOf('}', i) : -1;
                    if (close < 0) {
                        plain.append((char) hex(content, i, 4, at));
                        i += 4;
                    } else {
                        plain.appendCodePoint(codePoint(content, i + 1, close, at));
                        i = close + 1;
                    }
                }
                default ->
                        throw new RefusedSource(
                                at,
                                "the escape \\" + escape + " is not known",
                                "write \\n \\t \\r \\\\ \\x and two digits, or \\u and four");
            }
        }
        if (plain.codePoints().anyMatch(Texts::isHalf)) {
            throw new RefusedSource(
                    at, "half a character beyond \\uFFFF", "write both halves, or the character");
        }
        return plain.toString();
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static int codePoint(String content, int from, int to, Position at) {
        int digits = to - from;
        int point = digits < 1 || digits > 6 ? -1 : hex(content, from, digits, at);
        if (!Character.isValidCodePoint(point)) {
            throw new RefusedSource(at, "there is no such character", "write \\u{1F600}");
        }
        return point;
    }

    private static char zero(String content, int next, Position at) {
        if (next < content.length() && Character.digit(content.charAt(next), 10) >= 0) {
            throw new RefusedSource(at, "octal escapes are not known", "write \\x00");
        }
        return '\0';
    }

    private static int hex(String content, int from, int digits, Position at) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            boolean ascii = i < content.length() && content.charAt(i) < 128;
            int digit = ascii ? Character.digit(content.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new RefusedSource(
                        at, digits + " hexadecimal digits expected after the escape", "");
            }
            value = 16 * value + digit;
        }
        return value;
    }

    /** An integer, decimal or hexadecimal, with underscores where people like them. */
    public static Literal integer(String digits, boolean plain, Position at) {
        String text = digits.replace("_", "");
        boolean hex = text.startsWith("0x") || text.startsWith("0X");
        if (text.length() > LONGEST_NUMBER) {
            throw new RefusedSource(at, "an integer has at most 256 bits", "");
        }
        BigInteger value = hex ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
        if (value.bitLength() > 255) {
            throw new RefusedSource(at, "an integer has at most 256 bits", "");
        }
        return new Literal(Value.of(value), Kind.INTEGER, plain, at);
    }

    /** The least integer, whose digits alone are of none: of {@code digits} behind a minus sign. */
    public static Optional<Literal> least(String digits, Position at) {
        BigInteger least = BigInteger.ONE.shiftLeft(255).negate();
        return digits.replace("_", "").equals(least.negate().toString())
                ? Optional.of(new Literal(Value.of(least), Kind.INTEGER, true, at))
                : Optional.empty();
    }

    /** A binary64 number. */
    public static Literal real(String digits, Position at) {
        if (digits.length() > LONGEST_NUMBER) {
            throw new RefusedSource(at, "a real of more than 100 signs", "round it");
        }
        return real(Double.parseDouble(digits.replace("_", "")), at);
    }

    /** A binary64 number. */
    public static Literal real(double value, Position at) {
        return new Literal(Value.real(value), Kind.REAL, false, at);
    }

    /** True or false. */
    public static Literal bool(boolean value, Position at) {
        return new Literal(BoolValue.of(value), Kind.BOOLEAN, false, at);
    }

    /** The negation of an expression; that of a literal is a literal. */
    public static Expression negated(Expression operand, Position at) {
        if (operand instanceof Literal literal && literal.value() instanceof IntValue integer) {
            BigInteger value = integer.bigValue().negate();
            if (value.signum() != 0 && value.bitLength() < 256) {
                return new Literal(IntValue.of(value), Kind.INTEGER, literal.plain(), at);
            }
        }
        if (operand instanceof Literal literal && literal.value() instanceof RealValue real) {
            return real(-real.value(), at);
        }
        return new Expression.Operator(Operators.NEGATE, List.of(operand), at);
    }

    /** The bytes that a literal of hexadecimal digits stands for. */
    public static Literal hex(Expression digits, Position at) {
        Optional<Bytes> content = content(digits);
        if (content.isPresent()) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < content.get().size(); i++) {
                text.append((char) content.get().at(i));
            }
            try {
                Bytes bytes = Bytes.ofHex(text.toString().replace(" ", ""));
                return new Literal(Value.of(bytes), Kind.BYTES, false, at);
            } catch (IllegalArgumentException malformed) {
                throw new RefusedSource(at, "pairs of hexadecimal digits expected", "");
            }
        }
        throw new RefusedSource(
                at,
                "the digits must stand here as a text",
                "pass bytes in, instead of their digits");
    }

    /** The bytes of a text: at once, where it is a literal. */
    public static Expression utf8(Expression text, Position at) {
        if (text instanceof Literal literal && literal.kind() == Kind.TEXT) {
            return new Literal(literal.value(), Kind.BYTES, false, at);
        }
        return new Expression.Operator(Operators.TEXT_TO_BYTES, List.of(text), at);
    }

    /** Byte strings one after the other; literals that follow each other become one. */
    public static Expression joined(List<Expression> parts, Position at) {
        Expression all = parts.get(0);
        for (Expression part : parts.subList(1, parts.size())) {
            all = joined(all, part, at);
        }
        return all;
    }

    private static Expression joined(Expression left, Expression right, Position at) {
        Optional<Bytes> first = content(left);
        Optional<Bytes> second = content(right);
        if (first.isPresent() && second.isPresent()) {
            Value both = Value.of(first.get().concat(second.get()));
            return new Literal(both, Kind.BYTES, false, left.at());
        }
        return new Expression.Operator(CONCAT, List.of(left, right), at);
    }

    private static Optional<Bytes> content(Expression expression) {
        return expression instanceof Literal literal && literal.value() instanceof BytesValue bytes
                ? Optional.of(bytes.bytes())
                : Optional.empty();
    }
}

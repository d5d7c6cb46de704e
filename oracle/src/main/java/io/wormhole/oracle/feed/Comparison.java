package io.wormhole.oracle.feed;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When a value means yes: {@code >= 10}, {@code < 0.5}, {@code == delivered}, {@code != "ok"}.
 * Numbers are compared as numbers; texts can only be equal or not.
 */
public record Comparison(Operator operator, String operand) {
    /** How to compare. */
    public enum Operator {
        AT_LEAST(">="),
        AT_MOST("<="),
        EQUAL("=="),
        DIFFERENT("!="),
        MORE(">"),
        LESS("<");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }
    }

    /** Refuses to ask whether something is more or less than a text. */
    public Comparison {
        boolean isOrder = operator != Operator.EQUAL && operator != Operator.DIFFERENT;
        if (isOrder && number(operand).isEmpty()) {
            throw new IllegalArgumentException(
                    "%s needs a number, found %s".formatted(operator.sign, operand));
        }
    }

    /** Reads a comparison as people write it. */
    public static Comparison parse(String text) {
        String trimmed = text.strip();
        for (Operator operator : List.of(Operator.values())) {
            if (trimmed.startsWith(operator.sign)) {
                String operand = trimmed.substring(operator.sign.length()).strip();
                return new Comparison(operator, unquoted(operand));
            }
        }
        throw new IllegalArgumentException(
                "%s; allowed: >=, <=, ==, !=, > or < and a value".formatted(text));
    }

    private static String unquoted(String text) {
        boolean isQuoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return isQuoted ? text.substring(1, text.length() - 1) : text;
    }

    private static Optional<BigDecimal> number(String text) {
        return new Reading("operand", java.time.Instant.EPOCH, text).number();
    }

    /** Whether a number meets it; empty when a number cannot. */
    Optional<Boolean> meets(Fraction value) {
        Optional<BigDecimal> limit = number(operand);
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        int order = value.compareTo(limit.get());
        return Optional.of(
                switch (operator) {
                    case AT_LEAST -> order >= 0;
                    case AT_MOST -> order <= 0;
                    case EQUAL -> order == 0;
                    case DIFFERENT -> order != 0;
                    case MORE -> order > 0;
                    case LESS -> order < 0;
                });
    }

    /** Whether a reading meets it; empty when it cannot be compared. */
    Optional<Boolean> meets(Reading reading) {
        Optional<BigDecimal> number = reading.number();
        if (number.isPresent() && number(operand).isPresent()) {
            return meets(Fraction.of(number.get()));
        }
        boolean isSame =
                reading.value()
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .equals(operand.toLowerCase(Locale.ROOT));
        return switch (operator) {
            case EQUAL -> Optional.of(isSame);
            case DIFFERENT -> Optional.of(!isSame);
            case AT_LEAST, AT_MOST, MORE, LESS -> Optional.empty();
        };
    }

    /** As people write it. */
    @Override
    public String toString() {
        return operator.sign + " " + operand;
    }
}

package io.wormhole.isa.language.core;

import io.wormhole.isa.language.core.Term.Operate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An operation whose meaning is still to be found. */
record PendingOperation(Operate operate, List<KindNode> operands, KindNode result) {
    /** The variant that is meant if kinds decide it; null while they do not. */
    @Nullable Variant decided() {
        List<Variant> possible = possible(false);
        if (possible.isEmpty()) {
            // An integer literal may still have to stand for a real.
            boolean waits = operands.stream().anyMatch(node -> node.plain);
            if (waits && !possible(true).isEmpty() && anyUnknown()) {
                return null;
            }
            operands.forEach(KindNode::distrust);
            possible = possible(false);
        }
        if (possible.isEmpty()) {
            throw refusal();
        }
        if (possible.size() > 1) {
            possible = byResult(possible);
        }
        boolean literalDecides = operands.stream().anyMatch(node -> node.plain) && anyUnknown();
        boolean sure =
                operate.operation().variants().size() == 1
                        || result.known() != null
                        || !literalDecides;
        return possible.size() == 1 && sure ? possible.get(0) : null;
    }

    /** The first variant that is possible when nothing more becomes known. */
    Variant inDoubt() {
        List<Variant> possible = possible(false);
        if (possible.isEmpty()) {
            throw refusal();
        }
        if (isForUnknown(possible.get(0))) {
            return operands.get(0).isOfFields()
                            && possible.size() > 1
                            && isOfTuples(possible.get(1))
                    ? possible.get(1)
                    : possible.get(0);
        }
        boolean mixed = operands.stream().anyMatch(node -> node.mixed && node.firm == null);
        if (possible.size() > 1 && (mixed || operate.operation().mustBeDecided())) {
            String what =
                    mixed
                            ? " is given values of different kinds by different callers"
                            : " could mean several things here: nothing says what the values are";
            String instead = operate.operation().writeInstead();
            throw new RefusedSource(
                    operate.at(),
                    "'" + operate.operation().symbol() + "'" + what,
                    instead.isEmpty() ? "write a function for each kind" : instead);
        }
        return possible.get(0);
    }

    private static boolean isOfTuples(Variant variant) {
        return variant.takes().get(0).equals(Optional.of(Kind.TUPLE));
    }

    /** A variant that takes anything first, beside others that do not, is for no known kind. */
    private boolean isForUnknown(Variant variant) {
        return operate.operation().variants().size() > 1 && variant.takes().get(0).isEmpty();
    }

    private boolean anyUnknown() {
        return operands.stream().anyMatch(node -> node.known() == null);
    }

    private List<Variant> possible(boolean generous) {
        boolean realBeside =
                generous
                        || result.known() == Kind.REAL
                        || operands.stream()
                                .anyMatch(node -> !node.plain && node.known() == Kind.REAL);
        return operate.operation().variants().stream()
                .filter(variant -> fits(variant, realBeside))
                .toList();
    }

    private boolean fits(Variant variant, boolean realBeside) {
        boolean ofUnknown = isForUnknown(variant);
        for (int i = 0; i < operands.size(); i++) {
            Optional<Kind> takes = variant.takes().get(i);
            Kind known = operands.get(i).known();
            if (ofUnknown && takes.isEmpty() && known != null) {
                return false;
            }
            boolean promoted =
                    realBeside && operands.get(i).plain && takes.equals(Optional.of(Kind.REAL));
            if (takes.isPresent() && known != null && takes.get() != known && !promoted) {
                return false;
            }
        }
        return true;
    }

    private List<Variant> byResult(List<Variant> possible) {
        Kind wanted = result.known();
        List<Variant> fitting =
                possible.stream()
                        .filter(
                                variant ->
                                        wanted == null
                                                || variant.gives().isEmpty()
                                                || variant.gives().get() == wanted)
                        .toList();
        boolean informed = operands.stream().anyMatch(node -> node.known() != null);
        return fitting.isEmpty() || (informed && fitting.size() > 1) ? possible : fitting;
    }

    private RefusedSource refusal() {
        List<String> found = new ArrayList<>();
        for (KindNode node : operands) {
            Kind known = node.known();
            found.add(known == null ? "something" : known.words());
        }
        String kinds = found.stream().collect(Collectors.joining(" and "));
        String instead = operate.operation().writeInstead();
        return new RefusedSource(
                operate.at(),
                "'" + operate.operation().symbol() + "' does not take " + kinds,
                instead.isEmpty() ? mixedNumbers() : instead);
    }

    private String mixedNumbers() {
        boolean real = operands.stream().anyMatch(node -> node.known() == Kind.REAL);
        boolean integer = operands.stream().anyMatch(node -> node.known() == Kind.INTEGER);
        boolean ofReals =
                operate.operation().variants().stream()
                        .anyMatch(each -> each.takes().contains(Optional.of(Kind.REAL)));
        boolean ofTruths =
                operate.operation().variants().stream()
                        .anyMatch(each -> each.takes().contains(Optional.of(Kind.BOOLEAN)));
        if (integer && (real || (ofReals && operands.size() == 1))) {
            return KindCheck.advice(Kind.REAL, Kind.INTEGER);
        }
        return ofTruths ? KindCheck.advice(Kind.BOOLEAN, null) : "";
    }
}

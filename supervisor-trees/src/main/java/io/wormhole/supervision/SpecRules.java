package io.wormhole.supervision;

import io.wormhole.supervision.SpecFault.Code;
import io.wormhole.supervision.policy.AutoShutdown;
import io.wormhole.supervision.policy.Restart;
import io.wormhole.supervision.policy.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What makes a spec valid. */
final class SpecRules {

    static final int MAX_ID_LENGTH = 200;

    private SpecRules() {}

    record Limits(Strategy strategy, int intensity, Duration period, AutoShutdown autoShutdown) {}

    static List<SpecFault> faults(String name, Limits limits, List<ChildSpec> children) {
        List<SpecFault> faults = new ArrayList<>(idFaults(name, name));
        if (limits.intensity() < 0) {
            faults.add(
                    new SpecFault(
                            name,
                            Code.INVALID_INTENSITY,
                            "intensity must be zero or more, got " + limits.intensity()));
        }
        if (limits.period().isNegative() || limits.period().isZero()) {
            faults.add(
                    new SpecFault(
                            name,
                            Code.INVALID_PERIOD,
                            "period must be above zero, got " + limits.period()));
        }
        if (limits.strategy() == Strategy.SIMPLE_ONE_FOR_ONE && children.size() != 1) {
            faults.add(
                    new SpecFault(
                            name,
                            Code.NOT_ONE_TEMPLATE,
                            "simple_one_for_one takes exactly one template, got "
                                    + children.size()));
        }
        faults.addAll(duplicates(name, children));
        children.forEach(child -> faults.addAll(childFaults(name, child, limits.autoShutdown())));
        return faults;
    }

    static List<SpecFault> childFaults(String parent, ChildSpec child, AutoShutdown autoShutdown) {
        String where = parent + "/" + child.id();
        List<SpecFault> faults = new ArrayList<>(idFaults(where, child.id()));
        if (child.significant() && autoShutdown == AutoShutdown.NEVER) {
            faults.add(
                    new SpecFault(
                            where,
                            Code.SIGNIFICANT_UNDER_NEVER,
                            "a significant child needs auto_shutdown any_significant or"
                                    + " all_significant, got never"));
        }
        if (child.significant() && child.restart() == Restart.PERMANENT) {
            faults.add(
                    new SpecFault(
                            where,
                            Code.SIGNIFICANT_PERMANENT,
                            "a significant child must be transient or temporary, got permanent"));
        }
        return faults;
    }

    static List<SpecFault> idFaults(String where, String id) {
        boolean valid =
                !id.isBlank()
                        && id.length() <= MAX_ID_LENGTH
                        && id.chars().noneMatch(c -> c == '/' || Character.isISOControl(c));
        return valid
                ? List.of()
                : List.of(
                        new SpecFault(
                                where,
                                Code.INVALID_ID,
                                "an id has 1 to "
                                        + MAX_ID_LENGTH
                                        + " characters, no slash and no control character, got \""
                                        + id.substring(0, Math.min(id.length(), 40))
                                        + "\""));
    }

    private static List<SpecFault> duplicates(String name, List<ChildSpec> children) {
        List<SpecFault> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (ChildSpec child : children) {
            if (!seen.add(child.id())) {
                faults.add(
                        new SpecFault(
                                name + "/" + child.id(),
                                Code.DUPLICATE_ID,
                                "the id is used twice under " + name));
            }
        }
        return faults;
    }
}

package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import java.util.Map;
import java.util.TreeMap;

/** Answer to a hot upgrade. */
public sealed interface UpgradeReply {

    /**
     * The tree runs by the new spec.
     *
     * @param plan what was done
     * @param failures by path, the children that did not start; they stay down under their new spec
     */
    record Upgraded(UpgradePlan plan, Map<String, ExitReason> failures) implements UpgradeReply {
        public Upgraded {
            failures = Map.copyOf(new TreeMap<>(failures));
        }
    }

    /**
     * Nothing was changed.
     *
     * @param why a sentence
     */
    record NotUpgraded(String why) implements UpgradeReply {}
}

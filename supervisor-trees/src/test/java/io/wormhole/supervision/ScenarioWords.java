package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import java.util.Locale;

/** Replies, faults and reasons in the words of the scenario file. */
final class ScenarioWords {

    private ScenarioWords() {}

    static String word(ChildReply reply) {
        if (reply instanceof ChildReply.Ignored) {
            return "ok:undefined";
        }
        return reply instanceof ChildReply.Refused refused
                ? "error:" + word(refused.refusal())
                : "ok";
    }

    static String word(Refusal refusal) {
        if (refusal instanceof Refusal.StartFailed failed) {
            return failed.reason().describe();
        }
        if (refusal instanceof Refusal.BadSpec bad) {
            return word(bad.faults().get(0));
        }
        return refusal.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    static String word(SpecFault fault) {
        return switch (fault.code()) {
            case SIGNIFICANT_UNDER_NEVER -> "bad_combination auto_shutdown=never,significant=true";
            case SIGNIFICANT_PERMANENT -> "bad_combination restart=permanent,significant=true";
            case DUPLICATE_ID ->
                    "duplicate_child_name "
                            + fault.where().substring(fault.where().lastIndexOf('/') + 1);
            default -> fault.code().name().toLowerCase(Locale.ROOT);
        };
    }

    static String word(ExitReason reason) {
        boolean boom =
                reason instanceof ExitReason.Failure failure
                        && failure.thrown() instanceof ScenarioWorker.Boom;
        return boom ? "abnormal" : reason.describe();
    }
}

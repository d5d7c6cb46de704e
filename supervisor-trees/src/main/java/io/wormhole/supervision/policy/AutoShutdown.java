package io.wormhole.supervision.policy;

/** Whether a supervisor stops by itself when its significant children have ended by themselves. */
public enum AutoShutdown {
    /** It does not; significant children are not allowed. The default. */
    NEVER("never"),
    /** It stops when the first significant child has ended. */
    ANY_SIGNIFICANT("any_significant"),
    /** It stops when the last significant child that was running has ended. */
    ALL_SIGNIFICANT("all_significant");

    private final String word;

    AutoShutdown(String word) {
        this.word = word;
    }

    /** OTP's word for it, as written in a configuration file. */
    public String word() {
        return word;
    }
}

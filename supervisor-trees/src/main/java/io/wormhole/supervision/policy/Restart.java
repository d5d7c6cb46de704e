package io.wormhole.supervision.policy;

/** When an exited child is started again. */
public enum Restart {
    /** Always; the default. */
    PERMANENT("permanent"),
    /** Only after an abnormal exit: anything but {@code normal} and {@code shutdown}. */
    TRANSIENT("transient"),
    /** Never; its spec is forgotten when it exits. */
    TEMPORARY("temporary");

    private final String word;

    Restart(String word) {
        this.word = word;
    }

    /** OTP's word for it, as written in a configuration file. */
    public String word() {
        return word;
    }

    /**
     * Whether a child with this rule is started again after it exited by itself for this reason.
     */
    public boolean restartsAfter(ExitReason reason) {
        return this == PERMANENT || (this == TRANSIENT && reason.isAbnormal());
    }
}

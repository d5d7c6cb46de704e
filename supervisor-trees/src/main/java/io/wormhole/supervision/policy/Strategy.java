package io.wormhole.supervision.policy;

/** Which children a supervisor restarts when one of them exits. */
public enum Strategy {
    /** Only the child that exited is restarted. */
    ONE_FOR_ONE("one_for_one"),
    /** All children are stopped in reverse order, then all are started in order. */
    ONE_FOR_ALL("one_for_all"),
    /**
     * The child that exited and those started after it are stopped in reverse order, then started
     * in order.
     */
    REST_FOR_ONE("rest_for_one"),
    /**
     * Any number of instances of one template, each restarted alone; nothing is started with the
     * supervisor.
     */
    SIMPLE_ONE_FOR_ONE("simple_one_for_one");

    private final String word;

    Strategy(String word) {
        this.word = word;
    }

    /** OTP's word for it, as written in a configuration file. */
    public String word() {
        return word;
    }
}

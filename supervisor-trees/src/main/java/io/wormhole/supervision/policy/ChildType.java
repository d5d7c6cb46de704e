package io.wormhole.supervision.policy;

/** Whether a child is a leaf of the tree or a tree of its own. */
public enum ChildType {
    /** A leaf that does the work. */
    WORKER("worker"),
    /** A supervisor with children of its own. */
    SUPERVISOR("supervisor");

    private final String word;

    ChildType(String word) {
        this.word = word;
    }

    /** OTP's word for it, as written in a configuration file. */
    public String word() {
        return word;
    }
}

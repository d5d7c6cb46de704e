package io.wormhole.supervision.policy;

/** What a restart plan needs to know about one child. */
public interface Sibling {

    /** Its id, unique under its supervisor. */
    String id();

    /** When it is started again. */
    Restart restart();

    /** Whether its end may end the supervisor. */
    boolean significant();

    /** Whether it has a process that has not been seen to end. */
    boolean isAlive();
}

package io.wormhole.supervision;

import java.util.Locale;

/** What a child is doing. */
public enum ChildStatus {
    /** Spawned, has not said that it has started. */
    STARTING,
    /** Running. */
    RUNNING,
    /** Asked to stop. */
    STOPPING,
    /** Without a process. */
    DOWN,
    /** Without a process; its restart failed or is delayed, and will be tried again. */
    RESTARTING;

    /** The status in lower case, as shown in a snapshot. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.wormhole.protocol.channel;

/** What a successful challenge does to a solo close. */
public enum CloseRule {
    /** The channel closes at once in the higher state (paper, 2.E(b)). */
    CLOSE_AT_ONCE,
    /** The higher state is recorded and the countdown starts again. */
    RESTART_COUNTDOWN
}

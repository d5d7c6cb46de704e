package io.wormhole.channel.decider;

/**
 * What one side remembers of a channel; one record per phase, holding only what exists in it.
 *
 * <pre>
 * Absent ─▶ Proposed ─▶ Agreed ─▶ Open ──▶ Closing ──▶ Ended
 *    └───────────────────▲         ├─◀▶ Resizing    ▲
 *                                  ├─◀▶ Disputed ───┤
 *                                  └──▶ Lost ───────┘
 * </pre>
 */
public sealed interface ChannelMemory permits Absent, KnownChannel {
    /** The answer to {@code action}; changes nothing. */
    Decision on(ChannelAction action, Tools tools);

    /** The memory after {@code event}, which this phase itself decided. */
    ChannelMemory after(ChannelEvent event, Tools tools);

    /** One word for people. */
    String phase();

    /** Whether this side wants to hear of every block, since it owes the chain something. */
    default boolean awaitsChain() {
        return false;
    }

    /** The refusal of an action that does not fit this phase. */
    default Decision notNow(ChannelAction action) {
        return Decision.refuse(new Refusal.NotInPhase(action.inWords(), phase()));
    }

    /** An event that this phase never decides means that the journal is not this channel's. */
    default IllegalStateException impossible(ChannelEvent event) {
        return new IllegalStateException(event.getClass().getSimpleName() + " in phase " + phase());
    }
}

package io.wormhole.channel.decider;

/** Memory of a channel whose terms are known. */
public sealed interface KnownChannel extends ChannelMemory
        permits Proposed, Agreed, Open, Resizing, Closing, Disputed, Lost, Ended {
    /** Network, terms, and which participant this side is. */
    ChannelParty party();

    /** Own requests that are done, for whoever lost the answer. */
    default DoneRequests done() {
        return Standing.in(this).map(Standing::done).orElse(DoneRequests.NONE);
    }
}

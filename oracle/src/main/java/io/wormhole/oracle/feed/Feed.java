package io.wormhole.oracle.feed;

import java.util.concurrent.CompletionStage;

/** A source of readings. */
public interface Feed {
    /** What readings say where they come from. */
    String name();

    /** Reads once; fails with {@link FeedFault}. Any thread may call, and no call blocks. */
    CompletionStage<Reading> read();
}

package io.wormhole.channel.decider;

import io.wormhole.protocol.bytes.Bytes;

/** A short message that the partner sent to a contract in an update that both signed. */
public record HeardStep(long lockId, Bytes payload) {
    /** Longer messages are not kept: no secret is as long. */
    static final int MOST_BYTES = 128;
}

package io.wormhole.protocol.settlement;

import io.wormhole.protocol.crypto.Hash;

/** What became of a submitted transaction. */
public sealed interface Submission {
    /** It waits for a block, or is in one already: submitting again changes nothing. */
    record Accepted(Hash transaction) implements Submission {}

    /** The node does not take it: {@code code} is stable, {@code reason} is for people. */
    record Refused(String code, String reason) implements Submission {}
}

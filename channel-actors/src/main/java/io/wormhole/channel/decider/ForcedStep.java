package io.wormhole.channel.decider;

import io.wormhole.protocol.bytes.Bytes;

/** A contract step that the chain shall run since the partner does not co-sign it. */
public record ForcedStep(long lockId, Bytes message) {}

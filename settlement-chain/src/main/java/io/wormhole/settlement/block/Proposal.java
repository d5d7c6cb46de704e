package io.wormhole.settlement.block;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;

/**
 * What the producer of a block chooses.
 *
 * @param producer who is paid
 * @param timeMillis the block's time
 * @param entropy 32 bytes
 */
public record Proposal(Address producer, long timeMillis, Hash entropy) {}

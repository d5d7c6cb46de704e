package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;

/**
 * A vote that a validator of this node has signed.
 *
 * @param validator who signed
 * @param sourceEpoch epoch of the link's source
 * @param targetEpoch epoch of the link's target
 * @param signed the signed transaction's encoding, to be sent again unchanged
 */
public record VoteRecord(Address validator, long sourceEpoch, long targetEpoch, Bytes signed) {}

package io.wormhole.isa.contract;

import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.ledger.BlockHeight;

/**
 * A message to a contract. Whoever runs the call vouches for sender and height; the payload is what
 * the sender wrote.
 *
 * @param sender index of the participant who sends it
 * @param height block height at which the call counts: agreed by both in a channel, the block's own
 *     on the chain
 * @param payload an encoded value
 */
public record ContractMessage(int sender, BlockHeight height, Bytes payload) {
    /** A message with {@code payload} encoded. */
    public static ContractMessage of(int sender, BlockHeight height, Value payload) {
        return new ContractMessage(sender, height, ValueCodec.encode(payload));
    }
}

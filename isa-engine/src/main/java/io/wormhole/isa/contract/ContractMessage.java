package io.wormhole.isa.contract;

import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;

/**
 * A message to a contract. Whoever runs the call vouches for all but the payload, which is what the
 * sender wrote.
 *
 * @param sender index of the participant who sends it
 * @param height block height at which the call counts: agreed by both in a channel, the block's own
 *     on the chain
 * @param payload an encoded value
 * @param answers roots of the answered oracles that are final; proofs of answers lead to one
 */
public record ContractMessage(int sender, BlockHeight height, Bytes payload, List<Hash> answers) {
    /** Copies the list. */
    public ContractMessage {
        answers = List.copyOf(answers);
    }

    /** A message that no answer goes with. */
    public ContractMessage(int sender, BlockHeight height, Bytes payload) {
        this(sender, height, payload, List.of());
    }

    /** A message with {@code payload} encoded. */
    public static ContractMessage of(int sender, BlockHeight height, Value payload) {
        return new ContractMessage(sender, height, ValueCodec.encode(payload));
    }
}

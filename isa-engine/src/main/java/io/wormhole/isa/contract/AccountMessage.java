package io.wormhole.isa.contract;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;

/**
 * A message to a contract that has an account of its own. Whoever runs the call vouches for all but
 * the payload.
 *
 * @param sender the account that sends it
 * @param height of the block
 * @param balance what the contract has, the message's amount included
 * @param payload an encoded value
 * @param amount what came with the message
 * @param answers roots of the answered oracles that are final; proofs of answers lead to one
 */
public record AccountMessage(
        Address sender,
        BlockHeight height,
        Amount balance,
        Bytes payload,
        Amount amount,
        List<Hash> answers) {
    /** Copies the list. */
    public AccountMessage {
        answers = List.copyOf(answers);
    }

    /** A message that no answer goes with. */
    public AccountMessage(
            Address sender, BlockHeight height, Amount balance, Bytes payload, Amount amount) {
        this(sender, height, balance, payload, amount, List.of());
    }
}

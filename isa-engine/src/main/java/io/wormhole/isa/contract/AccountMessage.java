package io.wormhole.isa.contract;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;

/**
 * A message to a contract that has an account of its own. Whoever runs the call vouches for all but
 * the payload.
 *
 * @param sender the account that sends it
 * @param height of the block
 * @param balance what the contract has, the message's amount included
 * @param payload an encoded value
 * @param amount what came with the message
 */
public record AccountMessage(
        Address sender, BlockHeight height, Amount balance, Bytes payload, Amount amount) {}

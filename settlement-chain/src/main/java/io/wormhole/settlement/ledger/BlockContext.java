package io.wormhole.settlement.ledger;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.governance.GovernanceState;

/**
 * The block in which transactions run.
 *
 * @param parameters the network's numbers
 * @param network the network
 * @param height of the block, above 0
 * @param producer who gets fees and rent
 * @param signatures how signatures of senders are checked
 */
public record BlockContext(
        NetworkParameters parameters,
        NetworkId network,
        BlockHeight height,
        Address producer,
        SignatureCheck signatures) {
    /** The same with the parameters that the stake has put into force. */
    public BlockContext governedBy(GovernanceState governance) {
        return governance.values().isEmpty()
                ? this
                : new BlockContext(
                        governance.applyTo(parameters), network, height, producer, signatures);
    }
}

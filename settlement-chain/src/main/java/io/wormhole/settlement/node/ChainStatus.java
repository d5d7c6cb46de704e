package io.wormhole.settlement.node;

import io.wormhole.cluster.link.LinkKey;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.settlement.consensus.SafetyViolation;
import io.wormhole.settlement.peer.PeerStatus;
import java.util.List;
import java.util.Optional;

/**
 * Where a node stands.
 *
 * @param network the network's id
 * @param nodeKey the node's own link key
 * @param head header of the block that it builds on
 * @param headHash its hash
 * @param finalHeight height of the last final block
 * @param finalHash its hash
 * @param justified the last justified checkpoint
 * @param peers who is connected
 * @param headersWaiting headers whose blocks are not here yet; above 0 while it syncs
 * @param waiting transactions that wait for a block
 * @param mining whether it mines now
 * @param voting whether it votes now
 * @param paused why mining and voting pause, where they do
 * @param clockDoubt that this clock or that of the only peer is wrong, where they differ
 * @param alarm set when two conflicting checkpoints are final
 */
public record ChainStatus(
        NetworkId network,
        LinkKey nodeKey,
        BlockHeader head,
        Hash headHash,
        long finalHeight,
        Hash finalHash,
        Checkpoint justified,
        List<PeerStatus> peers,
        int headersWaiting,
        int waiting,
        boolean mining,
        boolean voting,
        Optional<String> paused,
        Optional<String> clockDoubt,
        Optional<SafetyViolation> alarm) {
    /** Copies the list. */
    public ChainStatus {
        peers = List.copyOf(peers);
    }

    /** Blocks between the head and the last final block. */
    public long finalityLag() {
        return head.height().value() - finalHeight;
    }
}

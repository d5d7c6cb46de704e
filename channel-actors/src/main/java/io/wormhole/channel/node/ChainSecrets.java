package io.wormhole.channel.node;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;

/**
 * What hash-time-locks of one channel were shown on the chain.
 *
 * @param readTo blocks above it are to be read another time
 */
public record ChainSecrets(List<Bytes> secrets, BlockHeight readTo) {
    /** Copies the list. */
    public ChainSecrets {
        secrets = List.copyOf(secrets);
    }
}

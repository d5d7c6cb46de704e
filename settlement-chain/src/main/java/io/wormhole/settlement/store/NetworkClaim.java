package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.NetworkId;
import java.util.Optional;

/** A database holds the chain of one network. */
final class NetworkClaim {
    private NetworkClaim() {}

    /** Makes an empty database one of {@code network}; refuses that of another. */
    static void on(Database database, NetworkId network) {
        Optional<Bytes> owner = database.read(on -> Schema.readMeta(on, Schema.NETWORK));
        Bytes own = network.genesis().bytes();
        if (owner.isEmpty()) {
            database.write(
                    on -> {
                        Schema.writeMeta(on, database.dialect(), Schema.NETWORK, own);
                        return true;
                    });
        } else if (!owner.get().equals(own)) {
            throw new StoreException(
                    StoreException.Kind.OTHER_NETWORK,
                    "the chain database "
                            + database.place()
                            + " belongs to network "
                            + owner.get().toHex()
                            + ", the genesis file to "
                            + network
                            + ": use that network's genesis file, or another data directory");
        }
    }
}

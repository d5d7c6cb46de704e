package io.wormhole.settlement.chain;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.store.StoredBlock;
import java.util.Optional;

/** What became of a block that was offered to the chain. */
public sealed interface ImportResult {
    /** The block's hash. */
    Hash block();

    /** It is valid and stored; {@code change} when the followed chain moved. */
    record Imported(StoredBlock stored, Optional<HeadChange> change) implements ImportResult {
        @Override
        public Hash block() {
            return stored.index().hash();
        }
    }

    /** It was here already. */
    record Known(Hash block) implements ImportResult {}

    /** Its parent is not here. */
    record Orphan(Hash block, Hash parent) implements ImportResult {}

    /**
     * It is not for now, and nobody's fault: on a fork below the final block, or from the future.
     */
    record Unwanted(Hash block, String reason) implements ImportResult {}

    /** It breaks the rules; an honest peer does not send it. */
    record Invalid(Hash block, String code, String reason) implements ImportResult {}
}

package io.wormhole.settlement.chain;

import io.wormhole.settlement.store.StoredBlock;
import java.util.List;

/**
 * How the followed chain moved.
 *
 * @param undone blocks that left it, highest first
 * @param applied blocks that joined it, lowest first
 * @param isFinalityNew whether more blocks became final
 */
public record HeadChange(
        List<StoredBlock> undone, List<StoredBlock> applied, boolean isFinalityNew) {
    /** Copies the lists. */
    public HeadChange {
        undone = List.copyOf(undone);
        applied = List.copyOf(applied);
    }

    /** Whether blocks were taken back. */
    public boolean isReorganisation() {
        return !undone.isEmpty();
    }
}

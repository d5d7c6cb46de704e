package io.wormhole.settlement.ledger;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.merkle.MapEntry;

/**
 * Counts the money of a ledger by reading every entry of every map, which also shows that the state
 * is whole.
 *
 * @param entries how many entries there are
 * @param held what they hold together
 */
public record MoneyCount(long entries, Amount held) {
    /** Reads the whole ledger. */
    public static MoneyCount of(Ledger ledger) {
        long entries = 0;
        Amount held = Amount.ZERO;
        for (StateTree tree : StateTree.values()) {
            for (MapEntry entry : ledger.map(tree)) {
                entries++;
                if (Money.canBeIn(tree, entry.key())) {
                    held = held.plus(Money.in(tree, entry.value()));
                }
            }
        }
        return new MoneyCount(entries, held);
    }
}

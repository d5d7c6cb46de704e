package io.wormhole.settlement.ledger;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;

/**
 * Where all money is: {@code genesis + minted = held + pool + burned} after every block.
 *
 * @param genesis all money at the beginning
 * @param minted all subsidies since
 * @param burned all that was destroyed
 * @param pool the reward pool
 * @param held all in accounts, channels, stakes and deposits of questions; counted entry by entry,
 *     independently of the bookings of the rest
 */
public record SupplyTotals(Amount genesis, Amount minted, Amount burned, Amount pool, Amount held)
        implements Canonical {
    /** The totals of a genesis block. */
    static SupplyTotals atGenesis(Amount supply) {
        return new SupplyTotals(supply, Amount.ZERO, Amount.ZERO, Amount.ZERO, supply);
    }

    /** Reads five amounts. */
    public static SupplyTotals readFrom(CanonicalReader in) {
        return new SupplyTotals(
                Amount.readFrom(in),
                Amount.readFrom(in),
                Amount.readFrom(in),
                Amount.readFrom(in),
                Amount.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(genesis).write(minted).write(burned).write(pool).write(held);
    }

    /** All money that exists or was destroyed: what was ever issued. */
    public Amount issued() {
        return genesis.plus(minted);
    }

    /** Whether no base unit is missing or too many. */
    public boolean isBalanced() {
        return issued().equals(held.plus(pool).plus(burned));
    }

    SupplyTotals plusMinted(Amount amount) {
        return new SupplyTotals(genesis, minted.plus(amount), burned, pool, held);
    }

    SupplyTotals plusBurned(Amount amount) {
        return new SupplyTotals(genesis, minted, burned.plus(amount), pool, held);
    }

    SupplyTotals plusPool(Amount amount) {
        return new SupplyTotals(genesis, minted, burned, pool.plus(amount), held);
    }

    SupplyTotals withHeld(Amount amount) {
        return new SupplyTotals(genesis, minted, burned, pool, amount);
    }
}

package io.wormhole.oracle.rules;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;
import java.math.BigInteger;

/**
 * How the deposits of a disputed question are divided, in whole percent, rounded down.
 *
 * @param jurorPercent of a wrong party's deposit, to those who voted with the result
 * @param challengerPercent of a wrong asker's deposit, to a right challenger; 0 is the paper's rule
 * @param unresolvedBurnPercent of both deposits, burned when the vote decides nothing
 */
public record DisputeShares(int jurorPercent, int challengerPercent, int unresolvedBurnPercent)
        implements Canonical {
    /** 10 % to jurors, 50 % to the challenger, 10 % burned when unresolved. */
    public static final DisputeShares DEFAULT = new DisputeShares(10, 50, 10);

    /** Refuses shares below 0 % or of more than 100 % together. */
    public DisputeShares {
        if (jurorPercent < 0 || challengerPercent < 0 || jurorPercent + challengerPercent > 100) {
            throw new IllegalArgumentException(
                    "jurors %d %%, challenger %d %%; allowed: 0 to 100 together"
                            .formatted(jurorPercent, challengerPercent));
        }
        if (unresolvedBurnPercent < 0 || unresolvedBurnPercent > 100) {
            throw new IllegalArgumentException(
                    "burn of %d %%; allowed: 0 to 100".formatted(unresolvedBurnPercent));
        }
    }

    /** Reads three bytes. */
    public static DisputeShares readFrom(CanonicalReader in) {
        return new DisputeShares(in.readU8(), in.readU8(), in.readU8());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeU8(jurorPercent).writeU8(challengerPercent).writeU8(unresolvedBurnPercent);
    }

    /** The jurors' part of a wrong party's deposit. */
    Amount jurors(Amount deposit) {
        return part(deposit, jurorPercent);
    }

    /** The challenger's part of a wrong asker's deposit. */
    Amount challenger(Amount deposit) {
        return part(deposit, challengerPercent);
    }

    /** What is burned of one deposit when the vote decides nothing. */
    Amount unresolvedBurn(Amount deposit) {
        return part(deposit, unresolvedBurnPercent);
    }

    private static Amount part(Amount whole, int percent) {
        return Amount.of(
                BigInteger.valueOf(whole.baseUnits())
                        .multiply(BigInteger.valueOf(percent))
                        .divide(BigInteger.valueOf(100))
                        .longValueExact());
    }
}

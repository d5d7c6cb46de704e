package io.wormhole.settlement.genesis;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;

/**
 * What money costs and brings.
 *
 * @param subsidy what a block mints at most: 70 % to the miner, 20 % to voting stake, 10 % to the
 *     pool
 * @param maximumSupply no more is ever minted, genesis included; at most 2^62 - 1
 * @param minimumGasPrice least base units per byte and per unit of gas
 * @param rentPerBlock what an account owes per block
 * @param deleteReward what the sender gets whose transaction finds an account that cannot pay
 */
public record MoneyRules(
        Amount subsidy,
        Amount maximumSupply,
        Amount minimumGasPrice,
        Amount rentPerBlock,
        Amount deleteReward)
        implements Canonical {
    /** With at most so much money, no sum of amounts of one ledger overflows. */
    public static final Amount LARGEST_SUPPLY = Amount.of((1L << 62) - 1);

    /** Refuses a supply whose sums could overflow. */
    public MoneyRules {
        if (!LARGEST_SUPPLY.covers(maximumSupply)) {
            throw new IllegalArgumentException(
                    "maximum supply %s; allowed: up to %s"
                            .formatted(maximumSupply, LARGEST_SUPPLY));
        }
    }

    /** Reads the fields in order. */
    public static MoneyRules readFrom(CanonicalReader in) {
        return new MoneyRules(
                Amount.readFrom(in),
                Amount.readFrom(in),
                Amount.readFrom(in),
                Amount.readFrom(in),
                Amount.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(subsidy)
                .write(maximumSupply)
                .write(minimumGasPrice)
                .write(rentPerBlock)
                .write(deleteReward);
    }
}

package io.wormhole.isa.contract.order;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;

/**
 * What maker and customer agree on.
 *
 * @param network the settlement network; attestations are bound to it
 * @param orderId unique among all that this attestation key ever attests
 * @param pricePerCup paid for each delivered cup
 * @param count how many cups are ordered, 1 to 1 000 000
 * @param attestationKey the line's key for deliveries
 * @param maker index of the participant who is paid, 0 or 1
 * @param customer index of the other
 * @param deadline last block height at which a delivery counts
 */
public record OrderTerms(
        NetworkId network,
        Hash orderId,
        Amount pricePerCup,
        int count,
        PublicKey attestationKey,
        int maker,
        int customer,
        BlockHeight deadline) {
    /** The most cups in one order. */
    public static final int MAX_COUNT = 1_000_000;

    /** Refuses a count out of range, and participants that are not 0 and 1. */
    public OrderTerms {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("cups: " + count + ", allowed 1 to " + MAX_COUNT);
        }
        if (maker + customer != 1 || maker * customer != 0) {
            throw new IllegalArgumentException(
                    "maker and customer are 0 and 1, found " + maker + " and " + customer);
        }
    }

    /** The price of all cups; throws {@link ArithmeticException} when no amount is that large. */
    public Amount total() {
        return pricePerCup.times(count);
    }
}

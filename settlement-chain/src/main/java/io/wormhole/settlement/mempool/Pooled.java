package io.wormhole.settlement.mempool;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.math.BigInteger;
import java.util.Comparator;

/** A waiting transaction with what the pool asks of it again and again. */
record Pooled(SignedTransaction signed, Hash id, Address sender, int size, long arrival) {
    /** Best paying first, then first come. */
    static final Comparator<Pooled> BEST_FIRST =
            Comparator.comparing(Pooled::gasPrice).reversed().thenComparingLong(Pooled::arrival);

    static Pooled of(SignedTransaction signed, long arrival) {
        return new Pooled(
                signed,
                signed.id(),
                signed.transaction().sender().address(),
                signed.encoded().size(),
                arrival);
    }

    Nonce nonce() {
        return signed.transaction().nonce();
    }

    Amount gasPrice() {
        return signed.transaction().gasPrice();
    }

    boolean isVote() {
        return signed.transaction().body() instanceof FinalityTransaction.Vote;
    }

    /** Gas price times size; the largest amount on overflow. */
    Amount fee() {
        BigInteger fee =
                BigInteger.valueOf(gasPrice().baseUnits()).multiply(BigInteger.valueOf(size));
        return Amount.of(fee.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
    }
}

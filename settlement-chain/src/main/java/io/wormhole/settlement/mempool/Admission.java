package io.wormhole.settlement.mempool;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import java.util.Optional;

/** What the pool says to a transaction. */
public sealed interface Admission {
    /** It waits now; {@code replaced} is the cheaper one with the same nonce that it put out. */
    record Added(Optional<Hash> replaced) implements Admission {}

    /** It waits already. */
    record Known() implements Admission {}

    /** It does not get in. */
    sealed interface Refused extends Admission {
        /** Stable word for programs. */
        String code();

        /** One line for people. */
        String reason();
    }

    /** The account has used this nonce already. */
    record NonceUsed(Nonce offered, Nonce accountNonce) implements Refused {
        @Override
        public String code() {
            return "nonce-used";
        }

        @Override
        public String reason() {
            return "nonce %s is used; the next is %s".formatted(offered, accountNonce.next());
        }
    }

    /** The nonce is too far ahead to wait for those before it. */
    record NonceTooFar(Nonce offered, Nonce highestAllowed) implements Refused {
        @Override
        public String code() {
            return "nonce-too-far";
        }

        @Override
        public String reason() {
            return "nonce %s is too far ahead; allowed: up to %s"
                    .formatted(offered, highestAllowed);
        }
    }

    /** Another transaction with this nonce waits and pays nearly as much or more. */
    record ReplacementTooCheap(Amount offered, Amount needed) implements Refused {
        @Override
        public String code() {
            return "replacement-too-cheap";
        }

        @Override
        public String reason() {
            return "a transaction with this nonce waits; to replace it pay a gas price of %d base units, offered: %d"
                    .formatted(needed.baseUnits(), offered.baseUnits());
        }
    }

    /** The sender's waiting transactions cost more than it has. */
    record CannotPay(Amount needed, Amount balance) implements Refused {
        @Override
        public String code() {
            return "insufficient-funds";
        }

        @Override
        public String reason() {
            return "fees of the waiting transactions are %s DSD, the account has %s"
                    .formatted(needed, balance);
        }
    }

    /** The sender has as many waiting transactions as one may have. */
    record SenderFull(int limit) implements Refused {
        @Override
        public String code() {
            return "sender-limit";
        }

        @Override
        public String reason() {
            return "at most " + limit + " transactions of one sender can wait";
        }
    }

    /** The pool is full of better paying transactions. */
    record PoolFull(Amount offered, Amount lowest) implements Refused {
        @Override
        public String code() {
            return "pool-full";
        }

        @Override
        public String reason() {
            return "the pool is full; pay a gas price above %d base units, offered: %d"
                    .formatted(lowest.baseUnits(), offered.baseUnits());
        }
    }

    /** Too many votes wait. */
    record TooManyVotes(int limit) implements Refused {
        @Override
        public String code() {
            return "too-many-votes";
        }

        @Override
        public String reason() {
            return "at most " + limit + " votes can wait";
        }
    }
}

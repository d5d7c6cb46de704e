package io.wormhole.settlement.ledger;

import io.wormhole.oracle.rules.QuestionRefusal;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.settlement.consensus.Outcome.Reason;
import java.math.BigInteger;
import java.util.Locale;

/** Why the ledger refuses a transaction: one record per rule, with the numbers a person needs. */
public sealed interface Refusal
        permits ChannelRefusal,
                NameRefusal,
                Refusal.GasWithoutContract,
                Refusal.GasLimitTooHigh,
                Refusal.TooLarge,
                Refusal.GasPriceTooLow,
                Refusal.VoteNotPlain,
                Refusal.SignatureInvalid,
                Refusal.AccountUnknown,
                Refusal.NonceExpected,
                Refusal.FundsTooLow,
                Refusal.TransferOfNothing,
                Refusal.AccountCanPay,
                Refusal.ContractMalformed,
                Refusal.ContractUnknown,
                Refusal.FinalityRefused,
                Refusal.GovernanceRefused,
                Refusal.EvidenceNotSigned,
                Refusal.OracleUnknown,
                Refusal.OracleRefused {
    /** One line for people: what was found and what is allowed. */
    String message();

    /** A stable name for programs: the record's name in lower case with hyphens. */
    default String code() {
        return getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    // Format.

    /** Gas limits where no contract runs. */
    record GasWithoutContract(long time, long space) implements Refusal {
        @Override
        public String message() {
            return "gas limits %d and %d, but no contract runs; allowed: 0".formatted(time, space);
        }
    }

    /** Gas limits that no block can hold. */
    record GasLimitTooHigh(long time, long space, long maximumGas, long maximumSpace)
            implements Refusal {
        @Override
        public String message() {
            return "gas limits %d and %d; allowed: %d together, %d for space"
                    .formatted(time, space, maximumGas, maximumSpace);
        }
    }

    /** Too many bytes. */
    record TooLarge(int bytes, int maximum) implements Refusal {
        @Override
        public String message() {
            return "a transaction of %d bytes; allowed: %d".formatted(bytes, maximum);
        }
    }

    /** A gas price below the network's least. */
    record GasPriceTooLow(Amount found, Amount minimum) implements Refusal {
        @Override
        public String message() {
            return "gas price of %d base units; allowed: from %d"
                    .formatted(found.baseUnits(), minimum.baseUnits());
        }
    }

    /** A finality vote that pays, counts a nonce or carries anything. */
    record VoteNotPlain() implements Refusal {
        @Override
        public String message() {
            return "a finality vote has gas price, nonce and gas limits 0 and no data hash";
        }
    }

    // Signature.

    /** The sender did not sign this transaction for this network. */
    record SignatureInvalid(Address sender) implements Refusal {
        @Override
        public String message() {
            return "not signed by %s for this network".formatted(sender);
        }
    }

    // Nonce.

    /** The sender has no account. */
    record AccountUnknown(Address address) implements Refusal {
        @Override
        public String message() {
            return "there is no account %s".formatted(address);
        }
    }

    /** The nonce was used, or leaves a gap. */
    record NonceExpected(Nonce expected, Nonce found) implements Refusal {
        @Override
        public String message() {
            return "nonce %s; expected: %s".formatted(found, expected);
        }
    }

    // Funds.

    /** The sender cannot pay the fee and what the transaction takes. */
    record FundsTooLow(BigInteger needed, Amount available) implements Refusal {
        @Override
        public String message() {
            return "%d base units needed, %d available".formatted(needed, available.baseUnits());
        }
    }

    // Rules of transfers.

    /** A transfer of nothing, which would only make accounts. */
    record TransferOfNothing(Address to) implements Refusal {
        @Override
        public String message() {
            return "a transfer of nothing to %s; allowed to oneself only".formatted(to);
        }
    }

    // Rules of accounts.

    /** An account that pays its rent cannot be deleted. */
    record AccountCanPay(Address account, Amount balance) implements Refusal {
        @Override
        public String message() {
            return "%s pays its rent and has %s DSD left".formatted(account, balance);
        }
    }

    // Rules of contracts.

    /** Code or first state that is none. */
    record ContractMalformed(String detail) implements Refusal {
        @Override
        public String message() {
            return "not a contract: " + detail;
        }
    }

    /** There is no contract at the address. */
    record ContractUnknown(Address contract) implements Refusal {
        @Override
        public String message() {
            return "there is no contract at %s".formatted(contract);
        }
    }

    // Rules of stakes and finality.

    /** The finality gadget refuses. */
    record FinalityRefused(Reason reason, String detail) implements Refusal {
        @Override
        public String code() {
            return "finality-" + reason.id();
        }

        @Override
        public String message() {
            return detail;
        }
    }

    /** Governance refuses. */
    record GovernanceRefused(String word, String detail) implements Refusal {
        @Override
        public String code() {
            return "governance-" + word;
        }

        @Override
        public String message() {
            return detail;
        }
    }

    /** Evidence with a vote that its validator did not sign. */
    record EvidenceNotSigned(Hash vote) implements Refusal {
        @Override
        public String message() {
            return "vote %s is not signed by its validator for this network".formatted(vote);
        }
    }

    // Rules of oracles.

    /** There is no such open question. */
    record OracleUnknown(OracleId oracle) implements Refusal {
        @Override
        public String message() {
            return "there is no open question %s".formatted(oracle);
        }
    }

    /** The rules of questions refuse. */
    record OracleRefused(QuestionRefusal refusal) implements Refusal {
        @Override
        public String code() {
            return refusal.code();
        }

        @Override
        public String message() {
            return refusal.message();
        }
    }
}

package io.wormhole.settlement.ledger;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.genesis.BlockLimits;
import io.wormhole.settlement.ledger.TransitionTable.Payment;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Applies one transaction to a ledger, in this order: format, signature, nonce, funds, rule,
 * result. Pure and total: whatever the bytes said, the answer is an {@link Outcome}.
 */
public final class Transitions {
    private final SignedTransaction signed;
    private final Transaction transaction;
    private final Address sender;
    private final BlockContext context;
    private final TransitionTable.Row<?> row;
    private final int bytes;

    private Transitions(SignedTransaction signed, BlockContext context) {
        this.signed = signed;
        this.transaction = signed.transaction();
        this.sender = transaction.sender().address();
        this.context = context;
        this.row = TransitionTable.of(transaction.body());
        this.bytes = signed.encoded().size();
    }

    /** The ledger after the transaction, or why there is none. */
    public static Outcome apply(Ledger ledger, SignedTransaction signed, BlockContext context) {
        return new Transitions(signed, context).apply(ledger);
    }

    private Outcome apply(Ledger ledger) {
        Optional<Refusal> refusal = format().or(this::signature);
        if (refusal.isPresent()) {
            return new Outcome.Rejected(refusal.get());
        }
        Draft draft = new Draft(ledger, context, sender);
        draft.fact(new LedgerFact.TransactionApplied(transaction.id()));
        return row.payment() == Payment.FREE ? applyFree(draft) : applyPaid(draft);
    }

    private Optional<Refusal> format() {
        if (bytes > SignedTransaction.MAXIMUM_SIZE) {
            return Transition.refuse(new Refusal.TooLarge(bytes, SignedTransaction.MAXIMUM_SIZE));
        }
        if (row.payment() == Payment.FREE) {
            return isPlain() ? Optional.empty() : Transition.refuse(new Refusal.VoteNotPlain());
        }
        Amount minimum = context.parameters().minimumGasPrice();
        if (!transaction.gasPrice().covers(minimum)) {
            return Transition.refuse(new Refusal.GasPriceTooLow(transaction.gasPrice(), minimum));
        }
        return gasFormat();
    }

    private boolean isPlain() {
        return transaction.gasPrice().isZero()
                && transaction.nonce().equals(Nonce.ZERO)
                && transaction.timeGasLimit() == 0
                && transaction.spaceGasLimit() == 0
                && transaction.dataHash().isEmpty();
    }

    private Optional<Refusal> gasFormat() {
        long time = transaction.timeGasLimit();
        long space = transaction.spaceGasLimit();
        if (row.payment() != Payment.PER_BYTE_AND_GAS && (time != 0 || space != 0)) {
            return Transition.refuse(new Refusal.GasWithoutContract(time, space));
        }
        BlockLimits limits = context.parameters().limits();
        boolean fits =
                space <= limits.maximumSpace()
                        && time <= limits.maximumGas()
                        && time + space <= limits.maximumGas();
        return fits
                ? Optional.empty()
                : Transition.refuse(
                        new Refusal.GasLimitTooHigh(
                                time, space, limits.maximumGas(), limits.maximumSpace()));
    }

    private Optional<Refusal> signature() {
        return context.signatures().accepts(signed, context.network())
                ? Optional.empty()
                : Transition.refuse(new Refusal.SignatureInvalid(sender));
    }

    private Outcome applyFree(Draft draft) {
        Optional<Refusal> refusal = row.apply(transaction, draft);
        return refusal.<Outcome>map(Outcome.Rejected::new)
                .orElseGet(() -> applied(draft, Amount.ZERO));
    }

    private Outcome applyPaid(Draft draft) {
        Optional<AccountEntry> account = draft.touch(sender);
        if (account.isEmpty()) {
            return new Outcome.Rejected(new Refusal.AccountUnknown(sender));
        }
        Nonce expected = account.get().nonce().next();
        if (!transaction.nonce().equals(expected)) {
            return new Outcome.Rejected(new Refusal.NonceExpected(expected, transaction.nonce()));
        }
        BigInteger needed = price(unitsReserved()).add(amount(row.costOf(transaction, context)));
        Amount available = account.get().balance();
        if (needed.compareTo(amount(available)) > 0) {
            return new Outcome.Rejected(new Refusal.FundsTooLow(needed, available));
        }
        return applyFunded(draft);
    }

    private Outcome applyFunded(Draft draft) {
        Amount reserved = Amount.of(price(unitsReserved()).longValueExact());
        draft.debit(sender, reserved);
        draft.useNonce();
        Optional<Refusal> refusal = row.apply(transaction, draft);
        if (refusal.isPresent()) {
            return new Outcome.Rejected(refusal.get());
        }
        Amount fee = Amount.of(price(bytes + draft.gasUsed()).longValueExact());
        if (!fee.equals(reserved)) {
            draft.credit(sender, reserved.minus(fee));
        }
        return applied(draft, fee);
    }

    private static Outcome applied(Draft draft, Amount fee) {
        return new Outcome.Applied(draft.ledger(), fee, draft.rent(), draft.facts());
    }

    private long unitsReserved() {
        return bytes + transaction.timeGasLimit() + transaction.spaceGasLimit();
    }

    private BigInteger price(long units) {
        return amount(transaction.gasPrice()).multiply(BigInteger.valueOf(units));
    }

    private static BigInteger amount(Amount amount) {
        return BigInteger.valueOf(amount.baseUnits());
    }
}

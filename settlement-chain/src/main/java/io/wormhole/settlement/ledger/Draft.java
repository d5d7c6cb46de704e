package io.wormhole.settlement.ledger;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.settlement.genesis.NetworkParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A ledger while one transaction works on it. It never leaves that call: when the transaction is
 * refused, the draft is dropped and nothing has happened.
 */
final class Draft {
    /**
     * No account uses more nonces in a block, so an account that is deleted and made again starts
     * above all that it ever used, and nothing that it signed before is valid again.
     */
    static final long NONCES_PER_BLOCK = 65_536;

    private final BlockContext context;
    private final Address sender;
    private final List<LedgerFact> facts = new ArrayList<>();
    private final TouchedAccounts accounts = new TouchedAccounts();
    private Ledger ledger;
    private Amount rent = Amount.ZERO;
    private long gasUsed;

    Draft(Ledger ledger, BlockContext context, Address sender) {
        this.ledger = ledger;
        this.context = context;
        this.sender = sender;
    }

    BlockContext context() {
        return context;
    }

    NetworkParameters parameters() {
        return context.parameters();
    }

    BlockHeight height() {
        return context.height();
    }

    Address sender() {
        return sender;
    }

    /** The ledger with all that was done so far. */
    Ledger ledger() {
        ledger = accounts.writtenTo(ledger);
        return ledger;
    }

    /** Rent collected so far. */
    Amount rent() {
        return rent;
    }

    /** Time and space gas that a contract has used. */
    long gasUsed() {
        return gasUsed;
    }

    void useGas(long units) {
        gasUsed = Math.addExact(gasUsed, units);
    }

    List<LedgerFact> facts() {
        return facts;
    }

    /** A point to come back to. */
    record Mark(Ledger ledger, Amount rent, int facts) {}

    Mark mark() {
        return new Mark(ledger(), rent, facts.size());
    }

    /** Undoes all since {@code mark} but the gas. */
    void undoTo(Mark mark) {
        ledger.noteUndone();
        accounts.forget();
        ledger = mark.ledger();
        rent = mark.rent();
        facts.subList(mark.facts(), facts.size()).clear();
    }

    void change(UnaryOperator<Ledger> change) {
        ledger = change.apply(ledger);
    }

    void fact(LedgerFact fact) {
        facts.add(fact);
    }

    /** The account after it has paid its rent; empty when there is none, or none any more. */
    Optional<AccountEntry> touch(Address address) {
        Optional<AccountEntry> found = accounts.in(ledger, address);
        if (found.isEmpty() || found.get().lastTouched().equals(height())) {
            return found;
        }
        Rent due = Rent.due(found.get(), height(), parameters().money());
        rent = rent.plus(due.paid());
        accounts.put(address, due.left());
        if (due.left().isEmpty()) {
            // A contract ends with its account.
            ledger = ledger.withContract(address, Optional.empty());
            facts.add(new LedgerFact.AccountDeleted(address));
        }
        if (!due.reward().isZero()) {
            payDeleter(address, due.reward());
        }
        return due.left();
    }

    /** Nobody earns a reward for the own account: there it counts as rent. */
    private void payDeleter(Address deleted, Amount reward) {
        if (deleted.equals(sender)) {
            rent = rent.plus(reward);
        } else {
            credit(sender, reward);
        }
    }

    /** Pays to an account, which is made when there is none. */
    void credit(Address address, Amount amount) {
        AccountEntry account =
                touch(address)
                        .orElseGet(() -> new AccountEntry(Amount.ZERO, firstNonce(), height()));
        put(address, withBalance(account, account.balance().plus(amount)));
    }

    /** Takes from an account that is known to have as much. */
    void debit(Address address, Amount amount) {
        AccountEntry account =
                touch(address)
                        .orElseThrow(() -> new IllegalStateException("no account " + address));
        put(address, withBalance(account, account.balance().minus(amount)));
    }

    private void put(Address address, AccountEntry account) {
        accounts.put(address, Optional.of(account));
    }

    /** Whether an account has as much; every account, or none, has nothing. */
    boolean hasFunds(Address address, Amount amount) {
        return amount.isZero() || balance(address).covers(amount);
    }

    Amount balance(Address address) {
        return touch(address).map(AccountEntry::balance).orElse(Amount.ZERO);
    }

    /** Takes from the sender's account and out of the supply. */
    void burnFromSender(Amount amount) {
        if (!amount.isZero()) {
            debit(sender, amount);
            burn(amount);
        }
    }

    /** Books money that some entry gave up as destroyed. */
    void burn(Amount amount) {
        if (!amount.isZero()) {
            ledger = ledger.withSupply(ledger.supply().plusBurned(amount));
        }
    }

    /** Books money that some entry gave up into the reward pool. */
    void payPool(Amount amount) {
        if (!amount.isZero()) {
            ledger = ledger.withSupply(ledger.supply().plusPool(amount));
        }
    }

    /** Counts the sender's nonce up. */
    void useNonce() {
        AccountEntry account =
                touch(sender).orElseThrow(() -> new IllegalStateException("no sender " + sender));
        put(
                sender,
                new AccountEntry(account.balance(), account.nonce().next(), account.lastTouched()));
    }

    private Nonce firstNonce() {
        return new Nonce(Math.multiplyExact(height().value(), NONCES_PER_BLOCK));
    }

    private static AccountEntry withBalance(AccountEntry account, Amount balance) {
        return new AccountEntry(balance, account.nonce(), account.lastTouched());
    }
}

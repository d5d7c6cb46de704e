package io.wormhole.settlement.ledger;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.state.AccountEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts that one transaction works on: each is read once and written once, however often its
 * money moves in between. Written in the order in which they were first touched.
 */
final class TouchedAccounts {
    private final Map<Address, Touched> touched = new LinkedHashMap<>();

    private static final class Touched {
        private final Hash key;
        private Optional<AccountEntry> entry;
        private boolean isChanged;

        Touched(Hash key, Optional<AccountEntry> entry) {
            this.key = key;
            this.entry = entry;
        }
    }

    /** The account as it is now; one that was not touched yet is looked up in {@code ledger}. */
    Optional<AccountEntry> in(Ledger ledger, Address address) {
        Touched known = touched.get(address);
        if (known == null) {
            Hash key = LedgerKeys.account(address);
            known = new Touched(key, ledger.accountAt(key));
            touched.put(address, known);
        }
        return known.entry;
    }

    /** Changes an account that was looked up before; empty when it is deleted. */
    void put(Address address, Optional<AccountEntry> entry) {
        Touched known = touched.get(address);
        if (known == null) {
            throw new IllegalStateException("account " + address + " was not looked up");
        }
        known.entry = entry;
        known.isChanged = true;
    }

    /** The ledger with what was changed since the last time. */
    Ledger writtenTo(Ledger ledger) {
        Ledger after = ledger;
        for (Touched account : touched.values()) {
            if (account.isChanged) {
                after = after.withAccountAt(account.key, account.entry);
                account.isChanged = false;
            }
        }
        return after;
    }

    /** Drops all, changed or not: the ledger was taken back. */
    void forget() {
        touched.clear();
    }
}

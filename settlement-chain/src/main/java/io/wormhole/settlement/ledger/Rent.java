package io.wormhole.settlement.ledger;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.settlement.genesis.MoneyRules;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a touched account owes for the blocks since it was last touched. An account that cannot pay
 * is deleted.
 *
 * @param left the account after it; empty when deleted
 * @param paid what the block's producer gets
 * @param reward what the sender gets for finding an account to delete
 */
record Rent(Optional<AccountEntry> left, Amount paid, Amount reward) {
    static Rent due(AccountEntry account, BlockHeight now, MoneyRules rules) {
        long blocks = Math.subtractExact(now.value(), account.lastTouched().value());
        BigInteger due =
                BigInteger.valueOf(rules.rentPerBlock().baseUnits())
                        .multiply(BigInteger.valueOf(blocks));
        BigInteger balance = BigInteger.valueOf(account.balance().baseUnits());
        if (due.compareTo(balance) > 0) {
            Amount reward = rules.deleteReward().min(account.balance());
            return new Rent(Optional.empty(), account.balance().minus(reward), reward);
        }
        Amount paid = Amount.of(due.longValueExact());
        AccountEntry left = new AccountEntry(account.balance().minus(paid), account.nonce(), now);
        return new Rent(Optional.of(left), paid, Amount.ZERO);
    }
}

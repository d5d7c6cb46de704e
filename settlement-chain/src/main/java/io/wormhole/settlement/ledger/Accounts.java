package io.wormhole.settlement.ledger;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.transaction.AccountTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.Optional;

/** Deleting accounts that cannot pay their rent: anybody may, and earns the reward. */
final class Accounts {
    private Accounts() {}

    static Optional<Refusal> delete(
            AccountTransaction.Delete body, Transaction transaction, Draft draft) {
        Address account = body.account();
        if (draft.ledger().account(account).isEmpty()) {
            return Transition.refuse(new Refusal.AccountUnknown(account));
        }
        return draft.touch(account).map(left -> new Refusal.AccountCanPay(account, left.balance()));
    }
}

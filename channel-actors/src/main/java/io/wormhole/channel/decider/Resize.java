package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.protocol.channel.ChannelResize;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of what the channel holds: a deposit or a withdrawal of one participant.
 *
 * @param withdrawal whether money goes out
 * @param change what both sign: the amounts, and the channel's state after it
 */
public record Resize(boolean withdrawal, ChannelResize change) {
    /** The change by {@code amount} of participant {@code who}, which that one can afford. */
    static Resize of(ChannelPosition from, int who, boolean withdrawal, Amount amount) {
        ChannelState before = from.state();
        List<Amount> balances = new ArrayList<>(before.balances());
        Amount old = balances.get(who);
        balances.set(who, withdrawal ? old.minus(amount) : old.plus(amount));
        ChannelState after =
                new ChannelState(before.channel(), before.nonce().next(), balances, before.locks());
        List<Amount> amounts = new ArrayList<>(List.of(Amount.ZERO, Amount.ZERO));
        amounts.set(who, amount);
        return new Resize(withdrawal, new ChannelResize(after, amounts));
    }

    /** The nonce of the state after it. */
    public Nonce nonce() {
        return change.state().nonce();
    }

    DomainTag tag() {
        return withdrawal ? DomainTag.CHANNEL_WITHDRAWAL : DomainTag.CHANNEL_DEPOSIT;
    }

    Effect publish(List<Signature> signatures) {
        ChannelTransaction body =
                withdrawal
                        ? new ChannelTransaction.Withdraw(change, signatures)
                        : new ChannelTransaction.Deposit(change, signatures);
        return new Effect.Submit(name() + "-" + nonce(), body, 0, 0);
    }

    /** What it is called. */
    public String name() {
        return withdrawal ? "withdraw" : "deposit";
    }
}

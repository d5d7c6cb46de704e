package io.wormhole.protocol.settlement;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.OracleId;
import java.util.List;

/** One thing that a transaction of a block did. */
public sealed interface LedgerFact {
    /** The transaction with this id was applied. */
    record TransactionApplied(Hash transaction) implements LedgerFact {}

    /** Money moved by a transfer. */
    record Transferred(Address from, Address to, Amount amount) implements LedgerFact {}

    /** A name was claimed, changed, transferred or revoked. */
    record NameChanged(Name name) implements LedgerFact {}

    /** Both deposits are locked. */
    record ChannelOpened(ChannelId channel, ChannelTerms terms) implements LedgerFact {}

    /** A solo close or a challenge recorded {@code state}; settle from {@code closesAt} on. */
    record ChannelClosing(ChannelId channel, Address by, ChannelState state, BlockHeight closesAt)
            implements LedgerFact {}

    /** The chain ran a contract step; {@code state} is the outcome. */
    record ChannelProgressed(ChannelId channel, Address by, ChannelState state)
            implements LedgerFact {}

    /** The channel ended and paid, per participant. */
    record ChannelClosed(ChannelId channel, List<Amount> payouts) implements LedgerFact {
        /** Copies the list. */
        public ChannelClosed {
            payouts = List.copyOf(payouts);
        }
    }

    /** A contract step trapped or ran out of gas: it was paid for and changed nothing else. */
    record ContractStepFailed(ChannelId channel, Address by, String reason) implements LedgerFact {}

    /** A stake was deposited, logged out, withdrawn or slashed, or its validator voted. */
    record StakeChanged(Address validator) implements LedgerFact {}

    /** A question was asked, answered, disputed or resolved. */
    record OracleChanged(OracleId oracle) implements LedgerFact {}

    /** A deposit, a withdrawal or a snapshot recorded {@code state} of an open channel. */
    record ChannelChanged(ChannelId channel, Address by, ChannelState state)
            implements LedgerFact {}

    /** A contract account was made. */
    record ContractCreated(Address contract, Address by, Hash codeHash) implements LedgerFact {}

    /** A contract took a message, with {@code amount} in it. */
    record ContractCalled(Address contract, Address by, Amount amount) implements LedgerFact {}

    /** A contract refused a message: the gas is paid, and all that the message did is undone. */
    record ContractFailed(Address contract, Address by, String reason) implements LedgerFact {}

    /** An account that could not pay its rent was deleted. */
    record AccountDeleted(Address account) implements LedgerFact {}
}

package io.wormhole.settlement.ledger;

import io.wormhole.isa.contract.ContractRefusal;
import io.wormhole.oracle.rules.QuestionRefusal;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.settlement.consensus.Outcome.Reason;
import java.math.BigInteger;
import java.util.Locale;

/** Why the ledger refuses a transaction: one record per rule, with the numbers a person needs. */
public sealed interface Refusal {
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

    // Rules of names.

    /** A short name is claimed that was not sold. */
    record NameAuctioned(Name name, Amount firstBid) implements Refusal {
        @Override
        public String message() {
            return "%s is short, so it is auctioned: bid %s DSD or more".formatted(name, firstBid);
        }
    }

    /** A bid for a name that is claimed, not auctioned. */
    record NameNotAuctioned(Name name) implements Refusal {
        @Override
        public String message() {
            return "%s is not auctioned: names of one to three characters are".formatted(name);
        }
    }

    /** A bid that is not enough. */
    record BidTooLow(Name name, Amount found, Amount needed) implements Refusal {
        @Override
        public String message() {
            return "%s DSD for %s; needed: %s".formatted(found, name, needed);
        }
    }

    /** A claim before the auction ends. */
    record AuctionRuns(Name name, BlockHeight now, BlockHeight endsAt) implements Refusal {
        @Override
        public String message() {
            return "height %s; the auction of %s ends at %s".formatted(now, name, endsAt);
        }
    }

    /** A bid after the auction's end. */
    record AuctionOver(Name name, Address winner) implements Refusal {
        @Override
        public String message() {
            return "%s is sold to %s: claim it for them".formatted(name, winner);
        }
    }

    /** The same commitment waits for its claim. */
    record PreclaimPending(Hash commitment, BlockHeight until) implements Refusal {
        @Override
        public String message() {
            return "commitment %s is known and can be claimed until %s"
                    .formatted(commitment, until);
        }
    }

    /** A top-level name is claimed without its preclaim. */
    record PreclaimMissing(Hash commitment) implements Refusal {
        @Override
        public String message() {
            return "no preclaim of commitment %s (of this name, sender and salt)"
                    .formatted(commitment);
        }
    }

    /** A claim too soon or too late after its preclaim. */
    record PreclaimOutOfWindow(BlockHeight now, BlockHeight from, BlockHeight to)
            implements Refusal {
        @Override
        public String message() {
            return "claimed at height %s; allowed: %s to %s".formatted(now, from, to);
        }
    }

    /** The name has an owner. */
    record NameTaken(Name name, Address owner, BlockHeight expiresAt) implements Refusal {
        @Override
        public String message() {
            return "%s belongs to %s until %s".formatted(name, owner, expiresAt);
        }
    }

    /** The name is not claimed, or expired. */
    record NameUnknown(Name name) implements Refusal {
        @Override
        public String message() {
            return "%s is not claimed".formatted(name);
        }
    }

    /** The sender does not own the name that decides. */
    record NotNameOwner(Name name, Address owner, Address sender) implements Refusal {
        @Override
        public String message() {
            return "%s belongs to %s, not to %s".formatted(name, owner, sender);
        }
    }

    /** A renewal further ahead than allowed. */
    record TermTooLong(long blocks, long maximum) implements Refusal {
        @Override
        public String message() {
            return "a term of %d blocks; allowed: %d".formatted(blocks, maximum);
        }
    }

    // Rules of channels.

    /** The sender is no party of the channel. */
    record NotParticipant(ChannelId channel, Address sender) implements Refusal {
        @Override
        public String message() {
            return "%s is no participant of channel %s".formatted(sender, channel);
        }
    }

    /** The id was used before; it never is again. */
    record ChannelIdUsed(ChannelId channel, ChannelEntry.Phase phase) implements Refusal {
        @Override
        public String message() {
            return "channel %s exists already and is %s".formatted(channel, phase);
        }
    }

    /** There is no such channel. */
    record ChannelUnknown(ChannelId channel) implements Refusal {
        @Override
        public String message() {
            return "there is no channel %s".formatted(channel);
        }
    }

    /** The channel is in another phase of its life. */
    record ChannelNotIn(ChannelId channel, ChannelEntry.Phase found, String allowed)
            implements Refusal {
        @Override
        public String message() {
            return "channel %s is %s; allowed: %s".formatted(channel, found, allowed);
        }
    }

    /** A countdown outside of the network's bounds. */
    record CountdownOutOfRange(long blocks, long minimum, long maximum) implements Refusal {
        @Override
        public String message() {
            return "a countdown of %d blocks; allowed: %d to %d"
                    .formatted(blocks, minimum, maximum);
        }
    }

    /** A deposit below the reserve of the terms. */
    record ReserveNotCovered(Address participant, Amount deposit, Amount reserve)
            implements Refusal {
        @Override
        public String message() {
            return "%s deposits %s DSD, below the reserve of %s"
                    .formatted(participant, deposit, reserve);
        }
    }

    /** A channel without money. */
    record ChannelEmpty(ChannelId channel) implements Refusal {
        @Override
        public String message() {
            return "channel %s would hold no money".formatted(channel);
        }
    }

    /** The other participant cannot pay its deposit. */
    record PartnerFundsTooLow(Address partner, Amount needed, Amount available) implements Refusal {
        @Override
        public String message() {
            return "%s deposits %s DSD and has %s".formatted(partner, needed, available);
        }
    }

    /** Not every participant has signed this for this channel and network. */
    record NotCoSigned(ChannelId channel, String what) implements Refusal {
        @Override
        public String message() {
            return "%s of channel %s lacks a participant's signature".formatted(what, channel);
        }
    }

    /** A co-signed state that is not newer than what both signed and the chain has seen. */
    record StateNotNewer(Nonce found, Nonce agreed) implements Refusal {
        @Override
        public String message() {
            return "state %s; allowed: above %s".formatted(found, agreed);
        }
    }

    /** Balances that do not add up to what the channel holds. */
    record TotalDiffers(Amount found, Amount locked) implements Refusal {
        @Override
        public String message() {
            return "%s DSD in the state, %s in the channel".formatted(found, locked);
        }
    }

    /** No such contract in the state. */
    record LockUnknown(ChannelId channel, long lockId) implements Refusal {
        @Override
        public String message() {
            return "no contract %d in that state of channel %s".formatted(lockId, channel);
        }
    }

    /** The transaction reserves less gas than one step of the contract may use. */
    record GasBelowLock(long time, long space, long lockTime, long lockSpace) implements Refusal {
        @Override
        public String message() {
            return "gas limits %d and %d; the contract was signed with %d and %d"
                    .formatted(time, space, lockTime, lockSpace);
        }
    }

    /** Code or state that is not what was signed. */
    record ContractDiffers(ContractRefusal reason, String detail) implements Refusal {
        @Override
        public String message() {
            return "%s: %s".formatted(reason, detail);
        }
    }

    /** A deposit or withdrawal of nothing. */
    record ChannelUnchanged(ChannelId channel) implements Refusal {
        @Override
        public String message() {
            return "nothing goes into or out of channel %s: take a snapshot instead"
                    .formatted(channel);
        }
    }

    /** A delegate whom the participant did not appoint for this channel. */
    record NotAppointed(ChannelId channel, Address delegate, int participant) implements Refusal {
        @Override
        public String message() {
            return "participant %d of channel %s did not appoint %s"
                    .formatted(participant, channel, delegate);
        }
    }

    /** Settling before the countdown ends. */
    record CountdownRuns(BlockHeight now, BlockHeight closesAt) implements Refusal {
        @Override
        public String message() {
            return "height %s; can be settled from %s".formatted(now, closesAt);
        }
    }

    /** Settling before the last change of the channel is final. */
    record CloseNotFinal(BlockHeight changedAt, BlockHeight finalHeight) implements Refusal {
        @Override
        public String message() {
            return "changed at height %s; final up to %s".formatted(changedAt, finalHeight);
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

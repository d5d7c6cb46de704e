package io.wormhole.settlement.ledger;

import io.wormhole.isa.contract.ContractRefusal;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;

/** Why the ledger refuses what somebody wants to do with a channel. */
public sealed interface ChannelRefusal extends Refusal {
    /** The sender is no party of the channel. */
    record NotParticipant(ChannelId channel, Address sender) implements ChannelRefusal {
        @Override
        public String message() {
            return "%s is no participant of channel %s".formatted(sender, channel);
        }
    }

    /** The id was used before; it never is again. */
    record ChannelIdUsed(ChannelId channel, ChannelEntry.Phase phase) implements ChannelRefusal {
        @Override
        public String message() {
            return "channel %s exists already and is %s".formatted(channel, phase);
        }
    }

    /** There is no such channel. */
    record ChannelUnknown(ChannelId channel) implements ChannelRefusal {
        @Override
        public String message() {
            return "there is no channel %s".formatted(channel);
        }
    }

    /** The channel is in another phase of its life. */
    record ChannelNotIn(ChannelId channel, ChannelEntry.Phase found, String allowed)
            implements ChannelRefusal {
        @Override
        public String message() {
            return "channel %s is %s; allowed: %s".formatted(channel, found, allowed);
        }
    }

    /** A countdown outside of the network's bounds. */
    record CountdownOutOfRange(long blocks, long minimum, long maximum) implements ChannelRefusal {
        @Override
        public String message() {
            return "a countdown of %d blocks; allowed: %d to %d"
                    .formatted(blocks, minimum, maximum);
        }
    }

    /** A deposit below the reserve of the terms. */
    record ReserveNotCovered(Address participant, Amount deposit, Amount reserve)
            implements ChannelRefusal {
        @Override
        public String message() {
            return "%s deposits %s DSD, below the reserve of %s"
                    .formatted(participant, deposit, reserve);
        }
    }

    /** A channel without money. */
    record ChannelEmpty(ChannelId channel) implements ChannelRefusal {
        @Override
        public String message() {
            return "channel %s would hold no money".formatted(channel);
        }
    }

    /** The other participant cannot pay its deposit. */
    record PartnerFundsTooLow(Address partner, Amount needed, Amount available)
            implements ChannelRefusal {
        @Override
        public String message() {
            return "%s deposits %s DSD and has %s".formatted(partner, needed, available);
        }
    }

    /** Not every participant has signed this for this channel and network. */
    record NotCoSigned(ChannelId channel, String what) implements ChannelRefusal {
        @Override
        public String message() {
            return "%s of channel %s lacks a participant's signature".formatted(what, channel);
        }
    }

    /** A co-signed state that is not newer than what both signed and the chain has seen. */
    record StateNotNewer(Nonce found, Nonce agreed) implements ChannelRefusal {
        @Override
        public String message() {
            return "state %s; allowed: above %s".formatted(found, agreed);
        }
    }

    /** Balances that do not add up to what the channel holds. */
    record TotalDiffers(Amount found, Amount locked) implements ChannelRefusal {
        @Override
        public String message() {
            return "%s DSD in the state, %s in the channel".formatted(found, locked);
        }
    }

    /** No such contract in the state. */
    record LockUnknown(ChannelId channel, long lockId) implements ChannelRefusal {
        @Override
        public String message() {
            return "no contract %d in that state of channel %s".formatted(lockId, channel);
        }
    }

    /** The transaction reserves less gas than one step of the contract may use. */
    record GasBelowLock(long time, long space, long lockTime, long lockSpace)
            implements ChannelRefusal {
        @Override
        public String message() {
            return "gas limits %d and %d; the contract was signed with %d and %d"
                    .formatted(time, space, lockTime, lockSpace);
        }
    }

    /** Code or state that is not what was signed. */
    record ContractDiffers(ContractRefusal reason, String detail) implements ChannelRefusal {
        @Override
        public String message() {
            return "%s: %s".formatted(reason, detail);
        }
    }

    /** A deposit or withdrawal of nothing. */
    record ChannelUnchanged(ChannelId channel) implements ChannelRefusal {
        @Override
        public String message() {
            return "nothing goes into or out of channel %s: take a snapshot instead"
                    .formatted(channel);
        }
    }

    /** A delegate whom the participant did not appoint for this channel. */
    record NotAppointed(ChannelId channel, Address delegate, int participant)
            implements ChannelRefusal {
        @Override
        public String message() {
            return "participant %d of channel %s did not appoint %s"
                    .formatted(participant, channel, delegate);
        }
    }

    /** Settling before the countdown ends. */
    record CountdownRuns(BlockHeight now, BlockHeight closesAt) implements ChannelRefusal {
        @Override
        public String message() {
            return "height %s; can be settled from %s".formatted(now, closesAt);
        }
    }

    /** Settling before the last change of the channel is final. */
    record CloseNotFinal(BlockHeight changedAt, BlockHeight finalHeight) implements ChannelRefusal {
        @Override
        public String message() {
            return "changed at height %s; final up to %s".formatted(changedAt, finalHeight);
        }
    }
}

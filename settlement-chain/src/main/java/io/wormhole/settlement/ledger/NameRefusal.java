package io.wormhole.settlement.ledger;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;

/** Why the ledger refuses what somebody wants to do with a name. */
public sealed interface NameRefusal extends Refusal {
    /** A short name is claimed that was not sold. */
    record NameAuctioned(Name name, Amount firstBid) implements NameRefusal {
        @Override
        public String message() {
            return "%s is short, so it is auctioned: bid %s DSD or more".formatted(name, firstBid);
        }
    }

    /** A bid for a name that is claimed, not auctioned. */
    record NameNotAuctioned(Name name) implements NameRefusal {
        @Override
        public String message() {
            return "%s is not auctioned: names of one to three characters are".formatted(name);
        }
    }

    /** A bid that is not enough. */
    record BidTooLow(Name name, Amount found, Amount needed) implements NameRefusal {
        @Override
        public String message() {
            return "%s DSD for %s; needed: %s".formatted(found, name, needed);
        }
    }

    /** A claim before the auction ends. */
    record AuctionRuns(Name name, BlockHeight now, BlockHeight endsAt) implements NameRefusal {
        @Override
        public String message() {
            return "height %s; the auction of %s ends at %s".formatted(now, name, endsAt);
        }
    }

    /** A bid after the auction's end. */
    record AuctionOver(Name name, Address winner) implements NameRefusal {
        @Override
        public String message() {
            return "%s is sold to %s: claim it for them".formatted(name, winner);
        }
    }

    /** The same commitment waits for its claim. */
    record PreclaimPending(Hash commitment, BlockHeight until) implements NameRefusal {
        @Override
        public String message() {
            return "commitment %s is known and can be claimed until %s"
                    .formatted(commitment, until);
        }
    }

    /** A top-level name is claimed without its preclaim. */
    record PreclaimMissing(Hash commitment) implements NameRefusal {
        @Override
        public String message() {
            return "no preclaim of commitment %s (of this name, sender and salt)"
                    .formatted(commitment);
        }
    }

    /** A claim too soon or too late after its preclaim. */
    record PreclaimOutOfWindow(BlockHeight now, BlockHeight from, BlockHeight to)
            implements NameRefusal {
        @Override
        public String message() {
            return "claimed at height %s; allowed: %s to %s".formatted(now, from, to);
        }
    }

    /** The name has an owner. */
    record NameTaken(Name name, Address owner, BlockHeight expiresAt) implements NameRefusal {
        @Override
        public String message() {
            return "%s belongs to %s until %s".formatted(name, owner, expiresAt);
        }
    }

    /** The name is not claimed, or expired. */
    record NameUnknown(Name name) implements NameRefusal {
        @Override
        public String message() {
            return "%s is not claimed".formatted(name);
        }
    }

    /** The sender does not own the name that decides. */
    record NotNameOwner(Name name, Address owner, Address sender) implements NameRefusal {
        @Override
        public String message() {
            return "%s belongs to %s, not to %s".formatted(name, owner, sender);
        }
    }

    /** A renewal further ahead than allowed. */
    record TermTooLong(long blocks, long maximum) implements NameRefusal {
        @Override
        public String message() {
            return "a term of %d blocks; allowed: %d".formatted(blocks, maximum);
        }
    }
}

package io.wormhole.channel.decider;

import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.Optional;

/** What can happen to one side of a channel. */
public sealed interface ChannelAction {
    /** What it is, for people. */
    default String inWords() {
        return "news of the partner or the chain";
    }

    /** The owner wants to open a channel; this side is participant 0. */
    record Open(NetworkId network, ChannelTerms terms) implements ChannelAction {
        @Override
        public String inWords() {
            return "opening";
        }
    }

    /** The owner agrees to terms that the partner signed; this side is participant 1. */
    record Agree(NetworkId network, ChannelMessage.OpenRequest request) implements ChannelAction {
        @Override
        public String inWords() {
            return "agreeing to open";
        }
    }

    /** The owner wants an update. */
    record MakeOffer(Offer offer) implements ChannelAction {
        @Override
        public String inWords() {
            return "an update";
        }
    }

    /** The owner wants to add to its balance from its account, or to take from it. */
    record Resize(boolean withdrawal, Amount amount) implements ChannelAction {
        @Override
        public String inWords() {
            return withdrawal ? "a withdrawal" : "a deposit";
        }
    }

    /** The owner wants the chain to record the newest state, so that no older one can count. */
    record Snapshot() implements ChannelAction {
        @Override
        public String inWords() {
            return "a snapshot";
        }
    }

    /** The owner wants to close together. */
    record CloseTogether() implements ChannelAction {
        @Override
        public String inWords() {
            return "closing together";
        }
    }

    /**
     * The owner gives the partner up: close alone, and let the chain run a step if there is one.
     */
    record Dispute(Optional<ForcedStep> step) implements ChannelAction {
        @Override
        public String inWords() {
            return "closing alone";
        }
    }

    /** The memory was restored from a copy that may be old. */
    record Restored() implements ChannelAction {
        @Override
        public String inWords() {
            return "putting it in doubt";
        }
    }

    /** The memory is gone; a copy of it, perhaps old, was kept at another place. */
    record TakeBack(KnownChannel copy) implements ChannelAction {
        @Override
        public String inWords() {
            return "taking a copy back";
        }
    }

    /**
     * The owner takes it upon itself that a restored memory is the newest; or, where the partner
     * proved a newer state, that this one is.
     */
    record Trust() implements ChannelAction {
        @Override
        public String inWords() {
            return "trusting what is known here";
        }
    }

    /** The partner said something. */
    record Hear(ChannelMessage message) implements ChannelAction {}

    /** The link to the partner is up. */
    record Connected() implements ChannelAction {}

    /**
     * The chain did not take a transaction of this channel.
     *
     * @param purpose of the {@link Effect.Submit} that it came from
     */
    record NotTaken(String purpose, String reason) implements ChannelAction {}

    /**
     * What the chain says now. Level-triggered: a missed, repeated or undone block does no harm.
     *
     * @param tentative the channel at the head
     * @param settled the channel at the last final block
     */
    record ChainSeen(
            Optional<ChannelEntry> tentative,
            Optional<ChannelEntry> settled,
            BlockHeight height,
            BlockHeight finalHeight)
            implements ChannelAction {}
}

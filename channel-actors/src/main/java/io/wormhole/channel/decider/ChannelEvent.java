package io.wormhole.channel.decider;

import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import java.util.List;
import java.util.Optional;

/** What one side of a channel stores; memory is rebuilt from these alone. */
public sealed interface ChannelEvent {
    /**
     * Whether this need not be on the disk before the messages that follow from it: they show
     * nothing that this side signed with it. A crash may take it back, with all that came after it;
     * so nobody but the partner is told before it is durable.
     */
    default boolean isSoonEnough() {
        return false;
    }

    /** This side signed terms as participant 0. */
    record OpenProposed(NetworkId network, ChannelTerms terms, Signature mine)
            implements ChannelEvent {}

    /** Both signed the terms; {@code me} is this side's index. */
    record TermsAgreed(NetworkId network, ChannelTerms terms, int me, List<Signature> signatures)
            implements ChannelEvent {
        /** Copies the list. */
        public TermsAgreed {
            signatures = List.copyOf(signatures);
        }
    }

    /** The partner did not agree to the terms; it holds our signature nevertheless. */
    record OpenAbandoned(String reason) implements ChannelEvent {}

    /** The opening is final. */
    record OpenedOnChain() implements ChannelEvent {}

    /** This side wants an update. */
    record UpdateOffered(Offer offer) implements ChannelEvent {
        /** Nothing is signed. */
        @Override
        public boolean isSoonEnough() {
            return true;
        }
    }

    /** The wanted update will not be. */
    record OfferDropped(String reason) implements ChannelEvent {
        /** Asked for again, it is refused again. */
        @Override
        public boolean isSoonEnough() {
            return true;
        }
    }

    /** This side signed the partner's update. */
    record UpdateSigned(Update update, Signature mine) implements ChannelEvent {}

    /**
     * The partner has signed a wish of this side that it does not know any more: it signed the last
     * division again, two nonces later.
     */
    record UpdateSkipped(Signature mine) implements ChannelEvent {}

    /** The partner forgot its wish: the last division has both signatures two nonces later. */
    record SkipCompleted(List<Signature> signatures) implements ChannelEvent {
        /** Copies the list. */
        public SkipCompleted {
            signatures = List.copyOf(signatures);
        }
    }

    /** The own offer has both signatures. */
    record OfferCompleted(List<Signature> signatures) implements ChannelEvent {
        /** Copies the list. */
        public OfferCompleted {
            signatures = List.copyOf(signatures);
        }
    }

    /** The partner's update has both signatures. */
    record PendingCompleted(List<Signature> signatures) implements ChannelEvent {
        /** Copies the list. */
        public PendingCompleted {
            signatures = List.copyOf(signatures);
        }

        /** The own signature was stored before; the partner says its own again. */
        @Override
        public boolean isSoonEnough() {
            return true;
        }
    }

    /** This side wants to close with these balances; nothing is signed yet. */
    record CloseProposed(ClosingBalances balances) implements ChannelEvent {}

    /** The wish to close was refused; the channel goes on. */
    record CloseAbandoned(String reason) implements ChannelEvent {}

    /** This side signed closing balances: it signs no update from here on. */
    record CloseSigned(ClosingBalances balances, Signature mine) implements ChannelEvent {}

    /** The closing balances have both signatures. */
    record CloseCompleted(ClosingBalances balances, List<Signature> signatures)
            implements ChannelEvent {
        /** Copies the list. */
        public CloseCompleted {
            signatures = List.copyOf(signatures);
        }
    }

    /** This side wants to deposit or withdraw; nothing is signed yet. */
    record ResizeProposed(Resize resize) implements ChannelEvent {}

    /** The wish to deposit or withdraw was refused. */
    record ResizeAbandoned(String reason) implements ChannelEvent {}

    /** This side signed the partner's deposit or withdrawal. */
    record ResizeSigned(Resize resize, Signature mine) implements ChannelEvent {}

    /** The own deposit or withdrawal has both signatures. */
    record ResizeCompleted(Resize resize, List<Signature> signatures) implements ChannelEvent {
        /** Copies the list. */
        public ResizeCompleted {
            signatures = List.copyOf(signatures);
        }
    }

    /** The final chain holds a newer agreed state than was known here. */
    record MovedOnChain(ChannelState state) implements ChannelEvent {}

    /** The channel is closed by one side alone; {@code mine}: this side wants it so. */
    record DisputeBegun(boolean mine, Optional<ForcedStep> step) implements ChannelEvent {}

    /** The partner's solo close was undone by a reorganisation: the channel is open again. */
    record DisputeUndone() implements ChannelEvent {}

    /** The partner proved a state that this side does not know: its own data is not complete. */
    record LossDetected(CoSignedState proof) implements ChannelEvent {}

    /** All that is known of the channel came from a copy at another place. */
    record TakenBack(KnownChannel copy) implements ChannelEvent {}

    /** The memory may be old: nothing is signed or published before the partner was asked. */
    record DoubtArose() implements ChannelEvent {}

    /** The memory is the newest after all. */
    record DoubtCleared() implements ChannelEvent {}

    /** The end is final; paid per participant. */
    record Ended(List<Amount> payouts) implements ChannelEvent {
        /** Copies the list. */
        public Ended {
            payouts = List.copyOf(payouts);
        }
    }
}

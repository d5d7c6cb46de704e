package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.ContractInstance;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Nonce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What this side holds in an open channel.
 *
 * @param position the last position that both signed; the opening position at first
 * @param proof the co-signed state of {@code position}; none at the opening, which the chain knows
 * @param offer an update this side wants and nobody has signed
 * @param pending the partner's update that this side alone has signed
 * @param permits standing consents, at most one per lock
 * @param heard short messages of the partner to contracts, oldest first, also when the contract is
 *     gone; the oldest give way, those that show no secret first and a swap's secrets last
 * @param done own requests that are done, for whoever lost the answer
 */
public record Standing(
        ChannelPosition position,
        Optional<CoSignedState> proof,
        Optional<Offer> offer,
        Optional<SignedUpdate> pending,
        List<Permit> permits,
        List<HeardStep> heard,
        DoneRequests done) {
    private static final int MOST_HEARD = 256;
    // Telling what they are worth takes time, so many are sorted out at once.
    private static final int HEARD_BEFORE_SORTING = 128;

    /** Copies the lists. */
    public Standing {
        permits = List.copyOf(permits);
        heard = List.copyOf(heard);
    }

    /** A standing in which the partner has not said anything to a contract yet. */
    public Standing(
            ChannelPosition position,
            Optional<CoSignedState> proof,
            Optional<Offer> offer,
            Optional<SignedUpdate> pending,
            List<Permit> permits) {
        this(position, proof, offer, pending, permits, List.of(), DoneRequests.NONE);
    }

    /**
     * What this side holds in a channel whose locks can still be paid, in whatever phase that is;
     * empty when no lock of the channel can be paid any more, or yet.
     */
    public static Optional<Standing> in(KnownChannel channel) {
        if (channel instanceof Open open) {
            return Optional.of(open.standing());
        } else if (channel instanceof Resizing resizing) {
            return Optional.of(resizing.standing());
        } else if (channel instanceof Disputed disputed) {
            return Optional.of(disputed.standing());
        } else if (channel instanceof Closing closing) {
            // No lock stands in it, but what the partner showed is still known.
            return Optional.of(closing.standing());
        }
        return Optional.empty();
    }

    static Standing opening(ChannelParty party) {
        return new Standing(
                new ChannelPosition(party.terms().initialState(party.network()), List.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The nonce of the last co-signed state. */
    public Nonce nonce() {
        return position.state().nonce();
    }

    Nonce nextNonce() {
        return nonce().next();
    }

    Optional<Permit> permit(long lockId) {
        return permits.stream().filter(permit -> permit.lockId() == lockId).findFirst();
    }

    Standing withOffer(Optional<Offer> wanted) {
        return new Standing(position, proof, wanted, pending, permits, heard, done);
    }

    Standing withPending(SignedUpdate signed) {
        return new Standing(position, proof, offer, Optional.of(signed), permits, heard, done);
    }

    /** What is known when the partner proves a newer state: that state alone. */
    Standing proven(CoSignedState state) {
        return new Standing(
                position,
                Optional.of(state),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                heard,
                done);
    }

    /**
     * What is known when the partner's proof is taken for the newest state; empty when it holds a
     * contract whose state is not known here.
     */
    Optional<Standing> continuedFrom(CoSignedState state) {
        return movedTo(state.state())
                .map(
                        moved ->
                                new Standing(
                                        moved.position(),
                                        Optional.of(state),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(),
                                        heard,
                                        done));
    }

    /**
     * What is held after the chain recorded a newer state on which both agreed; empty when it holds
     * a contract whose state is not known here.
     */
    Optional<Standing> movedTo(ChannelState state) {
        List<ContractInstance> instances = new ArrayList<>();
        for (ContractLock lock : state.locks()) {
            boolean same =
                    position.state()
                            .lock(lock.lockId())
                            .filter(known -> known.codeHash().equals(lock.codeHash()))
                            .filter(known -> known.stateHash().equals(lock.stateHash()))
                            .isPresent();
            if (!same) {
                return Optional.empty();
            }
            instances.add(position.contract(lock.lockId()).orElseThrow());
        }
        return Optional.of(
                new Standing(
                        new ChannelPosition(state, instances),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        permits,
                        heard,
                        done));
    }

    /** Answers the requester of an update that will not be. */
    List<Effect> dropOffer(String reason) {
        List<Effect> answers = new ArrayList<>();
        for (String request : offer.map(Offer::requests).orElse(List.of())) {
            answers.add(new Effect.TellDropped(request, reason));
        }
        return answers;
    }

    /** After the own offer is complete: a permit that came with it begins to hold. */
    Standing completedOffer(ChannelPosition next, List<Signature> signatures) {
        List<Permit> granted = new ArrayList<>(permits);
        offer.flatMap(Offer::permit).ifPresent(granted::add);
        List<String> requests = offer.map(Offer::requests).orElse(List.of());
        return completed(next, signatures)
                .withPermits(granted)
                .withDone(done.with(requests, next.state().nonce()));
    }

    /** After the partner's update is complete: permits are used up; an own offer stays wanted. */
    Standing completedPending(SignedUpdate signed, List<Signature> signatures) {
        return completed(signed.position(), signatures)
                .withOffer(offer)
                .withPermits(ConsentRules.permitsAfter(permits, signed.update()))
                .withHeard(heardAfter(signed.update()));
    }

    /** After both passed over the partner's forgotten wish; what this side wants stays wanted. */
    Standing completedSkip(List<Signature> signatures) {
        return completed(position.skipping(), signatures).withOffer(offer).withPermits(permits);
    }

    /** What the partner showed, also in an update that only this side has signed. */
    public List<HeardStep> allHeard() {
        return pending.map(signed -> heardAfter(signed.update())).orElse(heard);
    }

    private List<HeardStep> heardAfter(Update update) {
        List<HeardStep> all = new ArrayList<>(heard);
        for (ChannelOperation operation : update.operations()) {
            if (operation instanceof ChannelOperation.Step step) {
                HeardStep.of(step).ifPresent(all::add);
            }
        }
        return all.size() > MOST_HEARD + HEARD_BEFORE_SORTING
                ? HeardStep.newest(all, MOST_HEARD)
                : all;
    }

    private Standing completed(ChannelPosition next, List<Signature> signatures) {
        return new Standing(
                next,
                Optional.of(new CoSignedState(next.state(), signatures)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                heard,
                done);
    }

    // A consent to a contract that is gone is of no use.
    private Standing withPermits(List<Permit> held) {
        List<Permit> useful =
                held.stream()
                        .filter(permit -> position.contract(permit.lockId()).isPresent())
                        .toList();
        return new Standing(position, proof, offer, pending, useful, heard, done);
    }

    private Standing withHeard(List<HeardStep> all) {
        return new Standing(position, proof, offer, pending, permits, all, done);
    }

    private Standing withDone(DoneRequests all) {
        return new Standing(position, proof, offer, pending, permits, heard, all);
    }
}

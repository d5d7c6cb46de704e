package io.wormhole.channel.decider;

import io.wormhole.channel.update.ContractInstance;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One side closes alone. What is to be done follows from this memory and the chain alone, at every
 * block anew, so nothing is lost by a restart or a reorganisation.
 *
 * @param mine whether this side wants the close
 * @param steps contract steps for the chain to run, at most one per lock
 */
public record Disputed(ChannelParty party, Standing standing, boolean mine, List<ForcedStep> steps)
        implements KnownChannel {
    /** Copies the list. */
    public Disputed {
        steps = List.copyOf(steps);
    }

    /** A dispute with at most one step. */
    public Disputed(
            ChannelParty party, Standing standing, boolean mine, Optional<ForcedStep> step) {
        this(party, standing, mine, step.stream().toList());
    }

    @Override
    public String phase() {
        return "disputed";
    }

    @Override
    public Decision on(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.ChainSeen seen) {
            return seen(seen, tools);
        }
        if (action instanceof ChannelAction.Dispute dispute) {
            boolean known = dispute.step().filter(wanted -> !steps.contains(wanted)).isEmpty();
            return mine && known
                    ? Decision.repeat()
                    : Decision.accept(
                            List.of(new ChannelEvent.DisputeBegun(true, dispute.step())),
                            Open.beginDispute(standing));
        }
        if (action instanceof ChannelAction.Connected || action instanceof ChannelAction.NotTaken) {
            return Decision.repeat();
        }
        if (action instanceof ChannelAction.TakeBack) {
            return on(new ChannelAction.Restored(), tools);
        }
        if (action instanceof ChannelAction.Restored && mine) {
            // Since this side closes alone it has signed nothing more.
            return Decision.repeat();
        }
        if (action instanceof ChannelAction.Restored) {
            return Decision.accept(new ChannelEvent.DoubtArose(), new Effect.TellDoubt());
        }
        return notNow(action);
    }

    private Decision seen(ChannelAction.ChainSeen seen, Tools tools) {
        if (seen.settled().isPresent()
                && seen.settled().get().phase() == ChannelEntry.Phase.CLOSED) {
            return Ended.decide(seen.settled().get(), standing);
        }
        boolean undone =
                seen.tentative()
                        .filter(entry -> entry.phase() == ChannelEntry.Phase.OPEN)
                        .isPresent();
        if (undone && !mine) {
            List<Effect> effects = new ArrayList<>();
            effects.add(new Effect.TellReady());
            effects.addAll(new Open(party, standing, Optional.empty()).sayAgain(tools));
            return Decision.accept(List.of(new ChannelEvent.DisputeUndone()), effects);
        }
        return Decision.accept(List.of(), owed(seen));
    }

    /** The transactions that this side owes the chain when it looks like {@code seen}. */
    List<Effect> owed(ChannelAction.ChainSeen seen) {
        if (seen.tentative().isEmpty()) {
            return List.of();
        }
        ChannelEntry entry = seen.tentative().get();
        if (entry.phase() == ChannelEntry.Phase.OPEN) {
            return mine ? List.of(closeSolo(entry)) : List.of();
        }
        List<Effect> owed = new ArrayList<>();
        if (entry.phase() == ChannelEntry.Phase.CLOSING) {
            if (beats(entry)) {
                owed.add(challenge());
            } else {
                steps.forEach(step -> forced(step, entry).ifPresent(owed::add));
            }
            // A forced step may be refused by its contract for good, so it does not hold this up: a
            // step that is taken starts the countdown again, and the chain refuses to settle.
            if (!beats(entry)
                    && !seen.height().isBefore(entry.closesAt())
                    && !seen.finalHeight().isBefore(entry.changedAt())) {
                owed.add(
                        new Effect.Submit(
                                "settle", new ChannelTransaction.Settle(party.id()), 0, 0));
            }
        }
        return owed;
    }

    private boolean beats(ChannelEntry entry) {
        return standing.proof().filter(proof -> entry.isReplacedBy(proof.nonce())).isPresent();
    }

    // What the chain has recorded meanwhile may be newer: then it closes in that.
    private Effect closeSolo(ChannelEntry entry) {
        Optional<CoSignedState> shown =
                standing.proof().filter(proof -> entry.isReplacedBy(proof.nonce()));
        String purpose =
                shown.isEmpty() && standing.proof().isPresent() ? "close-as-is" : "close-solo";
        return new Effect.Submit(
                purpose, new ChannelTransaction.CloseSolo(party.id(), shown), 0, 0);
    }

    private Effect challenge() {
        CoSignedState proof = standing.proof().orElseThrow();
        return new Effect.Submit(
                "challenge-" + proof.nonce(),
                new ChannelTransaction.Challenge(party.id(), proof),
                0,
                0);
    }

    // The chain may have the contract with other money, in an update that the partner kept back.
    private Optional<Effect> forced(ForcedStep forced, ChannelEntry entry) {
        Optional<ContractLock> onChain = entry.recorded().lock(forced.lockId());
        Optional<ContractInstance> contract = onChain.flatMap(this::known);
        return contract.map(
                instance ->
                        new Effect.Submit(
                                "force-%d-%s".formatted(forced.lockId(), entry.agreed()),
                                new ChannelTransaction.ForceProgress(
                                        party.id(),
                                        Optional.empty(),
                                        forced.lockId(),
                                        instance.code(),
                                        instance.state(),
                                        forced.message()),
                                onChain.orElseThrow().timeGasLimit(),
                                onChain.orElseThrow().spaceGasLimit()));
    }

    /**
     * Code and state of a contract that this side has signed, also if it does not hold the update.
     */
    private Optional<ContractInstance> known(ContractLock lock) {
        return Stream.concat(
                        Stream.of(standing.position()),
                        standing.pending().stream().map(SignedUpdate::position))
                .filter(
                        position ->
                                position.state()
                                        .lock(lock.lockId())
                                        .filter(ours -> ours.isSameContract(lock))
                                        .isPresent())
                .flatMap(position -> position.contract(lock.lockId()).stream())
                .findFirst();
    }

    @Override
    public boolean awaitsChain() {
        return true;
    }

    // A newer step for a lock takes the place of the one before.
    private List<ForcedStep> with(Optional<ForcedStep> wanted) {
        if (wanted.isEmpty()) {
            return steps;
        }
        List<ForcedStep> all = new ArrayList<>(steps);
        all.removeIf(step -> step.lockId() == wanted.get().lockId());
        all.add(wanted.get());
        return all;
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        if (event instanceof ChannelEvent.DisputeBegun begun) {
            return new Disputed(
                    party, standing.withOffer(Optional.empty()), begun.mine(), with(begun.step()));
        }
        if (event instanceof ChannelEvent.DoubtArose) {
            // It may have been undone and used since; if not, the chain says so at once.
            return new Open(party, standing, Optional.empty()).inDoubt();
        }
        if (event instanceof ChannelEvent.DisputeUndone) {
            return new Open(party, standing, Optional.empty());
        }
        if (event instanceof ChannelEvent.Ended ended) {
            return Ended.of(party, standing, ended);
        }
        throw impossible(event);
    }
}

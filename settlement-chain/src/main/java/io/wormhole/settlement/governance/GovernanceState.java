package io.wormhole.settlement.governance;

import static java.util.Objects.requireNonNull;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.transaction.GovernanceTransaction;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.consensus.Governance;
import io.wormhole.settlement.genesis.NetworkParameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the stake has changed so far, and what it is voting on; part of the state. Immutable.
 *
 * @param values in force in place of those of genesis
 * @param proposals voted on or waiting, at most one per parameter
 */
public record GovernanceState(
        SortedMap<GovernedParameter, Long> values, SortedMap<GovernedParameter, Proposal> proposals)
        implements Canonical {
    /** Epochs for which a proposal can be voted on. */
    public static final long VOTING_EPOCHS = 10;

    /** Epochs from the finality of a tally until it takes effect. */
    public static final long GRACE_EPOCHS = 10;

    /** Nothing was ever proposed. */
    public static final GovernanceState NONE =
            new GovernanceState(new TreeMap<>(), new TreeMap<>());

    /** Copies both maps. */
    public GovernanceState {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        proposals = Collections.unmodifiableSortedMap(new TreeMap<>(proposals));
    }

    /** Reads values, then proposals, both in the order of the parameters. */
    public static GovernanceState readFrom(CanonicalReader in) {
        int most = GovernedParameter.values().length;
        TreeMap<GovernedParameter, Long> values = new TreeMap<>();
        for (Setting setting : in.readList(most, Setting::readFrom)) {
            if (!values.isEmpty() && values.lastKey().compareTo(setting.parameter()) >= 0) {
                throw in.fault("settings not in order");
            }
            values.put(setting.parameter(), setting.value());
        }
        TreeMap<GovernedParameter, Proposal> proposals = new TreeMap<>();
        for (Proposal proposal : in.readList(most, Proposal::readFrom)) {
            if (!proposals.isEmpty() && proposals.lastKey().compareTo(proposal.parameter()) >= 0) {
                throw in.fault("proposals not in order");
            }
            proposals.put(proposal.parameter(), proposal);
        }
        return new GovernanceState(values, proposals);
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        List<Setting> settings = new ArrayList<>();
        values.forEach((parameter, value) -> settings.add(new Setting(parameter, value)));
        out.writeList(settings).writeList(List.copyOf(proposals.values()));
    }

    /**
     * The parameters in force, where genesis had these. Some limit each other, so they are set in
     * an order in which each fits those before it.
     */
    public NetworkParameters applyTo(NetworkParameters genesis) {
        NetworkParameters now = genesis;
        TreeMap<GovernedParameter, Long> left = new TreeMap<>(values);
        while (!left.isEmpty()) {
            GovernedParameter next = left.firstKey();
            for (Map.Entry<GovernedParameter, Long> each : left.entrySet()) {
                if (fits(each.getKey(), each.getValue(), now)) {
                    next = each.getKey();
                    break;
                }
            }
            now = next.set(now, requireNonNull(left.remove(next)));
        }
        return now;
    }

    /** A change of the state, or why there is none. */
    public sealed interface Decision {
        /** The state after it. */
        record Taken(GovernanceState state) implements Decision {}

        /** Why not: a stable word, and a line for people. */
        record Refused(String code, String reason) implements Decision {}
    }

    /** A validator proposes; it says yes with that. */
    public Decision propose(
            GovernanceTransaction.Propose body,
            Address sender,
            FinalityState finality,
            NetworkParameters now) {
        Optional<Decision> refusal = refuse(body.parameter(), sender, finality);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        GovernedParameter parameter = GovernedParameter.find(body.parameter()).orElseThrow();
        Governance.ProposalVerdict verdict =
                parameter.judge(now, body.value(), proposals.containsKey(parameter));
        if (verdict == Governance.ProposalVerdict.OK && !fits(parameter, body.value(), now)) {
            verdict = Governance.ProposalVerdict.OUT_OF_BOUNDS;
        }
        if (verdict != Governance.ProposalVerdict.OK) {
            return new Decision.Refused(
                    verdict.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    parameter.why(verdict, now, body.value()));
        }
        return new Decision.Taken(
                with(Proposal.of(parameter, body.value(), sender, finality.epoch())));
    }

    private static boolean fits(GovernedParameter parameter, long value, NetworkParameters now) {
        try {
            return parameter.valueIn(parameter.set(now, value)) == value;
        } catch (IllegalArgumentException doesNotFit) {
            return false;
        }
    }

    /** A validator votes on the open proposal of a value. */
    public Decision vote(GovernanceTransaction.Vote body, Address sender, FinalityState finality) {
        Optional<Decision> refusal = refuse(body.parameter(), sender, finality);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        GovernedParameter parameter = GovernedParameter.find(body.parameter()).orElseThrow();
        Proposal proposal = proposals.get(parameter);
        if (proposal == null || !proposal.isOpen() || proposal.value() != body.value()) {
            return new Decision.Refused(
                    "no-proposal",
                    "no open proposal to set %s to %d".formatted(parameter.id(), body.value()));
        }
        return new Decision.Taken(with(proposal.withVote(sender, body.isYes())));
    }

    private static Optional<Decision> refuse(
            String parameter, Address sender, FinalityState finality) {
        if (GovernedParameter.find(parameter).isEmpty()) {
            return Optional.of(
                    new Decision.Refused(
                            "unknown-parameter",
                            parameter
                                    + " is nothing that can be voted on; `governance show` lists what is"));
        }
        return finality.currentSet().containsKey(sender)
                ? Optional.empty()
                : Optional.of(
                        new Decision.Refused(
                                "not-a-validator", sender + " has no active stake to vote with"));
    }

    /** What the beginning of an epoch does: tallies, notes finality, puts into force. */
    public GovernanceState beginEpoch(FinalityState finality) {
        GovernanceState state = this;
        long epoch = finality.epoch();
        for (Proposal proposal : proposals.values()) {
            if (proposal.isOpen()) {
                boolean isDue = epoch >= proposal.openedEpoch() + VOTING_EPOCHS;
                state = isDue ? state.tallied(proposal, finality) : state;
            } else if (proposal.activeFrom() == Proposal.NOT_YET) {
                // The tally is in the first block of its epoch: final with the next checkpoint.
                boolean isFinal = finality.finalised().epoch() > proposal.passedEpoch();
                long from = Governance.activationEpoch(epoch, GRACE_EPOCHS);
                state = isFinal ? state.with(proposal.activeFrom(from)) : state;
            } else if (epoch >= proposal.activeFrom()) {
                state = state.without(proposal.parameter()).set(proposal);
            }
        }
        return state;
    }

    private GovernanceState tallied(Proposal proposal, FinalityState finality) {
        return proposal.tally(finality.currentSet()) == Governance.Tally.PASSED
                ? with(proposal.passedIn(finality.epoch()))
                : without(proposal.parameter());
    }

    private GovernanceState with(Proposal proposal) {
        TreeMap<GovernedParameter, Proposal> changed = new TreeMap<>(proposals);
        changed.put(proposal.parameter(), proposal);
        return new GovernanceState(values, changed);
    }

    private GovernanceState without(GovernedParameter parameter) {
        TreeMap<GovernedParameter, Proposal> changed = new TreeMap<>(proposals);
        changed.remove(parameter);
        return new GovernanceState(values, changed);
    }

    private GovernanceState set(Proposal proposal) {
        TreeMap<GovernedParameter, Long> changed = new TreeMap<>(values);
        changed.put(proposal.parameter(), proposal.value());
        return new GovernanceState(changed, proposals);
    }

    private record Setting(GovernedParameter parameter, long value) implements Canonical {
        static Setting readFrom(CanonicalReader in) {
            return new Setting(in.readEnum(GovernedParameter.class), in.readLong());
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeEnum(parameter).writeLong(value);
        }
    }
}

package io.wormhole.settlement.consensus;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import java.util.Map;
import java.util.Optional;

/**
 * The finality gadget (Casper FFG) as seen by one chain after one block; part of the state that the
 * block commits to.
 *
 * <p>For each block call {@link #beginBlock} first, then the changes that its transactions ask for.
 *
 * @param votes the votes of the present epoch
 * @param progress what is justified and what is final
 * @param validators all stakes
 * @param rewards what voting earns
 */
public record FinalityState(
        EpochVotes votes, Progress progress, ValidatorSet validators, VoteRewards rewards)
        implements Canonical {

    /**
     * Returns the state of a genesis block, which is final, with its stakes active at once. Its own
     * hash is not known yet, as it covers this state: until the first block names it, the
     * checkpoint of epoch 0 has the hash zero.
     */
    public static FinalityState atGenesis(Map<Address, Amount> stakes) {
        Checkpoint genesis = new Checkpoint(0, Hash.ZERO);
        return new FinalityState(
                EpochVotes.beginning(genesis, genesis),
                Progress.atGenesis(genesis),
                ValidatorSet.atGenesis(stakes),
                VoteRewards.NONE);
    }

    /** Reads the canonical encoding. */
    public static FinalityState readFrom(CanonicalReader in) {
        return new FinalityState(
                EpochVotes.readFrom(in),
                Progress.readFrom(in),
                ValidatorSet.readFrom(in),
                VoteRewards.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(votes).write(progress).write(validators).write(rewards);
    }

    /** Returns the number of the present epoch. */
    public long epoch() {
        return votes.target().epoch();
    }

    /** Returns the last justified checkpoint. */
    public Checkpoint justified() {
        return progress.justified();
    }

    /** Returns the last final checkpoint. */
    public Checkpoint finalised() {
        return progress.finalised();
    }

    /** Returns the validator set of the present dynasty, with the stake of each. */
    public Map<Address, Amount> currentSet() {
        return validators.activeIn(progress.dynasty());
    }

    /** Returns the validator set of the dynasty before. */
    public Map<Address, Amount> previousSet() {
        return validators.activeIn(progress.dynasty() - 1);
    }

    /** Returns all money held here: stakes, active or not, and the pot of vote rewards. */
    public Amount totalHeld() {
        return validators.total().plus(rewards.pot());
    }

    /**
     * Starts a block: when its parent is a checkpoint, the next epoch begins.
     *
     * @param height the height of the block, above 0
     * @param parent the hash of its parent
     */
    public EpochTransition beginBlock(long height, Hash parent, FinalityRules rules) {
        if (height == 1) {
            return new EpochTransition(naming(new Checkpoint(0, parent)), Amount.ZERO);
        }
        long epochOfBlock = rules.epochOfBlock(height);
        if (epochOfBlock == epoch()) {
            return new EpochTransition(this, Amount.ZERO);
        }
        if (epochOfBlock != epoch() + 1 || !rules.isCheckpoint(height - 1)) {
            throw new IllegalStateException(
                    "block " + height + " does not follow epoch " + epoch());
        }
        return EpochTransition.begin(this, new Checkpoint(epochOfBlock, parent), rules);
    }

    /**
     * Counts a vote, whose signature the caller has checked, in the block of this height.
     *
     * @return the state after it, or why the block that carries it is invalid
     */
    public Outcome<FinalityState> applyVote(Vote vote, long height, FinalityRules rules) {
        Map<Address, Amount> current = currentSet();
        Map<Address, Amount> previous = previousSet();
        if (!current.containsKey(vote.validator()) && !previous.containsKey(vote.validator())) {
            return Outcome.refuse(
                    Outcome.Reason.UNKNOWN_VALIDATOR,
                    vote.validator() + " is in no set of epoch " + epoch());
        }
        Optional<Outcome<FinalityState>> refusal = refuse(vote, height, rules);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        EpochVotes counted = votes.withVoter(vote.validator());
        boolean isNew = progress.justified().epoch() < vote.target().epoch();
        Progress next =
                isNew && DynastyQuorum.isReached(current, previous, counted.voters())
                        ? progress.justify(vote.source(), vote.target())
                        : progress;
        return Outcome.accept(new FinalityState(counted, next, validators, rewards));
    }

    private Optional<Outcome<FinalityState>> refuse(Vote vote, long height, FinalityRules rules) {
        if (votes.voters().contains(vote.validator())) {
            return Optional.of(
                    Outcome.refuse(
                            Outcome.Reason.DUPLICATE_VOTE,
                            vote.validator() + " has voted in epoch " + epoch()));
        }
        boolean mayCarryVotes =
                epoch() > 0 && rules.epochOfBlock(height) == epoch() && !rules.isCheckpoint(height);
        if (!mayCarryVotes || !vote.target().equals(votes.target())) {
            return Optional.of(
                    Outcome.refuse(
                            Outcome.Reason.WRONG_TARGET,
                            "target "
                                    + vote.target()
                                    + " in block "
                                    + height
                                    + "; allowed: "
                                    + votes.target()
                                    + " in blocks strictly between checkpoints, from epoch 1"));
        }
        if (!vote.source().equals(votes.source())) {
            return Optional.of(
                    Outcome.refuse(
                            Outcome.Reason.WRONG_SOURCE,
                            "source " + vote.source() + "; allowed: " + votes.source()));
        }
        return Optional.empty();
    }

    /**
     * Returns the vote that a validator can cast on this chain now; empty when it has voted or may
     * not.
     */
    public Optional<Vote> voteFor(Address validator) {
        boolean mayVote =
                currentSet().containsKey(validator) || previousSet().containsKey(validator);
        return epoch() > 0 && mayVote && !votes.voters().contains(validator)
                ? Optional.of(new Vote(validator, votes.source(), votes.target()))
                : Optional.empty();
    }

    /**
     * Puts a new stake on the waiting list; it becomes active two dynasties later, and final, at
     * the earliest.
     */
    public Outcome<FinalityState> deposit(Address owner, Amount amount, FinalityRules rules) {
        if (validators.find(owner).isPresent()) {
            return Outcome.refuse(Outcome.Reason.ALREADY_STAKED, owner + " has a stake already");
        }
        if (!amount.covers(rules.minimumDeposit())) {
            return Outcome.refuse(
                    Outcome.Reason.DEPOSIT_TOO_SMALL,
                    amount + "; allowed: from " + rules.minimumDeposit());
        }
        if (validators.isFull()) {
            return Outcome.refuse(
                    Outcome.Reason.TOO_MANY_VALIDATORS,
                    "allowed: " + ValidatorSet.MAX_VALIDATORS + " stakes");
        }
        return Outcome.accept(with(validators.with(Validator.joining(owner, amount, now()))));
    }

    /**
     * Notes that a validator wants to leave; a stake that has not become active yet leaves the
     * waiting list.
     */
    public Outcome<FinalityState> logOut(Address owner, FinalityRules rules) {
        Optional<Validator> found = validators.find(owner);
        if (found.isEmpty()) {
            return Outcome.refuse(Outcome.Reason.NOT_STAKED, owner + " has no stake");
        }
        if (found.get().isLeaving()) {
            return Outcome.refuse(
                    Outcome.Reason.ALREADY_LOGGED_OUT,
                    owner + " logged out in epoch " + found.get().loggedOut().epoch());
        }
        Validator leaving = found.get().loggedOut(now());
        boolean neverActive = leaving.activeFrom() == Validator.NEVER;
        long withdrawable = Math.addExact(epoch(), rules.withdrawalDelayEpochs());
        return Outcome.accept(
                with(
                        validators.with(
                                neverActive
                                        ? leaving.retired(progress.dynasty(), withdrawable)
                                        : leaving)));
    }

    /** Takes out a stake whose owner has left long enough ago. */
    public Outcome<Withdrawal> withdraw(Address owner) {
        Optional<Validator> found = validators.find(owner);
        if (found.isEmpty()) {
            return Outcome.refuse(Outcome.Reason.NOT_STAKED, owner + " has no stake");
        }
        long from = found.get().withdrawableFrom();
        if (from > epoch()) {
            return Outcome.refuse(
                    Outcome.Reason.NOT_WITHDRAWABLE,
                    from == Validator.NEVER
                            ? "the stake of " + owner + " is in use; log out first and wait"
                            : "now is epoch " + epoch() + "; allowed: from epoch " + from);
        }
        return Outcome.accept(
                new Withdrawal(with(validators.without(owner)), found.get().deposit()));
    }

    /** Removes the stake of a validator whose two votes, rightly signed, are an offence. */
    public Outcome<Slashed> slash(Evidence evidence) {
        Slashing judgement = evidence.judgement();
        Address offender = evidence.first().validator();
        if (!judgement.isPunished()) {
            return Outcome.refuse(Outcome.Reason.NO_OFFENCE, "the two votes are " + judgement);
        }
        Optional<Validator> found = validators.find(offender);
        if (found.isEmpty()) {
            return Outcome.refuse(Outcome.Reason.NOT_STAKED, offender + " has no stake any more");
        }
        FinalityState after =
                new FinalityState(
                        votes.withoutVoter(offender),
                        progress,
                        validators.without(offender),
                        rewards);
        return Outcome.accept(new Slashed(after, Slashing.penalty(found.get().deposit())));
    }

    /** Sets aside a block's share for those who vote in this epoch. */
    public FinalityState accrueReward(Amount validatorsShare) {
        return new FinalityState(votes, progress, validators, rewards.plus(validatorsShare));
    }

    /** Adds what validators have earned to their stakes; each of them must have one. */
    public FinalityState credit(Map<Address, Amount> earned) {
        return with(
                validators.map(
                        validator ->
                                validator.withDeposit(
                                        validator
                                                .deposit()
                                                .plus(
                                                        earned.getOrDefault(
                                                                validator.address(),
                                                                Amount.ZERO)))));
    }

    private FinalityState naming(Checkpoint genesis) {
        if (!finalised().equals(new Checkpoint(0, Hash.ZERO))) {
            throw new IllegalStateException("the first block does not follow " + finalised());
        }
        return new FinalityState(
                EpochVotes.beginning(genesis, genesis),
                Progress.atGenesis(genesis),
                validators,
                rewards);
    }

    private FinalityState with(ValidatorSet changed) {
        return new FinalityState(votes, progress, changed, rewards);
    }

    private Validator.Moment now() {
        return new Validator.Moment(progress.dynasty(), epoch());
    }

    /**
     * A stake that was paid out.
     *
     * @param state the state without it
     * @param paid what its owner gets
     */
    public record Withdrawal(FinalityState state, Amount paid) {}

    /**
     * A stake that was taken away.
     *
     * @param state the state without it
     * @param penalty where it went
     */
    public record Slashed(FinalityState state, Slashing.Penalty penalty) {}
}

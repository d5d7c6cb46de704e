package io.wormhole.oracle.rules;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.Question;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Casting and counting votes, and what voting with the result earns. */
public final class VoteRules {
    private VoteRules() {}

    /** A validator votes with all its stake, once in a window. */
    public static Ruling<CastVotes> stakeVote(
            Question question, CastVotes votes, StakeVoter voter, OracleTerms terms) {
        Optional<QuestionRefusal> refusal = QuestionRules.refuseVote(question, voter.now(), terms);
        if (refusal.isPresent()) {
            return Ruling.refuse(refusal.get());
        }
        if (!voter.hasStake()) {
            return Ruling.refuse(new QuestionRefusal.NoStake(voter.address()));
        }
        Answer before = votes.stake().get(voter.address());
        if (before != null) {
            return Ruling.refuse(new QuestionRefusal.AlreadyVoted(voter.address(), before));
        }
        return votes.stake().size() >= CastVotes.MAXIMUM_VOTERS
                ? Ruling.refuse(new QuestionRefusal.TooManyVoters(CastVotes.MAXIMUM_VOTERS))
                : Ruling.allow(votes.withStake(voter.address(), voter.says()));
    }

    /** A validator that votes, and whether its stake is active now. */
    public record StakeVoter(Address address, boolean hasStake, Answer says, BlockHeight now) {}

    /** The producer of the block at {@code now} votes with it. */
    public static Ruling<CastVotes> workVote(
            Question question, CastVotes votes, WorkVoter voter, OracleTerms terms) {
        Optional<QuestionRefusal> refusal = QuestionRules.refuseVote(question, voter.now(), terms);
        if (refusal.isPresent()) {
            return Ruling.refuse(refusal.get());
        }
        if (votes.lastWorkAt().filter(voter.now()::equals).isPresent()) {
            return Ruling.refuse(new QuestionRefusal.BlockHasVoted(question.id(), voter.now()));
        }
        return votes.work().size() >= CastVotes.MAXIMUM_VOTERS
                ? Ruling.refuse(new QuestionRefusal.TooManyVoters(CastVotes.MAXIMUM_VOTERS))
                : Ruling.allow(votes.withWork(voter.producer(), voter.says(), voter.now()));
    }

    /** A producer that votes with the block at {@code now}. */
    public record WorkVoter(Address producer, Answer says, BlockHeight now) {}

    /**
     * Counts the votes at the end of their window.
     *
     * @param stakes the active stakes then: who was slashed or left in between has none
     */
    public static Ballot count(CastVotes votes, Map<Address, Amount> stakes, OracleTerms terms) {
        EnumMap<Answer, Amount> stake = new EnumMap<>(Answer.class);
        votes.stake()
                .forEach(
                        (voter, answer) ->
                                stake.merge(
                                        answer,
                                        stakes.getOrDefault(voter, Amount.ZERO),
                                        Amount::plus));
        EnumMap<Answer, Long> work = new EnumMap<>(Answer.class);
        votes.work().forEach((voter, blocks) -> work.merge(voter.answer(), blocks, Math::addExact));
        return new Ballot(Amount.sum(stakes.values()), stake, terms.voteBlocks(), work);
    }

    /**
     * Divides what jurors earn: one half to the stake and one to the blocks that voted with the
     * result, each in proportion; all of {@code reward} is given out.
     */
    public static JurorShares jurorShares(
            Amount reward, Answer result, CastVotes votes, Map<Address, Amount> stakes) {
        Amount forWork = Amount.of(reward.baseUnits() / 2);
        TreeMap<Address, Long> stake = new TreeMap<>();
        votes.stake()
                .forEach(
                        (voter, answer) -> {
                            Amount weight = stakes.getOrDefault(voter, Amount.ZERO);
                            if (answer == result && !weight.isZero()) {
                                stake.put(voter, weight.baseUnits());
                            }
                        });
        TreeMap<Address, Long> work = new TreeMap<>();
        votes.work()
                .forEach(
                        (voter, blocks) -> {
                            if (voter.answer() == result) {
                                work.put(voter.producer(), blocks);
                            }
                        });
        return new JurorShares(divide(reward.minus(forWork), stake), divide(forWork, work));
    }

    /** What each validator and each producer earns. */
    public record JurorShares(Map<Address, Amount> stake, Map<Address, Amount> work) {}

    /** In proportion to the weights, to the last unit: shares of the running sum, rounded down. */
    private static Map<Address, Amount> divide(Amount whole, SortedMap<Address, Long> weights) {
        BigInteger total =
                weights.values().stream()
                        .map(BigInteger::valueOf)
                        .reduce(BigInteger.ZERO, BigInteger::add);
        Map<Address, Amount> shares = new LinkedHashMap<>();
        BigInteger running = BigInteger.ZERO;
        long given = 0;
        for (Map.Entry<Address, Long> entry : weights.entrySet()) {
            running = running.add(BigInteger.valueOf(entry.getValue()));
            long upToHere =
                    running.multiply(BigInteger.valueOf(whole.baseUnits()))
                            .divide(total)
                            .longValueExact();
            shares.put(entry.getKey(), Amount.of(upToHere - given));
            given = upToHere;
        }
        return shares;
    }
}

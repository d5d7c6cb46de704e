package io.wormhole.settlement.governance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.transaction.GovernanceTransaction;
import io.wormhole.settlement.consensus.EpochVotes;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.consensus.Progress;
import io.wormhole.settlement.genesis.ChannelRules;
import io.wormhole.settlement.genesis.NetworkParameters;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A proposal from epoch to epoch. */
class GovernanceStateTest {
    private static final NetworkParameters FIRST = NetworkParameters.development();
    private static final GovernedParameter GAS = GovernedParameter.GAS_PRICE;
    private static final long OPENED = 5;
    private static final long TALLY = OPENED + GovernanceState.VOTING_EPOCHS;

    private static FinalityState in(long epoch, long finalEpoch) {
        FinalityState first =
                FinalityState.atGenesis(
                        Map.of(Alice.ADDRESS, Amount.of(90), Bob.ADDRESS, Amount.of(10)));
        Checkpoint last = new Checkpoint(finalEpoch, Hash.ZERO);
        return new FinalityState(
                new EpochVotes(new Checkpoint(epoch, Hash.ZERO), last, new TreeSet<>()),
                new Progress(last, last, 0, 0),
                first.validators(),
                first.rewards());
    }

    private static GovernanceState proposed(long value) {
        GovernanceState.Decision decision =
                GovernanceState.NONE.propose(
                        new GovernanceTransaction.Propose(GAS.id(), value),
                        Alice.ADDRESS,
                        in(OPENED, 0),
                        FIRST);
        assertThat(decision).isInstanceOf(GovernanceState.Decision.Taken.class);
        return ((GovernanceState.Decision.Taken) decision).state();
    }

    @Test
    void aProposalIsTalliedWhenItsTermIsOverAndNotBefore() {
        GovernanceState open = proposed(12);

        assertThat(open.beginEpoch(in(TALLY - 1, 0))).isEqualTo(open);
        assertThat(requireNonNull(open.beginEpoch(in(TALLY, 0)).proposals().get(GAS)).passedEpoch())
                .isEqualTo(TALLY);
    }

    @Test
    void whatHasPassedWaitsUntilItsTallyIsFinalAndThenForItsGrace() {
        GovernanceState passed = proposed(12).beginEpoch(in(TALLY, TALLY - 2));

        assertThat(passed.beginEpoch(in(TALLY + 1, TALLY))).isEqualTo(passed);
        GovernanceState waiting = passed.beginEpoch(in(TALLY + 2, TALLY + 1));
        long from = requireNonNull(waiting.proposals().get(GAS)).activeFrom();
        GovernanceState before = waiting.beginEpoch(in(from - 1, TALLY + 1));
        GovernanceState active = waiting.beginEpoch(in(from, TALLY + 1));

        assertThat(from).isEqualTo(TALLY + 2 + GovernanceState.GRACE_EPOCHS);
        assertThat(before).isEqualTo(waiting);
        assertThat(active.proposals()).isEmpty();
        assertThat(active.values()).isEqualTo(Map.of(GAS, 12L));
        assertThat(active.applyTo(FIRST).minimumGasPrice()).isEqualTo(Amount.of(12));
    }

    @Test
    void aProposalNeedsAVoterWithStakeAndAStepWithinItsBounds() {
        assertThat(refusal(12, in(OPENED, 0))).isEmpty();
        assertThat(refusal(13, in(OPENED, 0))).isEqualTo("step-too-large");
        assertThat(refusal(10, in(OPENED, 0))).isEqualTo("no-change");
        assertThat(
                        GovernanceState.NONE.propose(
                                new GovernanceTransaction.Propose(GAS.id(), 12),
                                new Address(Hash.ZERO),
                                in(OPENED, 0),
                                FIRST))
                .isInstanceOfSatisfying(
                        GovernanceState.Decision.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("not-a-validator"));
    }

    @Test
    void aRefusalSaysWhatIsWrongAndWhatWouldBeRight() {
        assertThat(reason(GAS, 13))
                .isEqualTo("gas.price from 10 to 13 is too far at once; allowed now: 8 to 12");
        assertThat(reason(GAS, 10)).isEqualTo("gas.price is 10 already");
        assertThat(reason(GovernedParameter.ACCOUNT_RENT, 1))
                .contains("is 0", "no vote can change it");
    }

    private static String reason(GovernedParameter parameter, long value) {
        GovernanceState.Decision decision =
                GovernanceState.NONE.propose(
                        new GovernanceTransaction.Propose(parameter.id(), value),
                        Alice.ADDRESS,
                        in(OPENED, 0),
                        FIRST);
        return ((GovernanceState.Decision.Refused) decision).reason();
    }

    private static String refusal(long value, FinalityState finality) {
        GovernanceState.Decision decision =
                GovernanceState.NONE.propose(
                        new GovernanceTransaction.Propose(GAS.id(), value),
                        Alice.ADDRESS,
                        finality,
                        FIRST);
        return decision instanceof GovernanceState.Decision.Refused refused ? refused.code() : "";
    }

    @Test
    void everyParameterHasBoundsAroundItsValue() {
        for (GovernedParameter parameter : GovernedParameter.values()) {
            assertThat(parameter.valueIn(FIRST))
                    .as(parameter.id())
                    .isBetween(parameter.minimum(), parameter.maximum());
            assertThat(parameter.maximum()).isGreaterThan(parameter.minimum());
        }
        assertThat(
                        Arrays.stream(GovernedParameter.values())
                                .filter(parameter -> parameter.minimum() > 0))
                .isNotEmpty();
    }

    @Test
    void parametersThatLimitEachOtherAreSetInAnOrderThatFits() {
        long longest = FIRST.channels().maximumCountdownBlocks();
        TreeMap<GovernedParameter, Long> values =
                new TreeMap<>(
                        Map.of(
                                GovernedParameter.SHORTEST_COUNTDOWN,
                                longest + 200,
                                GovernedParameter.LONGEST_COUNTDOWN,
                                longest + 300));

        NetworkParameters now = new GovernanceState(values, new TreeMap<>()).applyTo(FIRST);

        assertThat(now.channels()).isEqualTo(new ChannelRules(longest + 200, longest + 300));
    }

    @Test
    void anotherOrderIsAnotherEncodingAndRefused() {
        GovernedParameter one = GovernedParameter.GAS_PRICE;
        GovernedParameter two = GovernedParameter.ACCOUNT_RENT;
        TreeMap<GovernedParameter, Long> both = new TreeMap<>(Map.of(one, 1L, two, 2L));
        Bytes first = values(Map.of(one, 1L));
        Bytes second = values(Map.of(two, 2L));
        Bytes right = values(both);
        int item = right.size() - first.size();
        int start = first.size() - 4 - item;
        Bytes count = right.slice(0, start);
        Bytes end = right.slice(right.size() - 4, right.size());
        Bytes a = first.slice(start, start + item);
        Bytes b = second.slice(start, start + item);

        assertThat(decode(count.concat(a).concat(b).concat(end)).values()).isEqualTo(both);
        for (Bytes wrong : new Bytes[] {b.concat(a), a.concat(a)}) {
            assertThatThrownBy(() -> decode(count.concat(wrong).concat(end)))
                    .isInstanceOf(MalformedBytesException.class)
                    .hasMessageContaining("not in order");
        }
    }

    private static Bytes values(Map<GovernedParameter, Long> values) {
        return new GovernanceState(new TreeMap<>(values), new TreeMap<>()).encoded();
    }

    private static GovernanceState decode(Bytes encoded) {
        return CanonicalReader.decode(encoded, GovernanceState::readFrom);
    }

    @Test
    void proposalsInAnotherOrderAreRefused() {
        Bytes one = proposed(12).encoded();
        Bytes head = one.slice(0, 4);
        Bytes item = one.slice(8, one.size());
        Bytes two = Bytes.ofHex("00000002");

        assertThat(decode(one)).isEqualTo(proposed(12));
        assertThatThrownBy(() -> decode(head.concat(two).concat(item).concat(item)))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("not in order");
    }

    @Test
    void onlyAValidatorVotesAndOnlyOnAnOpenProposalOfThatValue() {
        GovernanceTransaction.Vote yes = new GovernanceTransaction.Vote(GAS.id(), 12, true);

        assertThat(refused(proposed(12).vote(yes, new Address(Hash.ZERO), in(OPENED, 0))))
                .isEqualTo("not-a-validator");
        assertThat(refused(proposed(11).vote(yes, Bob.ADDRESS, in(OPENED, 0))))
                .isEqualTo("no-proposal");
        assertThat(refused(GovernanceState.NONE.vote(yes, Bob.ADDRESS, in(OPENED, 0))))
                .isEqualTo("no-proposal");
        assertThat(
                        refused(
                                proposed(12)
                                        .vote(
                                                new GovernanceTransaction.Vote("nothing", 1, true),
                                                Bob.ADDRESS,
                                                in(OPENED, 0))))
                .isEqualTo("unknown-parameter");
        assertThat(refused(proposed(12).vote(yes, Bob.ADDRESS, in(OPENED, 0)))).isEmpty();
    }

    private static String refused(GovernanceState.Decision decision) {
        return decision instanceof GovernanceState.Decision.Refused refused ? refused.code() : "";
    }

    @Test
    void aValueThatDoesNotFitToTheOthersIsOutOfBounds() {
        NetworkParameters narrow =
                GovernedParameter.LONGEST_COUNTDOWN.set(
                        GovernedParameter.SHORTEST_COUNTDOWN.set(FIRST, 4_900), 5_000);

        assertThat(shortest(narrow, 5_000)).isEmpty();
        assertThat(shortest(narrow, 5_001)).isEqualTo("out-of-bounds");
    }

    private static String shortest(NetworkParameters now, long value) {
        return refused(
                GovernanceState.NONE.propose(
                        new GovernanceTransaction.Propose(
                                GovernedParameter.SHORTEST_COUNTDOWN.id(), value),
                        Alice.ADDRESS,
                        in(OPENED, 0),
                        now));
    }

    @Test
    void votersInAnotherOrderAreRefused() {
        GovernanceState.Decision decision =
                proposed(12)
                        .vote(
                                new GovernanceTransaction.Vote(GAS.id(), 12, true),
                                Bob.ADDRESS,
                                in(OPENED, 0));
        Bytes whole = ((GovernanceState.Decision.Taken) decision).state().encoded();
        int ballot = 33;
        int end = whole.size() - 16;
        Bytes before = whole.slice(0, end - 2 * ballot);
        Bytes first = whole.slice(end - 2 * ballot, end - ballot);
        Bytes second = whole.slice(end - ballot, end);
        Bytes after = whole.slice(end, whole.size());

        assertThat(decode(before.concat(first).concat(second).concat(after)).encoded())
                .isEqualTo(whole);
        for (Bytes wrong : new Bytes[] {second.concat(first), first.concat(first)}) {
            assertThatThrownBy(() -> decode(before.concat(wrong).concat(after)))
                    .isInstanceOf(MalformedBytesException.class)
                    .hasMessageContaining("ascending");
        }
    }
}

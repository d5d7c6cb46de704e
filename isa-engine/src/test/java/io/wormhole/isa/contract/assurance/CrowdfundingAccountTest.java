package io.wormhole.isa.contract.assurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.isa.contract.AccountCall;
import io.wormhole.isa.contract.AccountMessage;
import io.wormhole.isa.contract.AccountOutcome;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.contract.assurance.CrowdfundingState.Outcome;
import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.SettledQuestions;
import io.wormhole.protocol.fixtures.Vectors;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnswerProof;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.ContractTransaction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CrowdfundingAccountTest {
    private static final ContractCode LOADED = ContractCode.load(CrowdfundingAccount.code());
    private static final OracleId DELIVERED = OracleId.of(Alice.ADDRESS, new Nonce(7));
    private static final Address ACCOUNT = person("account");
    private static final Address MAKER = person("maker");
    private static final long DEADLINE = 100;
    private static final long EXPIRY = 200;
    private static final Map<String, Outcome> ENDINGS =
            Map.of(
                    "SUCCESS", Outcome.SUCCESS,
                    "REFUND:goal", Outcome.GOAL_MISSED,
                    "REFUND:not-delivered", Outcome.NOT_DELIVERED);

    private Bytes state = Bytes.EMPTY;
    private Amount balance = Amount.ZERO;
    private long height = 10;
    private List<Hash> answers = List.of();
    private final Map<Address, Long> got = new HashMap<>();

    private static Address person(String name) {
        return new Address(
                Hash.of(DomainTag.ENTROPY, Bytes.of(name.getBytes(StandardCharsets.UTF_8))));
    }

    private static CrowdfundingAccount.Terms terms(long goal, long bonusPpm) {
        return new CrowdfundingAccount.Terms(
                DELIVERED,
                MAKER,
                Amount.of(goal),
                bonusPpm,
                new BlockHeight(DEADLINE),
                new BlockHeight(EXPIRY));
    }

    private void starts(long goal, long bond, long bonusPpm) {
        ContractTransaction.Create create =
                CrowdfundingAccount.create(terms(goal, bonusPpm), Amount.of(bond));
        state = AccountCall.firstState(create.terms(), create.progress());
        balance = create.endowment();
        height = 10;
        got.clear();
    }

    private AccountOutcome send(Address who, ContractTransaction.Call call) {
        AccountOutcome outcome =
                AccountCall.run(
                        LOADED,
                        state,
                        new AccountMessage(
                                who,
                                new BlockHeight(height),
                                balance.plus(call.amount()),
                                call.payload(),
                                call.amount(),
                                answers),
                        CrowdfundingAccount.GAS);
        if (outcome instanceof AccountOutcome.Taken taken) {
            state = taken.state();
            balance = balance.plus(call.amount());
            for (AccountOutcome.Transfer paid : taken.transfers()) {
                balance = balance.minus(paid.amount());
                got.merge(paid.to(), paid.amount().baseUnits(), Long::sum);
            }
        }
        return outcome;
    }

    private AccountOutcome.Taken takes(Address who, ContractTransaction.Call call) {
        AccountOutcome outcome = send(who, call);
        assertThat(outcome).isInstanceOf(AccountOutcome.Taken.class);
        return (AccountOutcome.Taken) outcome;
    }

    private void refuses(Address who, ContractTransaction.Call call, String why) {
        AccountOutcome outcome = send(who, call);
        assertThat(outcome).isInstanceOf(AccountOutcome.Refused.class);
        assertThat(((AccountOutcome.Refused) outcome).detail()).contains(why);
    }

    private void pledges(String who, long amount) {
        takes(person(who), CrowdfundingAccount.pledge(ACCOUNT, Amount.of(amount)));
    }

    private void claims(Address who) {
        takes(person("anybody"), CrowdfundingAccount.claim(ACCOUNT, who));
    }

    private AnswerProof settled(Optional<Answer> answer) {
        SettledQuestions questions = SettledQuestions.ofOthers(9).with(DELIVERED, answer);
        answers = List.of(questions.root());
        return questions.proof(DELIVERED);
    }

    private void answered(Optional<Answer> answer) {
        takes(person("anybody"), CrowdfundingAccount.answer(ACCOUNT, settled(answer)));
    }

    private CrowdfundingState read() {
        return CrowdfundingState.read(state);
    }

    @Test
    void backersAreRefundedWithABonusUnlessAllIsDelivered() {
        for (JsonNode row : Vectors.cases("mechanisms/insured_crowdfunding.json")) {
            starts(
                    row.get("goal").asLong(),
                    row.get("bond").asLong(),
                    row.get("bonusPpm").asLong());
            JsonNode pledges = row.get("pledges");
            pledges.fieldNames().forEachRemaining(who -> pledges(who, pledges.get(who).asLong()));
            height = DEADLINE;
            if (row.has("delivered")) {
                answered(Optional.of(Answer.valueOf(row.get("delivered").asText())));
            } else {
                takes(person("anybody"), CrowdfundingAccount.settle(ACCOUNT));
            }

            JsonNode expect = row.get("expect");
            assertThat(read().outcome()).isEqualTo(ENDINGS.get(expect.get("outcome").asText()));
            claims(MAKER);
            assertThat(got).containsEntry(MAKER, expect.get("entrepreneur").asLong());
            JsonNode payout = expect.get("payout");
            payout.fieldNames().forEachRemaining(who -> paidInFull(who, payout.get(who).asLong()));
            assertThat(balance).isEqualTo(Amount.ZERO);
        }
    }

    private void paidInFull(String who, long amount) {
        if (amount > 0) {
            claims(person(who));
        }
        refuses(person(who), CrowdfundingAccount.claim(ACCOUNT, person(who)), "nothing to claim");
        assertThat(got.getOrDefault(person(who), 0L)).isEqualTo(amount);
    }

    @Test
    void fiveHundredBackersHaveReachedTheGoalAndThereAreNoMore() {
        starts(999_999, 50_000, 50_000);
        CrowdfundingAccount.Terms terms = terms(999_999, 50_000);
        assertThat(terms.leastPledge()).isEqualTo(Amount.of(2_000));
        refuses(
                person("crumb"),
                CrowdfundingAccount.pledge(ACCOUNT, Amount.of(1_999)),
                "a five-hundredth of the goal");
        for (int i = 0; i < CrowdfundingAccount.MOST_BACKERS; i++) {
            pledges("backer" + i, 2_000);
        }
        refuses(
                person("late"),
                CrowdfundingAccount.pledge(ACCOUNT, Amount.of(2_000)),
                "500 backers already");
        pledges("backer7", 5_000);
        assertThat(state.size()).as("fits into an account").isLessThan(32_768);
        height = DEADLINE;
        refuses(MAKER, CrowdfundingAccount.settle(ACCOUNT), "reached and the answer is awaited");

        AccountOutcome.Taken ended =
                takes(
                        person("anybody"),
                        CrowdfundingAccount.answer(ACCOUNT, settled(Optional.of(Answer.NO))));

        assertThat(ended.gasUsed().time()).isLessThan(CrowdfundingAccount.GAS.time() / 4);
        assertThat(ended.gasUsed().space()).isLessThan(CrowdfundingAccount.GAS.space() / 4);
        assertThat(read().isCoveredBy(balance)).isTrue();
        claims(MAKER);
        for (int i = 0; i < CrowdfundingAccount.MOST_BACKERS; i++) {
            claims(person("backer" + i));
        }
        assertThat(got).containsEntry(person("backer7"), 7_000L + 7_000 * 49_751 / 1_000_000);
        assertThat(balance).isEqualTo(Amount.ZERO);
    }

    @Test
    void eachDeadlineIsTheFirstHeightThatNoLongerCounts() {
        starts(1_000, 100, 50_000);
        height = DEADLINE - 1;
        pledges("a", 400);
        refuses(MAKER, CrowdfundingAccount.settle(ACCOUNT), "the deadline is not over");
        pledges("a", 700);
        refuses(
                MAKER,
                CrowdfundingAccount.answer(ACCOUNT, settled(Optional.of(Answer.YES))),
                "the deadline is not over");
        for (height = DEADLINE; height <= DEADLINE + 1; height++) {
            refuses(
                    person("b"),
                    CrowdfundingAccount.pledge(ACCOUNT, Amount.of(700)),
                    "the deadline is over");
        }
        height = EXPIRY - 1;
        refuses(MAKER, CrowdfundingAccount.settle(ACCOUNT), "the answer is awaited");
        height = EXPIRY;
        refuses(
                MAKER,
                CrowdfundingAccount.answer(ACCOUNT, settled(Optional.of(Answer.YES))),
                "expired");

        takes(person("a"), CrowdfundingAccount.settle(ACCOUNT));

        assertThat(read().outcome()).isEqualTo(Outcome.NOT_DELIVERED);
        refuses(person("a"), CrowdfundingAccount.settle(ACCOUNT), "already ended");
    }

    @Test
    void whereNobodyCanSayAllGetBackWhatTheyPutIn() {
        for (Optional<Answer> neither :
                List.of(Optional.<Answer>empty(), Optional.of(Answer.BAD_QUESTION))) {
            starts(1_000, 100, 50_000);
            pledges("a", 1_000);
            height = DEADLINE;
            answered(neither);

            claims(person("a"));
            claims(MAKER);

            assertThat(got).containsEntry(person("a"), 1_000L).containsEntry(MAKER, 100L);
        }
    }

    @Test
    void wrongMessagesAreRefusedAndChangeNothing() {
        starts(1_000, 100, 50_000);
        pledges("a", 300);
        Bytes before = state;

        refuses(MAKER, CrowdfundingAccount.pledge(ACCOUNT, Amount.of(9)), "no pledge");
        refuses(person("a"), CrowdfundingAccount.pledge(ACCOUNT, Amount.ZERO), "at least");
        refuses(person("a"), CrowdfundingAccount.claim(ACCOUNT, person("a")), "not yet ended");
        refuses(
                person("a"),
                CrowdfundingAccount.answer(ACCOUNT, settled(Optional.of(Answer.NO))),
                "the goal is not reached");
        refuses(person("a"), raw(5, Value.text("settle")), "nothing is paid");
        refuses(person("a"), raw(0, Value.text("steal")), "unknown message");
        answers = List.of();
        pledges("b", 700);
        height = DEADLINE;
        AnswerProof proof = settled(Optional.of(Answer.NO));
        answers = List.of();
        refuses(person("a"), CrowdfundingAccount.answer(ACCOUNT, proof), "no final state");

        assertThat(before).isNotEqualTo(state);
        assertThat(read().pledges()).hasSize(2);
    }

    private static ContractTransaction.Call raw(long amount, Value... payload) {
        return new ContractTransaction.Call(
                ACCOUNT, Amount.of(amount), ValueCodec.encode(Value.tuple(payload)));
    }

    @Test
    void nobodyPledgesWhereTheBondWasOnlySaid() {
        starts(1_000, 100, 50_000);
        balance = Amount.of(99);

        assertThat(read().isCoveredBy(balance)).isFalse();
        refuses(
                person("a"),
                CrowdfundingAccount.pledge(ACCOUNT, Amount.of(500)),
                "the bond is not there");
    }

    /** Whoever pledges what, and however it ends: all that came in goes out, to the last unit. */
    @Test
    void moneyIsConserved() {
        Arbitrary arbitrary = Arbitrary.forTest("CrowdfundingAccountTest", 5);
        for (int run = 0; run < 60; run++) {
            starts(1 + arbitrary.below(10_000), arbitrary.below(900), arbitrary.below(300_000));
            long in = balance.baseUnits();
            for (int i = arbitrary.below(12); i > 0; i--) {
                long amount = 1L + arbitrary.below(2_000);
                boolean isTaken =
                        send(
                                        person("p" + arbitrary.below(8)),
                                        CrowdfundingAccount.pledge(ACCOUNT, Amount.of(amount)))
                                instanceof AccountOutcome.Taken;
                in += isTaken ? amount : 0;
            }
            height = DEADLINE + arbitrary.below(150);
            if (!(send(MAKER, CrowdfundingAccount.settle(ACCOUNT))
                    instanceof AccountOutcome.Taken)) {
                answered(Optional.of(arbitrary.oneOf(List.of(Answer.values()))));
            }
            assertThat(read().isCoveredBy(balance)).isTrue();
            send(MAKER, CrowdfundingAccount.claim(ACCOUNT, MAKER));
            for (int i = 0; i < 8; i++) {
                send(MAKER, CrowdfundingAccount.claim(ACCOUNT, person("p" + i)));
            }
            assertThat(balance).isEqualTo(Amount.ZERO);
            assertThat(got.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(in);
        }
    }

    @Test
    void termsThatMakeNoSenseAndStatesOfOthersAreRefused() {
        assertThatThrownBy(() -> terms(0, 1)).hasMessageContaining("goal of zero");
        assertThatThrownBy(() -> terms(1, -1)).hasMessageContaining("bonus below zero");
        assertThatThrownBy(
                        () ->
                                new CrowdfundingAccount.Terms(
                                        DELIVERED,
                                        MAKER,
                                        Amount.of(1),
                                        0,
                                        new BlockHeight(5),
                                        new BlockHeight(5)))
                .hasMessageContaining("not before the expiry");
        unreadable(MapValue.EMPTY, 5, "no outcome");
        unreadable(Value.list(), 0, "a map");
        unreadable(MapValue.EMPTY, -1, "a number from 0");
    }

    private void unreadable(Value pledges, long outcome, String why) {
        ContractTransaction.Create create =
                CrowdfundingAccount.create(terms(1_000, 0), Amount.of(1));
        Value progress = Value.tuple(pledges, Value.of(outcome), Value.of(0), Value.of(1));
        Bytes wrong = AccountCall.firstState(create.terms(), ValueCodec.encode(progress));
        assertThatThrownBy(() -> CrowdfundingState.read(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}

package io.wormhole.isa.contract.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.isa.contract.AccountCall;
import io.wormhole.isa.contract.AccountMessage;
import io.wormhole.isa.contract.AccountOutcome;
import io.wormhole.isa.contract.ContractCode;
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
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.ContractTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

final class PredictionMarketTest {
    private static final OracleId QUESTION = OracleId.of(Alice.ADDRESS, new Nonce(7));
    private static final Amount UNIT = Amount.of(1_000_000);
    private static final Address MARKET = person("market");

    private Bytes state = first();
    private Amount balance = Amount.ZERO;
    private long height = 10;
    private final Map<Address, Long> got = new HashMap<>();
    private List<Hash> answers = List.of();

    private static Bytes first() {
        ContractTransaction.Create create = PredictionMarket.create(QUESTION, UNIT);
        return AccountCall.firstState(create.terms(), create.progress());
    }

    private static Address person(String name) {
        return new Address(
                Hash.of(DomainTag.ENTROPY, Bytes.of(name.getBytes(StandardCharsets.UTF_8))));
    }

    private AccountOutcome send(Address who, ContractTransaction.Call call) {
        AccountOutcome outcome =
                AccountCall.run(
                        ContractCode.load(PredictionMarket.code()),
                        state,
                        new AccountMessage(
                                who,
                                new BlockHeight(height),
                                balance.plus(call.amount()),
                                call.payload(),
                                call.amount(),
                                answers),
                        PredictionMarket.GAS);
        if (outcome instanceof AccountOutcome.Taken taken) {
            state = taken.state();
            balance = balance.plus(call.amount());
            got.merge(who, -call.amount().baseUnits(), Long::sum);
            for (AccountOutcome.Transfer paid : taken.transfers()) {
                balance = balance.minus(paid.amount());
                got.merge(paid.to(), paid.amount().baseUnits(), Long::sum);
            }
        }
        return outcome;
    }

    private long got(String who) {
        return got.getOrDefault(person(who), 0L);
    }

    private void takes(Address who, ContractTransaction.Call call) {
        assertThat(send(who, call)).isInstanceOf(AccountOutcome.Taken.class);
    }

    private void refuses(Address who, ContractTransaction.Call call, String why) {
        AccountOutcome outcome = send(who, call);
        assertThat(outcome).isInstanceOf(AccountOutcome.Refused.class);
        assertThat(((AccountOutcome.Refused) outcome).detail()).contains(why);
    }

    private void buys(String who, boolean isYes, long limit, long count) {
        takes(person(who), PredictionMarket.buy(MARKET, UNIT, isYes, limit, count));
    }

    private MarketState market() {
        return MarketState.read(state);
    }

    private MarketState.Holder holder(String name) {
        return market().holders().stream()
                .filter(holder -> holder.address().equals(person(name)))
                .findFirst()
                .orElse(new MarketState.Holder(person(name), 0, 0));
    }

    private long sum(ToLongFunction<MarketState.Holder> shares) {
        return market().holders().stream().mapToLong(shares).sum();
    }

    @Test
    void batchHasOnePriceThatOfMostVolume() {
        for (JsonNode row : Vectors.cases("mechanisms/prediction_batch.json")) {
            state = first();
            balance = Amount.ZERO;
            got.clear();
            height = 10;
            for (boolean isYes : new boolean[] {true, false}) {
                for (JsonNode order : row.get(isYes ? "yes" : "no")) {
                    buys(
                            order.get(0).asText(),
                            isYes,
                            order.get(1).asLong(),
                            order.get(2).asLong());
                }
            }
            height++;

            takes(person("somebody"), PredictionMarket.clear(MARKET));

            JsonNode expect = row.get("expect");
            if (expect.get("volume").asLong() == 0) {
                assertThat(market().history()).isEmpty();
                continue;
            }
            assertThat(market().history())
                    .containsExactly(
                            new MarketState.Batch(
                                    10,
                                    expect.get("price").asLong(),
                                    expect.get("volume").asLong()));
            JsonNode yes = expect.get("yesFills");
            yes.fieldNames()
                    .forEachRemaining(
                            who -> assertThat(holder(who).yes()).isEqualTo(yes.get(who).asLong()));
            JsonNode no = expect.get("noFills");
            no.fieldNames()
                    .forEachRemaining(
                            who -> assertThat(holder(who).no()).isEqualTo(no.get(who).asLong()));
            // Nobody else gets any.
            long volume = expect.get("volume").asLong();
            assertThat(sum(MarketState.Holder::yes)).isEqualTo(volume);
            assertThat(sum(MarketState.Holder::no)).isEqualTo(volume);
            assertThat(-got("a")).isEqualTo(expect.get("yesCost").asLong() * 1_000_000);
        }
    }

    @Test
    void ordersOfOneBlockWaitForTheNextAndWhatIsLeftStaysInTheBook() {
        buys("alice", true, 600_000, 10);
        buys("bob", false, 500_000, 4);
        assertThat(market().history()).isEmpty();
        height++;

        buys("carl", false, 100_000, 1);

        assertThat(holder("alice").yes()).isEqualTo(4);
        assertThat(holder("bob").no()).isEqualTo(4);
        assertThat(market().book())
                .contains(new MarketState.Order(person("alice"), true, 600_000, 6));
        takes(person("alice"), PredictionMarket.cancel(MARKET, true));
        assertThat(-got("alice")).isEqualTo(4L * 550_000);
    }

    @Test
    void answerLiquidates() {
        takes(person("alice"), PredictionMarket.mint(MARKET, UNIT, 10));
        buys("bob", true, 300_000, 5);
        SettledQuestions questions =
                SettledQuestions.ofOthers(9).with(QUESTION, Optional.of(Answer.NO));
        refuses(
                person("bob"),
                PredictionMarket.answer(MARKET, questions.proof(QUESTION)),
                "no final state holds this answer");
        refuses(
                person("alice"),
                PredictionMarket.claim(MARKET, person("alice")),
                "the question is not answered");
        answers = List.of(questions.root());

        takes(person("carl"), PredictionMarket.answer(MARKET, questions.proof(QUESTION)));
        takes(person("carl"), PredictionMarket.claim(MARKET, person("alice")));
        takes(person("carl"), PredictionMarket.claim(MARKET, person("alice")));

        assertThat(market().worthOfYes()).contains(Amount.ZERO);
        assertThat(got("alice")).isZero();
        assertThat(got("bob")).isZero();
        assertThat(balance).isEqualTo(Amount.ZERO);
        refuses(
                person("bob"),
                PredictionMarket.buy(MARKET, UNIT, true, 1, 1),
                "the question is answered");
    }

    /**
     * An information bounty: orders of both sides at just below a half. Whoever knows the answer
     * takes the one that is worth nothing, and the price tells everybody.
     */
    @Test
    void bountyIsWonByWhoKnowsAndTheSideThatIsTakenTellsTheAnswer() {
        buys("curious", true, 490_000, 100);
        buys("curious", false, 490_000, 100);
        height++;
        buys("expert", true, 510_000, 100);
        height++;
        takes(person("anybody"), PredictionMarket.clear(MARKET));

        assertThat(market().history()).containsExactly(new MarketState.Batch(11, 510_000, 100));
        assertThat(holder("curious").no()).isEqualTo(100);
        ends(Answer.YES, "expert", "curious");
        assertThat(got("expert")).as("what the asker offered").isEqualTo(490_000L * 100);
        assertThat(got("curious")).as("no more than the bounty").isEqualTo(-490_000L * 100);
        assertThat(balance).isEqualTo(Amount.ZERO);
    }

    @Test
    void whoTakesTheWrongSideOfABountyPaysForIt() {
        buys("curious", true, 490_000, 100);
        buys("curious", false, 490_000, 100);
        height++;
        buys("expert", true, 510_000, 100);
        buys("liar", false, 510_000, 40);
        height++;
        takes(person("anybody"), PredictionMarket.clear(MARKET));

        ends(Answer.YES, "expert", "liar", "curious");

        assertThat(got("liar")).isNegative();
        assertThat(got("expert")).isPositive();
        assertThat(got("curious")).isGreaterThan(-490_000L * 100);
        assertThat(got("curious") + got("expert") + got("liar")).isZero();
    }

    @Test
    void bountyThatNobodyTakesComesBack() {
        buys("curious", true, 490_000, 100);
        buys("curious", false, 490_000, 100);

        ends(Answer.NO);

        assertThat(got("curious")).isZero();
        assertThat(balance).isEqualTo(Amount.ZERO);
    }

    private void ends(Answer answer, String... holders) {
        SettledQuestions questions =
                SettledQuestions.ofOthers(3).with(QUESTION, Optional.of(answer));
        answers = List.of(questions.root());
        takes(person("anybody"), PredictionMarket.answer(MARKET, questions.proof(QUESTION)));
        for (String holder : holders) {
            takes(person("anybody"), PredictionMarket.claim(MARKET, person(holder)));
        }
    }

    @Test
    void whoeverHasNoSharesClaimsNothingAndIsNotRemembered() {
        takes(person("alice"), PredictionMarket.mint(MARKET, UNIT, 1));
        SettledQuestions questions =
                SettledQuestions.ofOthers(1).with(QUESTION, Optional.of(Answer.YES));
        answers = List.of(questions.root());
        takes(person("alice"), PredictionMarket.answer(MARKET, questions.proof(QUESTION)));
        Bytes before = state;

        for (Value who : List.of(Value.of(5), Value.text("x"), Value.of(QUESTION.hash().bytes()))) {
            refuses(person("mallory"), raw(0, Value.text("claim"), who), "no shares");
        }

        assertThat(state).isEqualTo(before);
        takes(person("mallory"), PredictionMarket.claim(MARKET, person("alice")));
        assertThat(got("alice")).isZero();
    }

    @Test
    void wrongMessagesAreRefused() {
        Address bob = person("bob");
        refuses(bob, PredictionMarket.redeem(MARKET, 1), "not as many shares");
        refuses(bob, PredictionMarket.cancel(MARKET, true), "no such order");
        buys("bob", true, 500_000, 1);
        refuses(bob, PredictionMarket.buy(MARKET, UNIT, true, 1, 1), "cancel it first");
        ContractTransaction.Call order = PredictionMarket.buy(MARKET, UNIT, false, 5, 5);
        refuses(
                bob,
                new ContractTransaction.Call(MARKET, Amount.of(24), order.payload()),
                "pay what the order can cost");
    }

    private static ContractTransaction.Call raw(long amount, Value... payload) {
        return new ContractTransaction.Call(
                MARKET, Amount.of(amount), ValueCodec.encode(Value.tuple(payload)));
    }

    @Test
    void orderOfNeitherSideIsRefusedAtTheDoor() {
        Value one = Value.of(1);
        for (Value side : List.of(Value.of(7), Value.of(0), one, Value.text("yes"))) {
            refuses(person("mallory"), raw(1, Value.text("buy"), side, one, one), "in side");
        }
        buys("alice", true, 600_000, 1);
        height++;

        takes(person("bob"), PredictionMarket.clear(MARKET));

        assertThat(market().book()).hasSize(1);
    }

    @Test
    void onlyWholeNumbersAreTraded() {
        Address mallory = person("mallory");
        Value yes = Value.of(true);
        Value buy = Value.text("buy");
        send(mallory, raw(500_000, buy, yes, Value.real(500_000), Value.of(1)));
        send(mallory, raw(750_000, buy, yes, Value.of(500_000), Value.real(1.5)));
        send(mallory, raw(1_500_000, Value.text("mint"), Value.real(1.5)));
        height++;

        takes(person("bob"), PredictionMarket.clear(MARKET));

        assertThat(market().book()).isEmpty();
        assertThat(market().holders()).isEmpty();
    }

    @Test
    void fullSideDropsItsLowestOrderForAHigherOne() {
        for (int i = 0; i < 25; i++) {
            buys("spam" + i, true, 10 + i, 1);
        }
        refuses(
                person("low"),
                PredictionMarket.buy(MARKET, UNIT, true, 10, 1),
                "the book is full of better orders");

        buys("high", true, 500_000, 1);

        assertThat(market().book()).hasSize(25);
        assertThat(got("spam0")).isZero();
    }

    /** Whatever is traded: what came in is what went out, and every share has its collateral. */
    @Test
    void moneyIsConserved() {
        Arbitrary arbitrary = Arbitrary.forTest("PredictionMarketTest", 3);
        String[] people = {"a", "b", "c", "d", "e", "f"};
        for (int step = 0; step < 150; step++) {
            String who = people[arbitrary.below(people.length)];
            boolean isYes = arbitrary.oneIn(2);
            long count = 1L + arbitrary.below(20);
            switch (arbitrary.below(6)) {
                case 0 -> send(person(who), PredictionMarket.mint(MARKET, UNIT, count));
                case 1 -> send(person(who), PredictionMarket.redeem(MARKET, count));
                case 2 -> send(person(who), PredictionMarket.cancel(MARKET, isYes));
                case 3 -> height++;
                default ->
                        send(
                                person(who),
                                PredictionMarket.buy(
                                        MARKET, UNIT, isYes, 1L + arbitrary.below(999_999), count));
            }
            requireCovered();
        }
        assertThat(market().history()).isNotEmpty();
        SettledQuestions questions = SettledQuestions.ofOthers(2).with(QUESTION, Optional.empty());
        answers = List.of(questions.root());
        takes(person("a"), PredictionMarket.answer(MARKET, questions.proof(QUESTION)));
        for (MarketState.Holder holder : new ArrayList<>(market().holders())) {
            takes(person("a"), PredictionMarket.claim(MARKET, holder.address()));
        }
        assertThat(balance).isEqualTo(Amount.ZERO);
        assertThat(got.values().stream().mapToLong(Long::longValue).sum()).isZero();
    }

    private void requireCovered() {
        long yes = sum(MarketState.Holder::yes);
        long no = sum(MarketState.Holder::no);
        long orders =
                market().book().stream().mapToLong(order -> order.limitPpm() * order.count()).sum();
        assertThat(yes).isEqualTo(no);
        assertThat(market().isCoveredBy(balance)).isTrue();
        assertThat(balance.isZero() || !market().isCoveredBy(balance.minus(Amount.of(1)))).isTrue();
        assertThat(balance.baseUnits()).isEqualTo(yes * UNIT.baseUnits() + orders);
    }
}

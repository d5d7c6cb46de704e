package io.wormhole.oracle.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Vectors;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.OracleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The vectors of the batch auction and of insured crowdfunding, and that no unit is ever lost. */
class MarketVectorsTest {
    private static List<Order> orders(JsonNode side) {
        List<Order> orders = new ArrayList<>();
        side.forEach(
                o ->
                        orders.add(
                                new Order(
                                        o.path(0).asText(),
                                        o.path(1).asLong(),
                                        o.path(2).asLong())));
        return orders;
    }

    private static Map<String, Long> fills(JsonNode fills) {
        TreeMap<String, Long> all = new TreeMap<>();
        fills.properties().forEach(f -> all.put(f.getKey(), f.getValue().asLong()));
        return all;
    }

    @Test
    void batchesAreMatchedAsTheVectorsSay() {
        for (JsonNode test : Vectors.cases("mechanisms/prediction_batch.json")) {
            JsonNode expect = test.path("expect");

            BatchAuction.Result result =
                    BatchAuction.match(orders(test.path("yes")), orders(test.path("no")));

            assertThat(result.volume()).isEqualTo(expect.path("volume").asLong());
            if (result.volume() > 0) {
                assertThat(result.pricePpm()).isEqualTo(expect.path("price").asLong());
                assertThat(result.yes()).isEqualTo(fills(expect.path("yesFills")));
                assertThat(result.no()).isEqualTo(fills(expect.path("noFills")));
                long unit = expect.path("collateralPerShare").asLong();
                Market.Traded traded = Market.empty(unit).trade(result);
                assertThat(Amount.sum(traded.yesCosts().values()))
                        .isEqualTo(Amount.of(expect.path("yesCost").asLong() * unit));
            }
        }
    }

    @Test
    void crowdfundingPaysAsTheVectorsSay() {
        for (JsonNode test : Vectors.cases("mechanisms/insured_crowdfunding.json")) {
            Crowdfunding funding =
                    new Crowdfunding(
                            Amount.of(test.path("goal").asLong()),
                            Amount.of(test.path("bond").asLong()),
                            test.path("bonusPpm").asLong());
            TreeMap<String, Amount> pledges = new TreeMap<>();
            fills(test.path("pledges")).forEach((who, what) -> pledges.put(who, Amount.of(what)));
            Optional<AnsweredQuestion> delivered =
                    Optional.ofNullable(test.get("delivered"))
                            .map(answer -> settled(Answer.valueOf(answer.asText())));
            JsonNode expect = test.path("expect");

            Crowdfunding.Payout payout = funding.settle(pledges, delivered).orElseThrow();

            String outcome = payout.ending().name().replaceFirst("_", ":").replace('_', '-');
            assertThat(outcome).isEqualToIgnoringCase(expect.path("outcome").asText());
            assertThat(payout.entrepreneur().baseUnits())
                    .isEqualTo(expect.path("entrepreneur").asLong());
            fills(expect.path("payout"))
                    .forEach(
                            (who, what) ->
                                    assertThat(payout.backers().get(who))
                                            .isEqualTo(Amount.of(what)));
            assertThat(payout.total()).isEqualTo(Amount.sum(pledges.values()).plus(funding.bond()));
        }
    }

    private static AnsweredQuestion settled(Answer answer) {
        return new AnsweredQuestion(
                OracleId.of(Alice.ADDRESS, new Nonce(1)),
                Alice.ADDRESS,
                Alice.ADDRESS.hash(),
                AnsweredQuestion.Ending.VOTED,
                Optional.of(answer),
                Optional.empty(),
                new BlockHeight(9));
    }

    @Test
    void aReachedGoalWaitsForTheAnswerAndABadQuestionReturnsEverything() {
        Crowdfunding funding = new Crowdfunding(Amount.of(100), Amount.of(10), 50_000);
        TreeMap<String, Amount> pledges = new TreeMap<>(Map.of("a", Amount.of(100)));

        assertThat(funding.settle(pledges, Optional.empty())).isEmpty();
        Crowdfunding.Payout bad =
                funding.settle(pledges, Optional.of(settled(Answer.BAD_QUESTION))).orElseThrow();
        assertThat(bad.backers()).containsEntry("a", Amount.of(100));
        assertThat(bad.entrepreneur()).isEqualTo(Amount.of(10));
    }

    @Test
    void aBondThatIsTooSmallIsSharedInProportion() {
        Crowdfunding funding = new Crowdfunding(Amount.of(1000), Amount.of(7), 500_000);
        TreeMap<String, Amount> pledges =
                new TreeMap<>(Map.of("a", Amount.of(100), "b", Amount.of(200)));

        Crowdfunding.Payout payout = funding.settle(pledges, Optional.empty()).orElseThrow();

        assertThat(payout.entrepreneur()).isEqualTo(Amount.ZERO);
        assertThat(payout.total()).isEqualTo(Amount.of(307));
    }

    @Test
    void everyLifeOfAMarketPaysOutExactlyWhatWentIn() {
        Arbitrary arbitrary = Arbitrary.forTest("MarketVectorsTest", 6);
        for (int life = 0; life < 300; life++) {
            Market market = Market.empty(2 + arbitrary.below(1000));
            long in = 0;
            for (int step = 0; step < 10; step++) {
                if (arbitrary.oneIn(2)) {
                    long sets = 1L + arbitrary.below(50);
                    market = market.mint("h" + arbitrary.below(4), sets);
                    in += sets * market.unit();
                } else {
                    Market.Traded traded =
                            market.trade(BatchAuction.match(some(arbitrary), some(arbitrary)));
                    in +=
                            Amount.sum(traded.yesCosts().values())
                                    .plus(Amount.sum(traded.noCosts().values()))
                                    .baseUnits();
                    market = traded.market();
                }
                assertThat(market.collateral().baseUnits()).isEqualTo(in);
            }
            for (Answer answer : Answer.values()) {
                assertThat(Amount.sum(market.liquidate(Optional.of(answer)).values()))
                        .isEqualTo(market.collateral());
            }
            assertThat(Amount.sum(market.liquidate(Optional.empty()).values()))
                    .isEqualTo(market.collateral());
        }
    }

    private static List<Order> some(Arbitrary arbitrary) {
        List<Order> orders = new ArrayList<>();
        for (int i = arbitrary.below(5); i > 0; i--) {
            orders.add(
                    new Order("h" + i, 1L + arbitrary.below(999_999), 1L + arbitrary.below(100)));
        }
        return orders;
    }

    @Test
    void nobodyPaysMoreThanItsLimitAndNobodyBetterIsLeftOut() {
        Arbitrary arbitrary = Arbitrary.forTest("MarketVectorsTest", 8);
        for (int i = 0; i < 500; i++) {
            List<Order> yes = some(arbitrary);
            List<Order> no = some(arbitrary);

            BatchAuction.Result result = BatchAuction.match(yes, no);

            for (Order order : yes) {
                if (result.yes().getOrDefault(order.id(), 0L) > 0) {
                    assertThat(result.pricePpm()).isLessThanOrEqualTo(order.limitPpm());
                }
            }
            for (Order order : no) {
                if (result.no().getOrDefault(order.id(), 0L) > 0) {
                    assertThat(Order.WHOLE_PPM - result.pricePpm())
                            .isLessThanOrEqualTo(order.limitPpm());
                }
            }
            assertThat(result.yes().values().stream().mapToLong(n -> n).sum())
                    .isEqualTo(result.volume());
            assertThat(result.no().values().stream().mapToLong(n -> n).sum())
                    .isEqualTo(result.volume());
        }
    }

    @Test
    void sharesComeInPairsAndNobodyGivesWhatItDoesNotHave() {
        Market market = Market.empty(10).mint("a", 5).give(true, "a", "b", 5);

        assertThatThrownBy(() -> market.redeem("a", 1)).hasMessageContaining("fewer than 1");
        assertThatThrownBy(() -> market.give(false, "b", "a", 1)).hasMessageContaining("b has 0");
        assertThatThrownBy(() -> market.mint("a", 0)).hasMessageContaining("1 or more");
        assertThat(market.give(true, "b", "a", 2).redeem("a", 2).collateral())
                .isEqualTo(Amount.of(30));
        assertThatThrownBy(
                        () ->
                                BatchAuction.match(
                                        List.of(new Order("a", 1, 1), new Order("a", 2, 1)),
                                        List.of()))
                .hasMessageContaining("two orders");
    }
}

package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.isa.contract.market.MarketState;
import io.wormhole.isa.contract.market.PredictionMarket;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.ContractTransaction;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.trade.Markets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** Prediction markets: make, show, trade, liquidate. */
final class MarketApi extends JsonRoutes {
    private static final long MOST_SHARES = 1_000_000_000_000L;

    private final WormholeNode node;
    private final Markets markets;

    MarketApi(WormholeNode node) {
        this.node = node;
        this.markets = new Markets(node);
    }

    Route route() {
        return pathPrefix(
                "markets",
                () ->
                        concat(
                                pathEndOrSingleSlash(() -> takes(this::create)),
                                pathPrefix(PathMatchers.segment(), this::one)));
    }

    private Route one(String market) {
        return concat(
                pathEndOrSingleSlash(() -> reads(() -> show(market))),
                path("buy", () -> takes(text -> send(market, text, MarketApi::buy))),
                path("cancel", () -> takes(text -> send(market, text, MarketApi::cancel))),
                path("mint", () -> takes(text -> send(market, text, MarketApi::mint))),
                path("redeem", () -> takes(text -> send(market, text, MarketApi::redeem))),
                path("clear", () -> does(() -> clear(market))),
                path("answer", () -> does(() -> answer(market))),
                path("claim", () -> does(() -> claim(market))));
    }

    private CompletionStage<ObjectNode> create(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("question", "unit", "request"));
        return markets.create(
                        request(body),
                        new OracleId(Hash.ofHex(body.text("question"))),
                        Amount.parse(body.text("unit")))
                .thenApply(market -> Json.object().put("market", market.toString()));
    }

    private CompletionStage<ObjectNode> show(String text) {
        Address market = Address.parse(text);
        return markets.show(market).thenApply(state -> view(market, state));
    }

    private ObjectNode view(Address market, MarketState state) {
        ObjectNode view =
                Json.object()
                        .put("market", market.toString())
                        .put("question", state.question().toString())
                        .put("me", node.operator().address().toString());
        Json.putAmount(view, "unit", state.unit());
        state.worthOfYes().ifPresent(worth -> Json.putAmount(view, "worthOfYes", worth));
        ArrayNode holders = view.putArray("holders");
        for (MarketState.Holder holder : state.holders()) {
            holders.addObject()
                    .put("address", holder.address().toString())
                    .put("yes", holder.yes())
                    .put("no", holder.no());
        }
        ArrayNode book = view.putArray("book");
        for (MarketState.Order order : state.book()) {
            book.addObject()
                    .put("by", order.by().toString())
                    .put("side", order.isYes() ? "yes" : "no")
                    .put("limitPpm", order.limitPpm())
                    .put("count", order.count());
        }
        ArrayNode history = view.putArray("history");
        for (MarketState.Batch batch : state.history()) {
            history.addObject()
                    .put("height", batch.height())
                    .put("pricePpm", batch.pricePpm())
                    .put("volume", batch.volume());
        }
        return view;
    }

    /** A message made of the request's body. */
    private interface Message {
        ContractTransaction.Call of(Address market, MarketState state, Json.Body body);
    }

    private CompletionStage<ObjectNode> send(String address, String text, Message message) {
        Address market = Address.parse(address);
        Json.Body body = Json.Body.parse(text, Set.of("side", "limitPpm", "count", "request"));
        return markets.send(request(body), market, state -> message.of(market, state, body))
                .thenApply(ChainApi::payment);
    }

    // The caller's own name for it: the same again is not done twice.
    private static String request(Json.Body body) {
        return body.optionalText("request").orElseGet(() -> UUID.randomUUID().toString());
    }

    private static ContractTransaction.Call buy(Address market, MarketState state, Json.Body body) {
        return PredictionMarket.buy(
                market,
                state.unit(),
                isYes(body),
                body.number("limitPpm", 1, PredictionMarket.WHOLE_PPM - 1),
                count(body));
    }

    private static ContractTransaction.Call cancel(
            Address market, MarketState state, Json.Body body) {
        return PredictionMarket.cancel(market, isYes(body));
    }

    private static ContractTransaction.Call mint(
            Address market, MarketState state, Json.Body body) {
        return PredictionMarket.mint(market, state.unit(), count(body));
    }

    private static ContractTransaction.Call redeem(
            Address market, MarketState state, Json.Body body) {
        return PredictionMarket.redeem(market, count(body));
    }

    private static long count(Json.Body body) {
        return body.number("count", 1, MOST_SHARES);
    }

    private static boolean isYes(Json.Body body) {
        String side = body.text("side");
        return switch (side) {
            case "yes" -> true;
            case "no" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "side is %s, allowed are yes and no".formatted(side));
        };
    }

    private CompletionStage<ObjectNode> clear(String address) {
        return bare(address, (market, me) -> PredictionMarket.clear(market));
    }

    private CompletionStage<ObjectNode> claim(String address) {
        return bare(address, PredictionMarket::claim);
    }

    private CompletionStage<ObjectNode> bare(
            String address, BiFunction<Address, Address, ContractTransaction.Call> message) {
        Address market = Address.parse(address);
        return markets.send(
                        UUID.randomUUID().toString(),
                        market,
                        state -> message.apply(market, node.operator().address()))
                .thenApply(ChainApi::payment);
    }

    private CompletionStage<ObjectNode> answer(String address) {
        return markets.answer(UUID.randomUUID().toString(), Address.parse(address))
                .thenApply(ChainApi::payment);
    }
}

package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.isa.contract.assurance.ByAnswer;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.trade.AnswerDeals;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** Deals in channels by the answers of oracles: make, join, settle. */
final class DealApi extends JsonRoutes {
    private static final long MOST_BLOCKS = 100_000_000;

    private final WormholeNode node;
    private final AnswerDeals deals;

    DealApi(WormholeNode node) {
        this.node = node;
        this.deals = new AnswerDeals(node);
    }

    Route route() {
        return pathPrefix("deals", () -> pathPrefix(PathMatchers.segment(), this::ofChannel));
    }

    private Route ofChannel(String id) {
        ChannelId channel = new ChannelId(Hash.ofHex(id));
        return concat(
                pathEndOrSingleSlash(
                        () ->
                                concat(
                                        reads(() -> list(channel)),
                                        takes(text -> make(channel, text)))),
                path("join", () -> takes(text -> act(channel, text, deals::join))),
                path("claim", () -> takes(text -> act(channel, text, deals::claim))),
                path("expire", () -> takes(text -> act(channel, text, deals::expire))),
                path("concede", () -> takes(text -> concede(channel, text))),
                path("release", () -> takes(text -> finish(channel, text, deals::release))),
                path("force", () -> takes(text -> finish(channel, text, deals::force))));
    }

    private CompletionStage<ObjectNode> list(ChannelId channel) {
        return deals.list(channel)
                .thenApply(
                        found -> {
                            ObjectNode view = Json.object();
                            ArrayNode all = view.putArray("deals");
                            found.forEach(deal -> all.add(view(deal)));
                            return view;
                        });
    }

    private static ObjectNode view(AnswerDeals.Deal deal) {
        ByAnswer.Terms terms = deal.state().terms();
        ObjectNode view =
                Json.object()
                        .put("deal", Long.toString(deal.lock()))
                        .put("question", terms.question().toString())
                        .put("expiry", terms.expiry().value());
        amounts(view.putArray("onYes"), terms.onYes());
        amounts(view.putArray("onNo"), terms.onNo());
        amounts(view.putArray("onNeither"), terms.onNeither());
        Json.putAmount(view, "locked", deal.locked());
        Json.putAmount(view, "missing", deal.missing());
        deal.state().ended().ifPresent(ended -> view.put("ended", ended.name()));
        return view;
    }

    private static void amounts(ArrayNode array, List<Amount> amounts) {
        amounts.forEach(amount -> array.add(amount.toString()));
    }

    private CompletionStage<ObjectNode> make(ChannelId channel, String text) {
        Json.Body body =
                Json.Body.parse(
                        text,
                        Set.of(
                                "kind",
                                "question",
                                "amount",
                                "theirs",
                                "mineOn",
                                "expiresIn",
                                "request"));
        OracleId question = new OracleId(Hash.ofHex(body.text("question")));
        Amount mine = Amount.parse(body.text("amount"));
        BlockHeight expiry =
                node.settlementNode()
                        .status()
                        .head()
                        .height()
                        .plus(body.number("expiresIn", 1, MOST_BLOCKS));
        String request = body.optionalText("request").orElseGet(() -> UUID.randomUUID().toString());
        return deals.me(channel)
                .thenCompose(
                        me ->
                                deals.make(
                                        channel,
                                        request,
                                        terms(body, question, me, mine, expiry),
                                        mine))
                .thenApply(
                        lock ->
                                Json.object()
                                        .put("deal", Long.toString(lock))
                                        .put("request", request));
    }

    private static ByAnswer.Terms terms(
            Json.Body body, OracleId question, int me, Amount mine, BlockHeight expiry) {
        String kind = body.text("kind");
        return switch (kind) {
            case "escrow" -> ByAnswer.escrow(question, me, mine, expiry);
            case "insurance" -> ByAnswer.insurance(question, 1 - me, mine, expiry);
            case "bet" -> {
                Amount theirs = Amount.parse(body.text("theirs"));
                boolean onYes = isYes(body.text("mineOn"));
                yield ByAnswer.bet(
                        question,
                        onYes ? me : 1 - me,
                        me == 0 ? List.of(mine, theirs) : List.of(theirs, mine),
                        expiry);
            }
            default ->
                    throw new IllegalArgumentException(
                            "kind is %s, allowed are escrow, insurance and bet".formatted(kind));
        };
    }

    private static boolean isYes(String text) {
        return switch (text) {
            case "yes" -> true;
            case "no" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "mineOn is %s, allowed are yes and no".formatted(text));
        };
    }

    private interface Action {
        CompletionStage<AnswerDeals.Deal> on(ChannelId channel, long lock);
    }

    private interface Last {
        CompletionStage<?> on(ChannelId channel, long lock);
    }

    private static CompletionStage<ObjectNode> act(ChannelId channel, String text, Action action) {
        Json.Body body = Json.Body.parse(text, Set.of("deal"));
        return action.on(channel, lock(body)).thenApply(DealApi::view);
    }

    private static CompletionStage<ObjectNode> finish(ChannelId channel, String text, Last action) {
        Json.Body body = Json.Body.parse(text, Set.of("deal"));
        long lock = lock(body);
        return action.on(channel, lock)
                .thenApply(done -> Json.object().put("deal", Long.toString(lock)));
    }

    private CompletionStage<ObjectNode> concede(ChannelId channel, String text) {
        Json.Body body = Json.Body.parse(text, Set.of("deal", "outcome"));
        String outcome = body.text("outcome").toUpperCase(Locale.ROOT);
        ByAnswer.Outcome wanted =
                switch (outcome) {
                    case "YES" -> ByAnswer.Outcome.YES;
                    case "NO" -> ByAnswer.Outcome.NO;
                    case "NEITHER" -> ByAnswer.Outcome.NEITHER;
                    default ->
                            throw new IllegalArgumentException(
                                    "outcome is %s, allowed are yes, no and neither"
                                            .formatted(body.text("outcome")));
                };
        return deals.concede(channel, lock(body), wanted).thenApply(DealApi::view);
    }

    // Text, since the numbers are beyond what a browser counts exactly.
    private static long lock(Json.Body body) {
        try {
            return Long.parseLong(body.text("deal"));
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("deal is a number in quotes", noNumber);
        }
    }
}

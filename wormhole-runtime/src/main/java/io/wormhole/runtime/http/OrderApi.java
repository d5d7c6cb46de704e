package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.order.CustomerOrders;
import io.wormhole.runtime.order.OrderView;
import io.wormhole.runtime.trade.Customer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;

/** The customer's orders. */
final class OrderApi extends AllDirectives {
    private static final Duration ASK = Duration.ofSeconds(20);
    private static final int MOST_CUPS = 1_000_000;

    private final WormholeNode node;
    private final Customer customer;

    OrderApi(WormholeNode node) {
        this.node = node;
        this.customer = new Customer(node);
    }

    Route route() {
        return pathPrefix(
                "orders",
                () ->
                        concat(
                                pathEndOrSingleSlash(
                                        () ->
                                                concat(
                                                        get(() -> json(all())),
                                                        post(() -> body(this::place)))),
                                path(
                                        PathMatchers.segment(),
                                        id -> get(() -> json(show(Hash.ofHex(id)))))));
    }

    private Route json(CompletionStage<? extends JsonNode> answer) {
        return ApiServer.json(this, answer);
    }

    private Route body(java.util.function.Function<String, Route> handler) {
        return entity(Unmarshaller.entityToString(), handler);
    }

    private Route place(String text) {
        Json.Body body =
                Json.Body.parse(
                        text, Set.of("line", "channel", "package", "count", "maximumPrice"));
        Hash hash = Hash.ofHex(body.text("package"));
        if (!node.packages().has(hash)) {
            throw ApiProblem.notFound("no package " + hash + ": POST it to /v1/packages first")
                    .raised();
        }
        Customer.Wish wish =
                new Customer.Wish(
                        new Name(body.text("line")),
                        new ChannelId(Hash.ofHex(body.text("channel"))),
                        hash,
                        size(hash),
                        (int) body.number("count", 1, MOST_CUPS),
                        Amount.parse(body.text("maximumPrice")));
        return json(
                customer.order(wish).thenApply(id -> Json.object().put("id", id.toHex())));
    }

    private long size(Hash hash) {
        try {
            return Files.size(node.packages().file(hash));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private CompletionStage<ObjectNode> show(Hash id) {
        CompletionStage<Optional<OrderView>> order =
                AskPattern.ask(
                        node.orders(),
                        replyTo -> new CustomerOrders.Inspect(id, replyTo),
                        ASK,
                        node.system().scheduler());
        return order.thenApply(
                found ->
                        Views.order(
                                found.orElseThrow(
                                        () -> ApiProblem.notFound("no order " + id).raised())));
    }

    private CompletionStage<ObjectNode> all() {
        CompletionStage<List<OrderView>> orders =
                AskPattern.ask(
                        node.orders(),
                        CustomerOrders.ListAll::new,
                        ASK,
                        node.system().scheduler());
        return orders.thenApply(
                all -> {
                    ArrayNode array = Json.array();
                    all.forEach(order -> array.add(Views.order(order)));
                    return Json.object().set("orders", array);
                });
    }
}

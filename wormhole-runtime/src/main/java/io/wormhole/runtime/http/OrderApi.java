package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.trade.Customer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** The customer's orders. */
final class OrderApi extends JsonRoutes {
    private static final int MOST_CUPS = 1_000_000;

    private final WormholeNode node;
    private final NodeReader reader;
    private final Customer customer;

    OrderApi(WormholeNode node, NodeReader reader) {
        this.node = node;
        this.reader = reader;
        this.customer = new Customer(node);
    }

    Route route() {
        return pathPrefix(
                "orders",
                () ->
                        concat(
                                pathEndOrSingleSlash(
                                        () -> concat(reads(reader::orders), takes(this::place))),
                                path(
                                        PathMatchers.segment(),
                                        id -> reads(() -> reader.order(Hash.ofHex(id))))));
    }

    private CompletionStage<ObjectNode> place(String text) {
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
        return customer.order(wish).thenApply(id -> Json.object().put("id", id.toHex()));
    }

    private long size(Hash hash) {
        try {
            return Files.size(node.packages().file(hash));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

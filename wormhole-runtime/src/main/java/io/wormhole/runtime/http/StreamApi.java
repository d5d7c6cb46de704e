package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.stream.StreamTerms;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.stream.StreamView;
import io.wormhole.runtime.stream.Streams;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** Payment streams: so much for each unit, at most so fast, never more at risk than agreed. */
final class StreamApi extends JsonRoutes {
    private static final long MOST_UNITS = 1_000_000_000_000_000L;

    private final WormholeNode node;
    private final NodeReader reader;

    StreamApi(WormholeNode node, NodeReader reader) {
        this.node = node;
        this.reader = reader;
    }

    private Streams streams() {
        return node.streams();
    }

    Route route() {
        return pathPrefix(
                "streams",
                () ->
                        concat(
                                pathEndOrSingleSlash(
                                        () -> concat(reads(this::all), takes(this::begin))),
                                pathPrefix(PathMatchers.segment(), this::one)));
    }

    private Route one(String id) {
        return concat(
                pathEndOrSingleSlash(
                        () ->
                                reads(
                                        () ->
                                                CompletableFuture.completedFuture(
                                                        view(streams().view(known(id)))))),
                path("delivered", () -> takes(text -> delivered(known(id), text))),
                path("end", () -> does(() -> streams().end(known(id)).thenApply(StreamApi::view))));
    }

    private String known(String id) {
        if (!streams().isKnown(id)) {
            throw ApiProblem.notFound("no stream " + id + "; streams end when their node stops")
                    .raised();
        }
        return id;
    }

    private CompletionStage<ObjectNode> all() {
        ArrayNode array = Json.array();
        streams().all().forEach(stream -> array.add(view(stream)));
        return CompletableFuture.completedFuture(Json.object().set("streams", array));
    }

    private CompletionStage<ObjectNode> begin(String text) {
        Json.Body body =
                Json.Body.parse(
                        text,
                        Set.of("channel", "paying", "price", "unitsPerSecond", "exposureLimit"));
        StreamTerms terms =
                new StreamTerms(
                        Amount.parse(body.text("price")),
                        body.number("unitsPerSecond", 1, MOST_UNITS),
                        Amount.parse(body.text("exposureLimit")));
        ChannelId channel = new ChannelId(Hash.ofHex(body.text("channel")));
        return reader.channel(channel)
                .thenCompose(known -> streams().begin(channel, body.flag("paying"), terms))
                .thenApply(StreamApi::view);
    }

    private CompletionStage<ObjectNode> delivered(String id, String text) {
        Json.Body body = Json.Body.parse(text, Set.of("units"));
        return streams()
                .delivered(id, body.number("units", 0, MOST_UNITS))
                .thenApply(StreamApi::view);
    }

    private static ObjectNode view(StreamView stream) {
        ObjectNode view =
                Json.object()
                        .put("id", stream.id())
                        .put("channel", stream.channel().toString())
                        .put("paying", stream.paying())
                        .put("state", stream.ended() ? "ended" : "running")
                        .put("unitsPerSecond", stream.meter().terms().unitsPerSecond())
                        .put("delivered", stream.meter().delivered())
                        .put("deliverable", Math.max(0, stream.meter().deliverable()));
        Json.putAmount(view, "price", stream.meter().terms().pricePerUnit());
        Json.putAmount(view, "exposureLimit", stream.meter().terms().exposureLimit());
        Json.putAmount(view, "paid", stream.meter().paid());
        return Json.putAmount(view, "owed", stream.meter().owed());
    }
}

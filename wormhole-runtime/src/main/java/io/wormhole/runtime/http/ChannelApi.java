package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.trade.Customer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;

/** Channels: open, show, close, dispute, keep a copy of the state. */
final class ChannelApi extends AllDirectives {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final WormholeNode node;
    private final Customer customer;

    ChannelApi(WormholeNode node) {
        this.node = node;
        this.customer = new Customer(node);
    }

    Route route() {
        return pathPrefix(
                "channels",
                () ->
                        concat(
                                pathEndOrSingleSlash(
                                        () ->
                                                concat(
                                                        get(() -> json(all())),
                                                        post(() -> body(this::open)))),
                                pathPrefix(PathMatchers.segment(), this::one)));
    }

    private Route one(String id) {
        ChannelId channel = new ChannelId(Hash.ofHex(id));
        return concat(
                pathEndOrSingleSlash(() -> get(() -> json(show(channel)))),
                path(
                        "close",
                        () ->
                                post(
                                        () ->
                                                json(
                                                        perform(
                                                                channel,
                                                                new ChannelAction
                                                                        .CloseTogether())))),
                path(
                        "dispute",
                        () ->
                                post(
                                        () ->
                                                json(
                                                        perform(
                                                                channel,
                                                                new ChannelAction.Dispute(
                                                                        Optional.empty()))))),
                path("state", () -> get(() -> json(state(channel)))),
                path("close-solo", () -> post(() -> body(text -> closeSolo(channel, text)))));
    }

    private Route json(CompletionStage<? extends JsonNode> answer) {
        return ApiServer.json(this, answer);
    }

    private Route body(java.util.function.Function<String, Route> handler) {
        return entity(Unmarshaller.entityToString(), handler);
    }

    private CompletionStage<ObjectNode> all() {
        return node.channels()
                .channels()
                .thenCompose(
                        ids -> {
                            List<CompletableFuture<ObjectNode>> shown =
                                    ids.stream()
                                            .map(id -> show(id).toCompletableFuture())
                                            .toList();
                            return CompletableFuture.allOf(
                                            shown.toArray(CompletableFuture[]::new))
                                    .thenApply(
                                            done -> {
                                                ArrayNode array = Json.array();
                                                shown.forEach(one -> array.add(one.join()));
                                                return Json.object().set("channels", array);
                                            });
                        });
    }

    private CompletionStage<ObjectNode> show(ChannelId channel) {
        return node.channels()
                .inspect(channel)
                .thenCombine(
                        node.settlement().channel(channel, Certainty.FINAL),
                        (memory, entry) -> {
                            if (!(memory instanceof KnownChannel)) {
                                throw ApiProblem.notFound("no channel " + channel).raised();
                            }
                            ObjectNode view = Views.channel(channel, memory);
                            entry.ifPresent(e -> view.set("onChain", Views.onChain(e)));
                            return view;
                        });
    }

    private Route open(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("with", "deposit"));
        Name name = new Name(body.text("with"));
        Amount deposit = Amount.parse(body.text("deposit"));
        return json(
                customer.openChannel(name, deposit)
                        .thenApply(
                                opening ->
                                        Json.object()
                                                .put("id", opening.channel().toString())
                                                .put("phase", "proposed")));
    }

    private CompletionStage<ObjectNode> perform(ChannelId channel, ChannelAction action) {
        return node.channels()
                .perform(channel, action)
                .thenApply(
                        answer -> {
                            if (answer instanceof ChannelEntity.Refused refused) {
                                throw ApiProblem.refused("channel-refused", refused.reason())
                                        .raised();
                            }
                            return Views.channel(channel, ((ChannelEntity.Done) answer).memory());
                        });
    }

    private CompletionStage<ObjectNode> state(ChannelId channel) {
        return customer.stateOf(channel)
                .thenApply(
                        state ->
                                Json.object()
                                        .put("channel", channel.toString())
                                        .put(
                                                "state",
                                                state.orElseThrow(
                                                                () ->
                                                                        ApiProblem.notFound(
                                                                                        "nothing is"
                                                                                            + " co-signed"
                                                                                            + " yet")
                                                                                .raised())
                                                        .toHex()));
    }

    // Publishes a state of the caller's choice; an old one can lose the channel to the partner's watcher.
    private Route closeSolo(ChannelId channel, String text) {
        Json.Body body = Json.Body.parse(text, Set.of("state", "knowingItMayBeOld"));
        if (!body.flag("knowingItMayBeOld")) {
            throw new IllegalArgumentException(
                    "publishing an old state loses against the partner's newer one: set"
                            + " knowingItMayBeOld, or use dispute, which publishes the newest");
        }
        CoSignedState state =
                CanonicalReader.decode(
                        Bytes.ofHex(body.text("state")), CoSignedState::readFrom);
        ChannelTransaction close =
                new ChannelTransaction.CloseSolo(channel, Optional.of(state));
        return json(
                node.channels()
                        .bring(channel + "/publish-" + state.nonce(), close, PATIENCE)
                        .thenApply(ChainApi::payment));
    }
}

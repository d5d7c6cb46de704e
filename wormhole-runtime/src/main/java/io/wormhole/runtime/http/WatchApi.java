package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.node.WatchService;
import io.wormhole.channel.watch.Subscription;
import io.wormhole.channel.watch.WatchAnswer;
import io.wormhole.channel.watch.WatchDeskStatus;
import io.wormhole.channel.watch.WatchMessage;
import io.wormhole.channel.watch.WatchTerms;
import io.wormhole.channel.watch.WatchWish;
import io.wormhole.channel.watch.WatcherView;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.node.WormholeNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.server.Route;

/** Third parties that watch the channels of this node, and those whose channels it watches. */
final class WatchApi extends JsonRoutes {
    private static final Duration LONGEST_PERIOD = Duration.ofDays(3_660);

    private final WormholeNode node;

    WatchApi(WormholeNode node) {
        this.node = node;
    }

    private WatchService watching() {
        return node.watching();
    }

    Route route() {
        return pathPrefix(
                "watchers",
                () ->
                        concat(
                                pathEndOrSingleSlash(() -> reads(this::all)),
                                path("offer", () -> takes(this::offer)),
                                path("subscribe", () -> takes(this::subscribe)),
                                path("stop", () -> takes(this::stop))));
    }

    private CompletionStage<ObjectNode> all() {
        return watching()
                .watchers()
                .thenCombine(
                        watching().desk(),
                        (watchers, desk) -> {
                            ObjectNode view = Json.object();
                            ArrayNode array = view.putArray("watchers");
                            watchers.forEach(one -> array.add(view(one)));
                            desk.ifPresent(status -> view.set("watching", view(status)));
                            return view;
                        });
    }

    private CompletionStage<ObjectNode> offer(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("channel"));
        return withPartner(body.text("channel"), watching()::terms);
    }

    private CompletionStage<ObjectNode> subscribe(String text) {
        Json.Body body =
                Json.Body.parse(text, Set.of("channel", "maximumPrice", "leastPeriodSeconds"));
        Duration least =
                body.optionalNumber("leastPeriodSeconds", 1, LONGEST_PERIOD.toSeconds())
                        .map(Duration::ofSeconds)
                        .orElse(WatchWish.USUAL_PERIOD);
        WatchWish wish = new WatchWish(Amount.parse(body.text("maximumPrice")), least);
        return withPartner(body.text("channel"), watcher -> watching().subscribe(watcher, wish));
    }

    private CompletionStage<ObjectNode> stop(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("watcher"));
        PublicKey watcher = new PublicKey(Bytes.ofHex(body.text("watcher")));
        return watching().stop(watcher).thenApply(answer -> view(watcher, answer));
    }

    // A watcher is paid through a channel with it, so that channel names it.
    private CompletionStage<ObjectNode> withPartner(
            String channel, Function<PublicKey, CompletionStage<WatchAnswer>> question) {
        ChannelId id = new ChannelId(Hash.ofHex(channel));
        return node.channels()
                .inspect(id)
                .thenCompose(
                        memory -> {
                            if (!(memory instanceof KnownChannel known)) {
                                throw ApiProblem.notFound("no channel " + id).raised();
                            }
                            PublicKey watcher = known.party().partnerKey();
                            return question.apply(watcher)
                                    .thenApply(answer -> view(watcher, answer));
                        });
    }

    private static ObjectNode view(PublicKey watcher, WatchAnswer answer) {
        if (answer instanceof WatchAnswer.Refused refused) {
            throw ApiProblem.refused(refused.code(), refused.reason()).raised();
        } else if (answer instanceof WatchAnswer.Offered offered) {
            return offer(watcher, offered.terms());
        } else if (answer instanceof WatchAnswer.Subscribed subscribed) {
            return view(subscribed.view());
        }
        return Json.object().put("watcher", watcher.toString()).put("state", "stopped");
    }

    private static ObjectNode offer(PublicKey watcher, WatchMessage.Terms said) {
        ObjectNode view = terms(said.terms()).put("watcher", watcher.toString());
        said.paidUntil().ifPresent(until -> view.put("paidUntil", until.toString()));
        return view.put("held", said.held());
    }

    private static ObjectNode terms(WatchTerms terms) {
        ObjectNode view =
                Json.object()
                        .put("periodSeconds", terms.period().toSeconds())
                        .put("graceSeconds", terms.grace().toSeconds())
                        .put("mostChannels", terms.mostChannels())
                        .put("mostBytes", terms.mostBytes());
        return Json.putAmount(view, "price", terms.price());
    }

    private static ObjectNode view(WatcherView watcher) {
        Subscription subscription = watcher.subscription();
        ObjectNode view =
                Json.object()
                        .put("watcher", subscription.watcher().toString())
                        .put("state", watcher.served() ? "watching" : "unpaid")
                        .put("linked", watcher.linked())
                        .put("periodSeconds", subscription.period().toSeconds())
                        .put("graceSeconds", subscription.grace().toSeconds())
                        .put("behind", watcher.behind());
        subscription.paidUntil().ifPresent(until -> view.put("paidUntil", until.toString()));
        view.put("leastPeriodSeconds", subscription.wish().leastPeriod().toSeconds());
        Json.putAmount(view, "maximumPrice", subscription.wish().maximumPrice());
        view.set("channels", channels(watcher.channels()));
        return view;
    }

    private static ArrayNode channels(List<WatcherView.Watched> channels) {
        ArrayNode array = Json.array();
        for (WatcherView.Watched one : channels) {
            ObjectNode view =
                    array.addObject()
                            .put("channel", one.channel().toString())
                            .put("newest", one.newest())
                            .put("held", one.held());
            if (!one.refused().isEmpty()) {
                view.put("refused", one.refused());
            }
        }
        return array;
    }

    private static ObjectNode view(WatchDeskStatus status) {
        ObjectNode view =
                terms(status.terms())
                        .put("clients", status.clients())
                        .put("channels", status.channels())
                        .put("cases", status.cases());
        status.read().ifPresent(height -> view.put("read", height.value()));
        return view;
    }
}

package io.wormhole.runtime.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** What happens on the node, as server-sent events. */
final class EventsApi extends AllDirectives {
    private static final Duration ASK = Duration.ofSeconds(5);
    // Below the idle timeout of servers and of proxies.
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final ByteString BEAT = ByteString.fromString(": alive\n\n");

    private final ActorSystem<?> system;
    private final ActorRef<EventFeed.Command> feed;

    EventsApi(ActorSystem<?> system, ActorRef<EventFeed.Command> feed) {
        this.system = system;
        this.feed = feed;
    }

    Route route() {
        return path("events", () -> get(() -> onSuccess(join(), this::stream)));
    }

    private CompletionStage<Optional<Source<ByteString, NotUsed>>> join() {
        return AskPattern.ask(feed, EventFeed.Join::new, ASK, system.scheduler());
    }

    private Route stream(Optional<Source<ByteString, NotUsed>> events) {
        return events.map(source -> complete(streaming(source)))
                .orElseGet(
                        () ->
                                complete(
                                        Problems.response(
                                                new ApiProblem(
                                                        503,
                                                        "too-many-listeners",
                                                        "allowed are "
                                                                + EventFeed.MOST_CLIENTS
                                                                + " listeners at once"))));
    }

    private static HttpResponse streaming(Source<ByteString, NotUsed> events) {
        return HttpResponse.create()
                .addHeader(HttpHeader.parse("Cache-Control", "no-store"))
                .withEntity(
                        HttpEntities.create(
                                MediaTypes.TEXT_EVENT_STREAM.toContentType(),
                                events.keepAlive(HEARTBEAT, () -> BEAT)));
    }
}

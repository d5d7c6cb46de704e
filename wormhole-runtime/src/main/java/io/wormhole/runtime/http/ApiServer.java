package io.wormhole.runtime.http;

import io.wormhole.runtime.node.StartRefused;
import io.wormhole.runtime.node.WormholeNode;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.event.Logging;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.server.directives.SecurityDirectives.ProvidedCredentials;

/**
 * The API of one node: JSON under {@code /v1} behind a bearer token; health and console in the
 * open.
 */
public final class ApiServer extends AllDirectives {
    private static final long LARGEST_BODY = 1 << 20;
    // Longer than the most patient handler, which waits for several transactions to become final.
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(6);

    private final WormholeNode node;
    private final byte[] token;
    private final NodeReader reader;
    private final ActorRef<EventFeed.Command> feed;

    private ApiServer(WormholeNode node, String token) {
        this.node = node;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.reader = new NodeReader(node);
        this.feed =
                node.system()
                        .systemActorOf(EventFeed.create(reader), "api-event-feed", Props.empty());
    }

    /**
     * Binds the API of {@code node} to its configured address; port 0 takes any free port.
     *
     * @param token what clients must send as bearer token, not empty
     * @return where it listens
     * @throws StartRefused when the port is in use
     */
    public static InetSocketAddress start(WormholeNode node, String token) {
        if (token.isBlank()) {
            throw new StartRefused("the API needs a token that is not empty");
        }
        ApiServer server = new ApiServer(node, token);
        String host = node.config().http().host();
        int port = node.config().http().port();
        try {
            ServerBinding binding =
                    Http.get(node.system())
                            .newServerAt(host, port)
                            .bind(server.route())
                            .toCompletableFuture()
                            .join();
            return binding.localAddress();
        } catch (CompletionException inUse) {
            throw new StartRefused(
                    "the API cannot listen on %s:%d (%s): is another node running? set"
                                    .formatted(host, port, inUse.getCause())
                            + " wormhole.http.port to a free port");
        }
    }

    private Route route() {
        Route all = concat(health(), new ConsoleFiles().route(), pathPrefix("v1", this::api));
        return new Problems(Logging.getLogger(node.system().classicSystem(), ApiServer.class))
                .answered(all);
    }

    // Whoever has no token learns nothing of what exists: 401 comes before 404.
    private Route api() {
        return withRequestTimeout(
                LONGEST_ANSWER,
                request -> Problems.response(Problems.LATE),
                () -> authenticateOAuth2("wormhole", this::authenticate, who -> routes()));
    }

    private Route routes() {
        return concat(
                new PackageApi(node).route(),
                new EventsApi(node.system(), feed).route(),
                withSizeLimit(LARGEST_BODY, this::small));
    }

    private Route small() {
        return concat(
                new ChainApi(node, reader).route(),
                new StateApi(node).route(),
                new ConsensusApi(node).route(),
                new GovernanceApi(node).route(),
                new ChannelApi(node, reader).route(),
                new PaymentApi(node).route(),
                new WatchApi(node).route(),
                new StreamApi(node, reader).route(),
                new LineApi(node, reader).route(),
                new OrderApi(node, reader).route(),
                new OracleApi(node).route(),
                new DealApi(node).route(),
                new MarketApi(node).route(),
                new ContractApi(node).route());
    }

    private Optional<String> authenticate(Optional<ProvidedCredentials> given) {
        return given.filter(this::isOurs).map(credentials -> "operator");
    }

    private boolean isOurs(ProvidedCredentials credentials) {
        return MessageDigest.isEqual(
                token, credentials.identifier().getBytes(StandardCharsets.UTF_8));
    }

    private Route health() {
        return concat(
                path("health", () -> get(() -> complete(StatusCodes.OK, "alive\n"))),
                path("ready", () -> get(this::ready)));
    }

    private Route ready() {
        Optional<String> hindrance = node.side().hindrance();
        return hindrance
                .map(why -> complete(StatusCodes.SERVICE_UNAVAILABLE, why + "\n"))
                .orElseGet(() -> complete(StatusCodes.OK, "ready\n"));
    }
}

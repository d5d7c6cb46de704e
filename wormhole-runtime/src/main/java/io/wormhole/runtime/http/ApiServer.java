package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.node.StartRefused;
import io.wormhole.runtime.node.WormholeNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.ExceptionHandler;
import org.apache.pekko.http.javadsl.server.RejectionHandler;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.server.directives.SecurityDirectives.ProvidedCredentials;

/** The API of one node: JSON under {@code /v1} behind a bearer token; health and console in the open. */
public final class ApiServer extends AllDirectives {
    private static final long LARGEST_BODY = 1 << 20;

    private final WormholeNode node;
    private final byte[] token;

    private ApiServer(WormholeNode node, String token) {
        this.node = node;
        this.token = token.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Binds the API of {@code node} to its configured address.
     *
     * @throws StartRefused when the port is in use
     */
    public static InetSocketAddress start(WormholeNode node, String token) {
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
        Route api =
                pathPrefix(
                        "v1",
                        () ->
                                authenticateOAuth2(
                                        "wormhole",
                                        this::authenticate,
                                        who ->
                                                concat(
                                                        new PackageApi(node).route(),
                                                        withSizeLimit(LARGEST_BODY, this::small))));
        Route all = concat(health(), asset("openapi.yaml"), api, console());
        return handleExceptions(
                exceptions(), () -> handleRejections(rejections(), () -> seal(all)));
    }

    private Route seal(Route route) {
        return route.seal(rejections(), exceptions());
    }

    private Route small() {
        return concat(
                new ChainApi(node).route(),
                new ChannelApi(node).route(),
                new LineApi(node).route(),
                new OrderApi(node).route());
    }

    private Optional<String> authenticate(Optional<ProvidedCredentials> given) {
        return given.filter(
                        credentials ->
                                MessageDigest.isEqual(
                                        token,
                                        credentials
                                                .identifier()
                                                .getBytes(StandardCharsets.UTF_8)))
                .map(credentials -> "operator");
    }

    private Route health() {
        return concat(
                path("health", () -> get(() -> complete(StatusCodes.OK, "alive\n"))),
                path("ready", () -> get(() -> complete(StatusCodes.OK, "ready\n"))));
    }

    private Route console() {
        return get(
                () ->
                        concat(
                                pathSingleSlash(() -> resource("index.html")),
                                asset("console.js"),
                                asset("console.css")));
    }

    private Route asset(String name) {
        return path(name, () -> get(() -> resource(name)));
    }

    private Route resource(String name) {
        return complete(
                HttpResponse.create()
                        .withEntity(
                                HttpEntities.create(
                                        name.endsWith(".html")
                                                ? ContentTypes.TEXT_HTML_UTF8
                                                : MediaTypes.lookup(mainType(name), subType(name))
                                                        .map(type -> contentType(name))
                                                        .orElse(ContentTypes.TEXT_PLAIN_UTF8),
                                        content(name))));
    }

    private static org.apache.pekko.http.javadsl.model.ContentType contentType(String name) {
        return org.apache.pekko.http.javadsl.model.ContentTypes.parse(
                mainType(name) + "/" + subType(name) + "; charset=UTF-8");
    }

    private static String mainType(String name) {
        return name.endsWith(".js") ? "application" : "text";
    }

    private static String subType(String name) {
        return name.endsWith(".js") ? "javascript" : name.endsWith(".css") ? "css" : "plain";
    }

    private static byte[] content(String name) {
        try (InputStream in = ApiServer.class.getResourceAsStream("/console/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private ExceptionHandler exceptions() {
        return ExceptionHandler.newBuilder()
                .match(Throwable.class, failure -> problem(failure))
                .build();
    }

    private Route problem(Throwable failure) {
        ApiProblem problem = ApiProblem.of(failure);
        if (problem.status() == 500) {
            node.system().log().error("request failed", failure);
        }
        return complete(response(problem));
    }

    private static HttpResponse response(ApiProblem problem) {
        return HttpResponse.create()
                .withStatus(problem.status())
                .withEntity(ContentTypes.APPLICATION_JSON, Json.pretty(problem.json()));
    }

    private RejectionHandler rejections() {
        return RejectionHandler.defaultHandler()
                .mapRejectionResponse(
                        response ->
                                response.entity().getContentType()
                                                == ContentTypes.APPLICATION_JSON
                                        ? response
                                        : asJson(response));
    }

    private static HttpResponse asJson(HttpResponse response) {
        int status = response.status().intValue();
        String reason =
                status == 401
                        ? "a bearer token is needed: send the content of the node's api-token file"
                        : status == 404
                                ? "nothing here: see /openapi.yaml"
                                : response.status().reason();
        return response.withEntity(
                ContentTypes.APPLICATION_JSON,
                Json.pretty(
                        new ApiProblem(
                                        status,
                                        status == 401 ? "unauthorised" : "rejected",
                                        reason)
                                .json()));
    }

    /** Answers with JSON when the stage is complete. */
    static Route json(AllDirectives directives, CompletionStage<? extends JsonNode> answer) {
        return directives.onSuccess(
                answer,
                node ->
                        directives.complete(
                                HttpResponse.create()
                                        .withEntity(
                                                ContentTypes.APPLICATION_JSON,
                                                Json.pretty(node) + "\n")));
    }
}

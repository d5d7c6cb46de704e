package io.wormhole.runtime.http;

import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.ExceptionHandler;
import org.apache.pekko.http.javadsl.server.MalformedRequestContentRejection;
import org.apache.pekko.http.javadsl.server.MethodRejection;
import org.apache.pekko.http.javadsl.server.MissingQueryParamRejection;
import org.apache.pekko.http.javadsl.server.RejectionHandler;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;

/** Turns everything that goes wrong with a request into a status and a JSON problem. */
final class Problems extends AllDirectives {
    static final ApiProblem LATE =
            late("the node may still do it: look, or ask again by the same name");

    private final LoggingAdapter log;

    /** The same, where more can be said of it. */
    static ApiProblem late(String hint) {
        return new ApiProblem(504, "timeout", "no answer in time; " + hint);
    }

    Problems(LoggingAdapter log) {
        this.log = log;
    }

    /** {@code route} with every rejection and exception answered. */
    Route answered(Route route) {
        return route.seal(rejections(), exceptions());
    }

    static HttpResponse response(ApiProblem problem) {
        return HttpResponse.create()
                .withStatus(problem.status())
                .withEntity(ContentTypes.APPLICATION_JSON, Json.pretty(problem.json()) + "\n");
    }

    private ExceptionHandler exceptions() {
        return ExceptionHandler.newBuilder()
                .match(RuntimeException.class, this::failed)
                .match(Exception.class, this::failed)
                .build();
    }

    private Route failed(Throwable failure) {
        ApiProblem problem = ApiProblem.of(failure);
        if (problem.status() == 500) {
            log.error(failure, "request failed");
        }
        return complete(response(problem));
    }

    private RejectionHandler rejections() {
        return RejectionHandler.newBuilder()
                .handle(
                        MissingQueryParamRejection.class,
                        missing ->
                                complete(
                                        response(
                                                new ApiProblem(
                                                        400,
                                                        "bad-input",
                                                        "the query parameter "
                                                                + missing.parameterName()
                                                                + " is missing"))))
                .handle(
                        MalformedRequestContentRejection.class,
                        malformed -> complete(response(malformed(malformed))))
                .handleAll(
                        MethodRejection.class,
                        rejected ->
                                complete(
                                        response(
                                                new ApiProblem(
                                                        405,
                                                        "method-not-allowed",
                                                        "allowed here: "
                                                                + rejected.stream()
                                                                        .map(
                                                                                MethodRejection
                                                                                        ::supported)
                                                                        .map(HttpMethod::value)
                                                                        .collect(
                                                                                Collectors
                                                                                        .toCollection(
                                                                                                TreeSet
                                                                                                        ::new))))))
                .build()
                .withFallback(
                        RejectionHandler.defaultHandler().mapRejectionResponse(Problems::asJson));
    }

    private static ApiProblem malformed(MalformedRequestContentRejection rejection) {
        return rejection.getCause() instanceof EntityStreamSizeException large
                ? ApiProblem.of(large)
                : new ApiProblem(400, "bad-input", "the body is malformed");
    }

    private static HttpResponse asJson(HttpResponse response) {
        int status = response.status().intValue();
        ApiProblem problem =
                switch (status) {
                    case 401 ->
                            new ApiProblem(
                                    status,
                                    "unauthorised",
                                    "a bearer token is needed: the node writes it to api.json in its"
                                            + " data directory");
                    case 404 ->
                            new ApiProblem(status, "not-found", "nothing here: see /openapi.yaml");
                    default -> new ApiProblem(status, "rejected", text(response));
                };
        return response.withEntity(
                ContentTypes.APPLICATION_JSON, Json.pretty(problem.json()) + "\n");
    }

    private static String text(HttpResponse response) {
        return response.entity() instanceof HttpEntity.Strict strict
                ? strict.getData().utf8String()
                : response.status().reason();
    }
}

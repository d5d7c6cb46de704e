package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.line.LineEntity;
import io.wormhole.runtime.line.LineMemory;
import io.wormhole.runtime.line.LineService;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.supervision.TreeSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;

/** Production lines: deploy, show, pause, retire, drill. Lines are named by the parameter {@code name}. */
final class LineApi extends AllDirectives {
    private final LineService lines;

    LineApi(WormholeNode node) {
        this.lines = node.lines();
    }

    Route route() {
        return pathPrefix(
                "lines",
                () ->
                        concat(
                                pathEndOrSingleSlash(
                                        () ->
                                                concat(
                                                        post(() -> body(this::deploy)),
                                                        get(() -> json(all())))),
                                parameter("name", text -> named(new Name(text)))));
    }

    private Route named(Name name) {
        return concat(
                path("line", () -> get(() -> json(show(name)))),
                path("tree", () -> get(() -> json(tree(name)))),
                path("pause", () -> post(() -> json(reply(lines.pause(name, true))))),
                path("resume", () -> post(() -> json(reply(lines.pause(name, false))))),
                path("retire", () -> post(() -> json(reply(lines.retire(name))))),
                path(
                        "crash",
                        () ->
                                parameter(
                                        "device",
                                        device ->
                                                post(
                                                        () ->
                                                                json(
                                                                        reply(
                                                                                lines.crashDevice(
                                                                                        name,
                                                                                        device)))))));
    }

    private Route json(CompletionStage<? extends JsonNode> answer) {
        return ApiServer.json(this, answer);
    }

    private Route body(java.util.function.Function<String, Route> handler) {
        return entity(Unmarshaller.entityToString(), handler);
    }

    private Route deploy(String definition) {
        return json(
                lines.deploy("definition", definition)
                        .thenApply(name -> Json.object().put("name", name.path())));
    }

    private CompletionStage<ObjectNode> all() {
        return lines.names()
                .thenCompose(
                        names -> {
                            List<CompletableFuture<ObjectNode>> shown =
                                    names.stream()
                                            .map(name -> show(new Name(name)))
                                            .map(CompletionStage::toCompletableFuture)
                                            .toList();
                            return CompletableFuture.allOf(
                                            shown.toArray(CompletableFuture[]::new))
                                    .thenApply(
                                            done -> {
                                                ArrayNode array = Json.array();
                                                shown.forEach(one -> array.add(one.join()));
                                                return Json.object().set("lines", array);
                                            });
                        });
    }

    private CompletionStage<ObjectNode> show(Name name) {
        return lines.inspect(name).thenCompose(memory -> show(name, memory));
    }

    private CompletionStage<ObjectNode> show(Name name, LineMemory memory) {
        if (memory.definition().isEmpty()) {
            throw ApiProblem.notFound("no line " + name + " is deployed here").raised();
        }
        ObjectNode view =
                Json.object()
                        .put("name", name.path())
                        .put("paused", memory.paused())
                        .put("definition", memory.definition().get());
        List<CompletableFuture<ObjectNode>> jobs =
                memory.jobs().keySet().stream()
                        .map(order -> lines.job(name, order).thenApply(Views::job))
                        .map(CompletionStage::toCompletableFuture)
                        .toList();
        return CompletableFuture.allOf(jobs.toArray(CompletableFuture[]::new))
                .thenApply(
                        done -> {
                            ArrayNode array = view.putArray("jobs");
                            jobs.forEach(job -> array.add(job.join()));
                            return view;
                        });
    }

    private CompletionStage<JsonNode> tree(Name name) {
        return lines.tree(name)
                .thenApply(
                        (Optional<TreeSnapshot> tree) ->
                                Json.parse(
                                        tree.orElseThrow(
                                                        () ->
                                                                ApiProblem.notFound(
                                                                                "no line "
                                                                                        + name
                                                                                        + " runs"
                                                                                        + " here")
                                                                        .raised())
                                                .toJson()));
    }

    private static CompletionStage<ObjectNode> reply(CompletionStage<LineEntity.Reply> reply) {
        return reply.thenApply(
                answer -> {
                    if (answer instanceof LineEntity.Refused refused) {
                        throw ApiProblem.refused("line-refused", refused.reason()).raised();
                    }
                    return Json.object().put("done", true);
                });
    }
}

package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.device.PartId;
import io.wormhole.runtime.line.LineEntity;
import io.wormhole.runtime.line.LineService;
import io.wormhole.runtime.node.WormholeNode;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * Production lines: deploy, show, pause, retire, drill. Lines are named by the parameter {@code
 * name}.
 */
final class LineApi extends JsonRoutes {
    private final LineService lines;
    private final NodeReader reader;

    LineApi(WormholeNode node, NodeReader reader) {
        this.lines = node.lines();
        this.reader = reader;
    }

    Route route() {
        return pathPrefix(
                "lines",
                () ->
                        concat(
                                pathEndOrSingleSlash(
                                        () -> concat(takes(this::deploy), reads(reader::lines))),
                                shows("line", reader::line),
                                shows("tree", reader::tree),
                                orders("pause", name -> lines.pause(name, true)),
                                orders("resume", name -> lines.pause(name, false)),
                                orders("retire", lines::retire),
                                path("crash", this::crash)));
    }

    private Route shows(String verb, Function<Name, CompletionStage<? extends JsonNode>> reading) {
        return path(
                verb,
                () -> get(() -> parameter("name", name -> answer(reading.apply(new Name(name))))));
    }

    private Route orders(String verb, Function<Name, CompletionStage<LineEntity.Reply>> order) {
        return path(
                verb,
                () -> post(() -> parameter("name", name -> answer(known(new Name(name), order)))));
    }

    private Route crash() {
        return post(
                () ->
                        parameter(
                                "name",
                                name ->
                                        parameter(
                                                "device",
                                                device ->
                                                        parameterOptional(
                                                                "part",
                                                                part ->
                                                                        answer(
                                                                                crash(
                                                                                        new Name(
                                                                                                name),
                                                                                        device,
                                                                                        part))))));
    }

    private CompletionStage<ObjectNode> crash(Name name, String device, Optional<String> part) {
        int number = part.map(LineApi::partOf).orElse(0);
        return known(name, line -> lines.crashDevice(line, device, number));
    }

    private static int partOf(String text) {
        long part = number("part", text);
        if (part < 1 || part > PartId.MAX_PART) {
            throw new IllegalArgumentException(
                    "part is %s, allowed is 1 to %d".formatted(text, PartId.MAX_PART));
        }
        return (int) part;
    }

    // Looks first: an order to a line that never was must not bring one into being.
    private CompletionStage<ObjectNode> known(
            Name name, Function<Name, CompletionStage<LineEntity.Reply>> order) {
        return done(reader.line(name).thenCompose(line -> order.apply(name)));
    }

    private CompletionStage<ObjectNode> deploy(String definition) {
        return lines.deploy("definition", definition)
                .thenApply(name -> Json.object().put("name", name.path()));
    }

    private static CompletionStage<ObjectNode> done(CompletionStage<LineEntity.Reply> reply) {
        return reply.thenApply(
                answer -> {
                    if (answer instanceof LineEntity.Refused refused) {
                        throw ApiProblem.refused("line-refused", refused.reason()).raised();
                    }
                    return Json.object().put("done", true);
                });
    }
}

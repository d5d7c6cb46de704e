package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;

/** Routes that take and give JSON; what fails on the way becomes an {@link ApiProblem}. */
abstract class JsonRoutes extends AllDirectives {
    /** A GET that answers with what {@code reading} gives. */
    final Route reads(Supplier<CompletionStage<? extends JsonNode>> reading) {
        return get(() -> answer(reading.get()));
    }

    /** A POST without a body. */
    final Route does(Supplier<CompletionStage<? extends JsonNode>> doing) {
        return post(() -> answer(doing.get()));
    }

    /** A POST whose body is text. */
    final Route takes(Function<String, CompletionStage<? extends JsonNode>> taking) {
        return post(
                () -> entity(Unmarshaller.entityToString(), text -> answer(taking.apply(text))));
    }

    /** The whole number that a parameter or field is; refused by its name if it is none. */
    static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(
                    "%s is %s, a whole number is needed".formatted(name, text), notOne);
        }
    }

    /** Answers with JSON when the stage is complete. */
    final Route answer(CompletionStage<? extends JsonNode> stage) {
        return onSuccess(
                stage,
                node ->
                        complete(
                                HttpResponse.create()
                                        .withEntity(
                                                ContentTypes.APPLICATION_JSON,
                                                Json.pretty(node) + "\n")));
    }
}

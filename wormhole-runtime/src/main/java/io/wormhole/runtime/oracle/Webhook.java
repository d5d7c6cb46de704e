package io.wormhole.runtime.oracle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wormhole.protocol.oracle.Question;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;

/** Tells people, in the log and at an address of theirs, that they have to decide a question. */
record Webhook(HttpClient client, Optional<URI> address, Logger log) implements Consumer<Question> {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Override
    public void accept(Question question) {
        log.info(
                "question {} waits for somebody to decide it: `wormhole oracle vote` or `answer`",
                question.id());
        address.ifPresent(to -> send(to, question));
    }

    private void send(URI to, Question question) {
        String body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("oracle", question.id().toString())
                        .put("text", question.subject().text())
                        .toString();
        HttpRequest request =
                HttpRequest.newBuilder(to)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        CompletionStage<HttpResponse<Void>> sent =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        sent.whenComplete(
                (response, failure) -> {
                    if (failure != null) {
                        log.warn("webhook {} failed: {}", to, failure.toString());
                    } else if (response.statusCode() / 100 != 2) {
                        log.warn("webhook {}: status {}", to, response.statusCode());
                    }
                });
    }
}

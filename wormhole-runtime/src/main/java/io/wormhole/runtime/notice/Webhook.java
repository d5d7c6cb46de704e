package io.wormhole.runtime.notice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;

/** An address of the operator's that is told of things by POST; a failure is logged. */
public record Webhook(HttpClient client, URI address, Logger log) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** A webhook with a client of its own. */
    public static Webhook to(URI address, Logger log) {
        return new Webhook(HttpClient.newBuilder().connectTimeout(TIMEOUT).build(), address, log);
    }

    /** An http or https address; refuses others. */
    public static URI address(String text) {
        URI address = URI.create(text);
        boolean isWeb = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!isWeb || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "is %s, allowed is an http or https address".formatted(text));
        }
        return address;
    }

    /** Tells it. */
    public void tell(ObjectNode body) {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        CompletionStage<HttpResponse<Void>> sent =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        sent.whenComplete(
                (response, failure) -> {
                    if (failure != null) {
                        log.warn("webhook {} failed: {}", address, failure.toString());
                    } else if (response.statusCode() / 100 != 2) {
                        log.warn("webhook {}: status {}", address, response.statusCode());
                    }
                });
    }
}

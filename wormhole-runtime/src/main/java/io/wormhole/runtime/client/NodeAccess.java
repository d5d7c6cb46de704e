package io.wormhole.runtime.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a node's API is and what opens it.
 *
 * @param url the node's address
 * @param token its bearer token
 */
public record NodeAccess(URI url, String token) {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(10);
    private static final long LARGEST_FILE = 4_096;

    /** The file in which a node that keeps its data there says how to reach it. */
    public static Path file(Path dataDirectory) {
        return dataDirectory.resolve("api.json");
    }

    /**
     * The access to the node that keeps its data in this directory, on the same machine.
     *
     * @throws IOException when no node has run there
     * @throws IllegalArgumentException when the file is damaged
     */
    public static NodeAccess ofData(Path dataDirectory) throws IOException {
        Path file = file(dataDirectory);
        if (Files.size(file) > LARGEST_FILE) {
            throw new IllegalArgumentException("it is no access file");
        }
        JsonNode json = Json.parse(Files.readString(file));
        URI url = URI.create(json.path("url").asText());
        if (!"http".equals(url.getScheme())) {
            throw new IllegalArgumentException("it holds no http address");
        }
        return new NodeAccess(url, json.path("token").asText());
    }

    /** A client for its requests. */
    public static HttpClient http() {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** A request for a path of the API; add a method. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve("/v1/" + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token);
    }

    /** The same that carries text. */
    public HttpRequest.Builder post(String path, String body) {
        return request(path)
                .header("Content-Type", "text/plain; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /**
     * What the node answers.
     *
     * @throws NodeRefused when it did not do what was asked
     */
    public static JsonNode read(HttpResponse<String> response) {
        if (response.statusCode() / 100 == 2) {
            return Json.parse(response.body());
        }
        JsonNode error;
        try {
            error = Json.parse(response.body()).path("error");
        } catch (IllegalArgumentException notJson) {
            throw new NodeRefused(response.statusCode(), "", response.body());
        }
        throw new NodeRefused(
                response.statusCode(), error.path("code").asText(), error.path("message").asText());
    }
}

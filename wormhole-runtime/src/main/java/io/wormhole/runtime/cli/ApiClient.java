package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Talks to a node's API; every refusal becomes a {@link CommandFailed}. */
public final class ApiClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(10);
    private static final long LARGEST_ACCESS_FILE = 4_096;

    private final URI node;
    private final String token;
    private final HttpClient http;

    private ApiClient(URI node, String token) {
        this.node = node;
        this.token = token;
        this.http =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
    }

    /** A client of the node that stores its data in {@code dataDir}. */
    public static ApiClient ofData(Path dataDir) {
        Path access = dataDir.resolve("api.json");
        try {
            if (Files.size(access) > LARGEST_ACCESS_FILE) {
                throw new CommandFailed(CommandFailed.BAD_INPUT, access + " is no access file");
            }
            JsonNode json = Json.parse(Files.readString(access));
            URI url = URI.create(json.path("url").asText());
            if (!"http".equals(url.getScheme())) {
                throw new IllegalArgumentException("it holds no http address");
            }
            return new ApiClient(url, json.path("token").asText());
        } catch (IllegalArgumentException damaged) {
            throw new CommandFailed(
                    CommandFailed.NO_NODE,
                    "%s is damaged (%s): it is written anew when the node starts"
                            .formatted(access, damaged.getMessage()));
        } catch (IOException missing) {
            throw new CommandFailed(
                    CommandFailed.NO_NODE,
                    "no node has run in %s (%s is missing): start one with `wormhole up --config FILE`,"
                                    .formatted(dataDir, access)
                            + " or name its data directory with --data");
        }
    }

    /** The token, for the console's address. */
    public String token() {
        return token;
    }

    /** The node's address. */
    public URI node() {
        return node;
    }

    /** A parameter's value as it stands in an address. */
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Reads. */
    public JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    /** Sends JSON. */
    public JsonNode post(String path, JsonNode body) {
        return post(path, Json.text(body));
    }

    /** Sends text. */
    public JsonNode post(String path, String body) {
        return send(
                request(path)
                        .header("Content-Type", "text/plain; charset=UTF-8")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    /** Sends a file's bytes. */
    public JsonNode post(String path, Path file) {
        try {
            return send(
                    request(path)
                            .header("Content-Type", "application/octet-stream")
                            .POST(HttpRequest.BodyPublishers.ofFile(file))
                            .build());
        } catch (IOException missing) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, "cannot read " + file);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.resolve("/v1/" + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 == 2) {
                return Json.parse(response.body());
            }
            throw failure(response);
        } catch (IOException gone) {
            throw new CommandFailed(
                    CommandFailed.NO_NODE,
                    "the node at %s does not answer (%s): is `wormhole up` running?"
                            .formatted(node, gone));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(CommandFailed.TIMEOUT, "interrupted");
        }
    }

    private static CommandFailed failure(HttpResponse<String> response) {
        String message;
        try {
            message = Json.parse(response.body()).path("error").path("message").asText();
        } catch (IllegalArgumentException notJson) {
            message = response.body();
        }
        int exitCode =
                switch (response.statusCode()) {
                    case 400, 413 -> CommandFailed.BAD_INPUT;
                    case 404 -> CommandFailed.NOT_FOUND;
                    case 504 -> CommandFailed.TIMEOUT;
                    default -> CommandFailed.REFUSED;
                };
        return new CommandFailed(exitCode, message);
    }
}

package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.client.NodeAccess;
import io.wormhole.runtime.client.NodeRefused;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Talks to a node's API; every refusal becomes a {@link CommandFailed}. */
public final class ApiClient {
    private final NodeAccess access;
    private final HttpClient http = NodeAccess.http();

    private ApiClient(NodeAccess access) {
        this.access = access;
    }

    /** A client of the node that stores its data in {@code dataDir}. */
    public static ApiClient ofData(Path dataDir) {
        return new ApiClient(access(dataDir));
    }

    /** How to reach the node that stores its data in {@code dataDir}. */
    static NodeAccess access(Path dataDir) {
        Path file = NodeAccess.file(dataDir);
        try {
            return NodeAccess.ofData(dataDir);
        } catch (IllegalArgumentException damaged) {
            throw new CommandFailed(
                    CommandFailed.NO_NODE,
                    "%s is damaged (%s): it is written anew when the node starts"
                            .formatted(file, damaged.getMessage()));
        } catch (IOException missing) {
            throw new CommandFailed(
                    CommandFailed.NO_NODE,
                    "no node has run in %s (%s is missing): start one with `wormhole up --config FILE`,"
                                    .formatted(dataDir, file)
                            + " or name its data directory with --data");
        }
    }

    /** The token, for the console's address. */
    public String token() {
        return access.token();
    }

    /** The node's address. */
    public URI node() {
        return access.url();
    }

    /** A parameter's value as it stands in an address. */
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
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

    // What somebody typed is one name in an address, and leads nowhere else.
    private HttpRequest.Builder request(String path) {
        try {
            URI typed = new URI("/" + path);
            if (typed.normalize().equals(typed)) {
                return access.request(path);
            }
            throw new CommandFailed(CommandFailed.BAD_INPUT, "not a name of a thing: " + path);
        } catch (URISyntaxException notOne) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, "not a name of a thing: " + notOne.getInput());
        }
    }

    private JsonNode send(HttpRequest request) {
        try {
            return NodeAccess.read(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (NodeRefused refused) {
            throw failure(refused);
        } catch (IOException gone) {
            throw new CommandFailed(
                    CommandFailed.NO_NODE,
                    "the node at %s does not answer (%s): is `wormhole up` running?"
                            .formatted(access.url(), gone));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(CommandFailed.TIMEOUT, "interrupted");
        }
    }

    /** The failure of a command that a node's refusal stands for. */
    static CommandFailed failure(NodeRefused refused) {
        int exitCode =
                switch (refused.status()) {
                    case 400, 413 -> CommandFailed.BAD_INPUT;
                    case 404 -> CommandFailed.NOT_FOUND;
                    case 504 -> CommandFailed.TIMEOUT;
                    default -> CommandFailed.REFUSED;
                };
        return new CommandFailed(exitCode, String.valueOf(refused.getMessage()));
    }
}

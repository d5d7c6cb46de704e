package io.wormhole.runtime.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.Route;

/** The console's page and the API's description; they hold no secret and need no token. */
final class ConsoleFiles extends AllDirectives {
    // Scripts and styles come from this server alone, and no other page may frame the console.
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self' data:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";
    private static final Map<String, String> TYPES =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("index.html", "text/html; charset=UTF-8"),
                            Map.entry("console.js", "text/javascript; charset=UTF-8"),
                            Map.entry("console.css", "text/css; charset=UTF-8"),
                            Map.entry("explorer.html", "text/html; charset=UTF-8"),
                            Map.entry("explorer.js", "text/javascript; charset=UTF-8"),
                            Map.entry("oracles.html", "text/html; charset=UTF-8"),
                            Map.entry("oracles.js", "text/javascript; charset=UTF-8"),
                            Map.entry("oracles.css", "text/css; charset=UTF-8"),
                            Map.entry("markets.html", "text/html; charset=UTF-8"),
                            Map.entry("markets.js", "text/javascript; charset=UTF-8"),
                            Map.entry("openapi.yaml", "application/yaml")));

    private final Map<String, HttpResponse> files = new TreeMap<>();

    ConsoleFiles() {
        TYPES.forEach((name, type) -> files.put(name, file(name, ContentTypes.parse(type))));
    }

    Route route() {
        Route page = pathSingleSlash(() -> get(() -> complete(content("index.html"))));
        Route[] others =
                TYPES.keySet().stream()
                        .filter(name -> !name.equals("index.html"))
                        .map(name -> path(name, () -> get(() -> complete(content(name)))))
                        .toArray(Route[]::new);
        return concat(page, others);
    }

    private HttpResponse content(String name) {
        return files.getOrDefault(name, HttpResponse.create().withStatus(404));
    }

    private static HttpResponse file(String name, ContentType type) {
        return HttpResponse.create()
                .withEntity(HttpEntities.create(type, read(name)))
                .addHeader(HttpHeader.parse("Content-Security-Policy", POLICY))
                .addHeader(HttpHeader.parse("X-Content-Type-Options", "nosniff"))
                .addHeader(HttpHeader.parse("Referrer-Policy", "no-referrer"))
                .addHeader(HttpHeader.parse("Cache-Control", "no-cache"));
    }

    private static byte[] read(String name) {
        try (InputStream in = ConsoleFiles.class.getResourceAsStream("/console/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file console/" + name);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

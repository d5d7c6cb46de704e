package io.wormhole.oracle.feed;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A value in a JSON document on a server. Redirects are followed a few times and never from TLS to
 * plain text; the whole exchange has one deadline.
 */
public final class HttpFeed implements Feed {
    /** Redirects that are followed. */
    public static final int MOST_REDIRECTS = 5;

    /**
     * What is read and how patiently.
     *
     * @param address http or https
     * @param jsonPath one value, such as {@code $.data[0].temperature}
     * @param timeout for everything together, redirects included
     * @param mostBytes of the document
     */
    public record Source(URI address, String jsonPath, Duration timeout, int mostBytes) {
        /** Refuses other schemes and useless limits. */
        public Source {
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            boolean isWeb = scheme.equals("http") || scheme.equals("https");
            if (!isWeb || address.getHost() == null) {
                throw new IllegalArgumentException(
                        address + "; allowed: an http or https address with a host");
            }
            if (timeout.isNegative() || timeout.isZero() || mostBytes < 1) {
                throw new IllegalArgumentException(
                        "timeout %s, %d bytes; allowed: above zero".formatted(timeout, mostBytes));
            }
        }
    }

    private final String name;
    private final Source source;
    private final JsonValue value;
    private final HttpClient client;
    private final InstantSource clock;

    /**
     * A feed.
     *
     * @param client made by {@link #client()}, shared by all feeds
     */
    public HttpFeed(String name, Source source, HttpClient client, InstantSource clock) {
        this.name = name;
        this.source = source;
        this.value = new JsonValue(name, source.jsonPath());
        this.client = client;
        this.clock = clock;
    }

    /** A client that follows no redirect by itself and checks certificates as the JDK does. */
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletionStage<Reading> read() {
        Exchange exchange = new Exchange();
        return exchange.get(source.address(), 0)
                .orTimeout(source.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle(
                        (document, failure) -> {
                            if (failure == null) {
                                return new Reading(
                                        name + " " + source.address(),
                                        clock.instant(),
                                        value.in(document));
                            }
                            exchange.hangUp();
                            throw fault(failure);
                        });
    }

    private FeedFault fault(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof CompletionException || !(cause instanceof FeedFault))) {
            cause = cause.getCause();
        }
        if (cause instanceof FeedFault known) {
            return known;
        }
        return cause instanceof TimeoutException
                ? FeedFault.passing(name, "no answer within " + source.timeout())
                : FeedFault.passing(name, String.valueOf(cause));
    }

    /** One reading with its redirects. */
    private final class Exchange {
        private volatile CompletableFuture<HttpResponse<byte[]>> running =
                new CompletableFuture<>();
        private volatile boolean hungUp;

        CompletableFuture<byte[]> get(URI address, int redirects) {
            // Without a time limit of its own: the one of read() is for all redirects together, and
            // of two limits the fault would be that of whichever came first.
            HttpRequest request =
                    HttpRequest.newBuilder(address)
                            .header("Accept", "application/json")
                            .GET()
                            .build();
            CompletableFuture<HttpResponse<byte[]>> sent =
                    client.sendAsync(request, head -> new LimitedBody(name, source.mostBytes()));
            running = sent;
            // Whoever hung up while a redirect was followed saw only the request before this one.
            if (hungUp) {
                sent.cancel(true);
            }
            return sent.thenCompose(response -> follow(address, response, redirects));
        }

        private CompletableFuture<byte[]> follow(
                URI from, HttpResponse<byte[]> response, int redirects) {
            int status = response.statusCode();
            if (status == 200) {
                return CompletableFuture.completedFuture(response.body());
            }
            boolean isRedirect = status >= 301 && status <= 308 && status != 304;
            if (!isRedirect) {
                throw status == 429 || status >= 500
                        ? FeedFault.passing(name, "answers with status " + status)
                        : FeedFault.lasting(name, "answers with status " + status);
            }
            if (redirects >= MOST_REDIRECTS) {
                throw FeedFault.lasting(name, "redirects more than " + MOST_REDIRECTS + " times");
            }
            String to =
                    response.headers()
                            .firstValue("Location")
                            .orElseThrow(
                                    () -> FeedFault.lasting(name, "redirects without saying to"));
            return get(target(from, to), redirects + 1);
        }

        private URI target(URI from, String location) {
            URI to;
            try {
                to = from.resolve(location);
                new Source(to, source.jsonPath(), source.timeout(), source.mostBytes());
            } catch (IllegalArgumentException wrong) {
                throw FeedFault.lasting(name, "redirects to " + location);
            }
            if (from.getScheme().equalsIgnoreCase("https")
                    && !to.getScheme().equalsIgnoreCase("https")) {
                throw FeedFault.lasting(name, "redirects from TLS to plain text");
            }
            return to;
        }

        void hangUp() {
            hungUp = true;
            running.cancel(true);
        }
    }
}

package io.wormhole.runtime.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A node's channels and payments for Java programs. Every call returns at once; its stage fails
 * with {@link NodeRefused} when the node refuses, and with an {@link IOException} when it does not
 * answer. Thread-safe.
 *
 * <pre>{@code
 * WormholeClient shop = WormholeClient.ofData(Path.of("wormhole-data"));
 * InvoiceInfo invoice = shop.request(Amount.parse("0.5"), "one coffee").toCompletableFuture().join();
 * show(invoice.text());
 * shop.whenPaid(invoice.hash()).thenAccept(paid -> brew());
 * }</pre>
 */
public final class WormholeClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(10);
    private static final long PAUSE_MILLIS = 200;
    private static final long LARGEST_ACCESS_FILE = 4_096;

    private final URI node;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();

    private WormholeClient(URI node, String token) {
        this.node = node;
        this.token = token;
    }

    /** A client of the node at this address. */
    public static WormholeClient of(URI node, String token) {
        return new WormholeClient(node, token);
    }

    /**
     * A client of the node that keeps its data in this directory, on the same machine.
     *
     * @throws IOException when no node has run there
     */
    public static WormholeClient ofData(Path dataDirectory) throws IOException {
        Path access = dataDirectory.resolve("api.json");
        if (Files.size(access) > LARGEST_ACCESS_FILE) {
            throw new IOException(access + " is no access file");
        }
        JsonNode json = Json.parse(Files.readString(access));
        return new WormholeClient(
                URI.create(json.path("url").asText()), json.path("token").asText());
    }

    // ---- channels -------------------------------------------------------------------------------

    /** All channels that are not over. */
    public CompletionStage<List<ChannelInfo>> channels() {
        return get("channels")
                .thenApply(
                        json -> {
                            List<ChannelInfo> channels = new ArrayList<>();
                            json.path("channels")
                                    .forEach(one -> channels.add(ChannelInfo.read(one)));
                            return channels;
                        });
    }

    /** One channel. */
    public CompletionStage<ChannelInfo> channel(ChannelId id) {
        return get("channels/" + id).thenApply(ChannelInfo::read);
    }

    /** Proposes a channel to the operator of a name; complete with its id when it is stored. */
    public CompletionStage<ChannelId> open(Name with, Amount deposit) {
        ObjectNode body = Json.object();
        body.put("with", with.path()).put("deposit", deposit.toString());
        return post("channels", body)
                .thenApply(json -> new ChannelId(Hash.ofHex(json.path("id").asText())));
    }

    /** Complete when a channel can be used, or never will be again. */
    public CompletionStage<ChannelInfo> whenOpen(ChannelId id) {
        return when(() -> channel(id), channel -> channel.isOpen() || channel.isClosed());
    }

    /** Complete when a channel is closed and final. */
    public CompletionStage<ChannelInfo> whenClosed(ChannelId id) {
        return when(() -> channel(id), ChannelInfo::isClosed);
    }

    /**
     * Pays the partner of a channel; complete with the number of the state that holds it when both
     * have signed.
     *
     * @param name the caller's own: the same again while it is under way pays once
     */
    public CompletionStage<Long> pay(ChannelId channel, Amount amount, String name) {
        ObjectNode body = Json.object();
        body.put("amount", amount.toString()).put("name", name);
        return post("channels/" + channel + "/pay", body)
                .thenApply(json -> json.path("nonce").asLong());
    }

    /** Asks the partner to close together; see {@link #whenClosed}. */
    public CompletionStage<ChannelInfo> close(ChannelId channel) {
        return post("channels/" + channel + "/close", "").thenApply(ChannelInfo::read);
    }

    /** Closes alone, in the newest state; see {@link #whenClosed}. */
    public CompletionStage<ChannelInfo> dispute(ChannelId channel) {
        return post("channels/" + channel + "/dispute", "").thenApply(ChannelInfo::read);
    }

    // ---- payments over any number of channels ---------------------------------------------------

    /** Asks to be paid; the invoice is stored when the stage is complete. */
    public CompletionStage<InvoiceInfo> request(Amount amount, String description) {
        ObjectNode body = Json.object();
        body.put("amount", amount.toString()).put("description", description);
        return post("invoices", body).thenApply(InvoiceInfo::read);
    }

    /** An invoice of this node. */
    public CompletionStage<InvoiceInfo> invoice(Hash hash) {
        return get("invoices/" + hash.toHex()).thenApply(InvoiceInfo::read);
    }

    /** Complete when an invoice of this node is paid, or was not in time. */
    public CompletionStage<InvoiceInfo> whenPaid(Hash hash) {
        return when(() -> invoice(hash), InvoiceInfo::isOver);
    }

    /**
     * Pays an invoice. The same invoice is never paid twice, so it may be repeated after any
     * failure.
     *
     * @param maximumFee what all relays together may take
     */
    public CompletionStage<PaymentInfo> pay(String invoice, Amount maximumFee) {
        ObjectNode body = Json.object();
        body.put("invoice", invoice).put("maximumFee", maximumFee.toString());
        return post("payments", body).thenApply(PaymentInfo::read);
    }

    /** A payment of this node. */
    public CompletionStage<PaymentInfo> payment(Hash hash) {
        return get("payments/" + hash.toHex()).thenApply(PaymentInfo::read);
    }

    // ---- how ------------------------------------------------------------------------------------

    private static <T> CompletionStage<T> when(
            Supplier<CompletionStage<T>> ask, Predicate<T> wanted) {
        Executor later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return ask.get()
                .thenCompose(
                        seen ->
                                wanted.test(seen)
                                        ? CompletableFuture.completedFuture(seen)
                                        : CompletableFuture.supplyAsync(
                                                        () -> when(ask, wanted), later)
                                                .thenCompose(Function.identity()));
    }

    private CompletionStage<JsonNode> get(String path) {
        return send(request(path).GET());
    }

    private CompletionStage<JsonNode> post(String path, ObjectNode body) {
        return post(path, Json.text(body));
    }

    private CompletionStage<JsonNode> post(String path, String body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.resolve("/v1/" + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "text/plain; charset=UTF-8");
    }

    private CompletionStage<JsonNode> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(WormholeClient::read);
    }

    private static JsonNode read(HttpResponse<String> response) {
        if (response.statusCode() / 100 == 2) {
            return Json.parse(response.body());
        }
        JsonNode error = Json.parse(response.body()).path("error");
        throw new NodeRefused(
                response.statusCode(), error.path("code").asText(), error.path("message").asText());
    }
}

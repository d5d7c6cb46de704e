package io.wormhole.runtime.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.stream.StreamTerms;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.http.ChannelBytes;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

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
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final NodeAccess access;
    private final HttpClient http = NodeAccess.http();

    private WormholeClient(NodeAccess access) {
        this.access = access;
    }

    /** A client of the node at this address. */
    public static WormholeClient of(URI node, String token) {
        return new WormholeClient(new NodeAccess(node, token));
    }

    /**
     * A client of the node that keeps its data in this directory, on the same machine.
     *
     * @throws IOException when no node has run there
     */
    public static WormholeClient ofData(Path dataDirectory) throws IOException {
        return new WormholeClient(NodeAccess.ofData(dataDirectory));
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

    /** {@link #whenOpen(ChannelId, Duration)} within an hour. */
    public CompletionStage<ChannelInfo> whenOpen(ChannelId id) {
        return whenOpen(id, PATIENCE);
    }

    /**
     * Complete when a channel can be used, or never will be again; fails with a {@link
     * TimeoutException} when that takes longer.
     */
    public CompletionStage<ChannelInfo> whenOpen(ChannelId id, Duration patience) {
        return Awaiting.until(
                () -> channel(id),
                channel -> channel.isOpen() || channel.isClosed(),
                "channel " + id + " open",
                patience);
    }

    /** {@link #whenClosed(ChannelId, Duration)} within an hour. */
    public CompletionStage<ChannelInfo> whenClosed(ChannelId id) {
        return whenClosed(id, PATIENCE);
    }

    /**
     * Complete when a channel is closed and final; fails with a {@link TimeoutException} when that
     * takes longer.
     */
    public CompletionStage<ChannelInfo> whenClosed(ChannelId id, Duration patience) {
        return Awaiting.until(
                () -> channel(id), ChannelInfo::isClosed, "channel " + id + " closed", patience);
    }

    /**
     * Pays the partner of a channel; complete with the number of the state that holds it when both
     * have signed.
     *
     * @param name the caller's own, at most 128 characters: the same again with the same amount,
     *     after any failure, pays once, as long as it is among the last 256 named ones of the
     *     channel
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

    /** {@link #whenPaid(Hash, Duration)} within an hour. */
    public CompletionStage<InvoiceInfo> whenPaid(Hash hash) {
        return whenPaid(hash, PATIENCE);
    }

    /**
     * Complete when an invoice of this node is paid, or was not in time; fails with a {@link
     * TimeoutException} when that takes longer.
     */
    public CompletionStage<InvoiceInfo> whenPaid(Hash hash, Duration patience) {
        return Awaiting.until(
                () -> invoice(hash),
                InvoiceInfo::isOver,
                "invoice " + hash.toHex() + " paid",
                patience);
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

    // ---- payments bit by bit
    // ----------------------------------------------------------------------

    /**
     * Begins a stream to the partner of a channel, or from it.
     *
     * @param paying whether this node pays; else it delivers and counts what the partner pays
     */
    public CompletionStage<StreamInfo> stream(
            ChannelId channel, boolean paying, StreamTerms terms) {
        ObjectNode body = Json.object();
        body.put("channel", channel.toString())
                .put("paying", paying)
                .put("price", terms.pricePerUnit().toString())
                .put("unitsPerSecond", terms.unitsPerSecond())
                .put("exposureLimit", terms.exposureLimit().toString());
        return post("streams", body).thenApply(StreamInfo::read);
    }

    /**
     * So many units have come, or are to go out, in all. Who pays is answered when what is due is
     * paid; who delivers may deliver when it is not refused.
     */
    public CompletionStage<StreamInfo> delivered(String stream, long units) {
        return post("streams/" + stream + "/delivered", Json.object().put("units", units))
                .thenApply(StreamInfo::read);
    }

    /** Pays the rest and ends a stream. */
    public CompletionStage<StreamInfo> end(String stream) {
        return post("streams/" + stream + "/end", "").thenApply(StreamInfo::read);
    }

    // ---- being watched
    // ----------------------------------------------------------------------------

    /**
     * Has all channels watched by the partner of one; complete when a period is paid. It is paid
     * again before each period ends.
     *
     * @param maximumPrice most to pay for a period, which lasts 30 days or longer
     */
    public CompletionStage<WatcherInfo> watch(ChannelId withWatcher, Amount maximumPrice) {
        ObjectNode body = Json.object();
        body.put("channel", withWatcher.toString()).put("maximumPrice", maximumPrice.toString());
        return post("watchers/subscribe", body).thenApply(WatcherInfo::read);
    }

    /** Who watches, and how far each is. */
    public CompletionStage<List<WatcherInfo>> watchers() {
        return get("watchers")
                .thenApply(
                        json -> {
                            List<WatcherInfo> watchers = new ArrayList<>();
                            json.path("watchers")
                                    .forEach(one -> watchers.add(WatcherInfo.read(one)));
                            return watchers;
                        });
    }

    /** Ends being watched by a watcher, named by its key; complete with those that are left. */
    public CompletionStage<List<WatcherInfo>> unwatch(String watcher) {
        return post("watchers/stop", Json.object().put("watcher", watcher))
                .thenCompose(stopped -> watchers());
    }

    // ---- steps that a program computes itself
    // -----------------------------------------------------

    /** What the node remembers of a channel whose terms are known. */
    public CompletionStage<KnownChannel> memory(ChannelId channel) {
        return get("channels/" + channel + "/memory")
                .thenApply(json -> ChannelBytes.memory(json.path("memory").asText()));
    }

    /**
     * What the chain says of a channel, and which secrets it was shown in some of the blocks above
     * {@code after}.
     */
    public CompletionStage<ChannelOnChain> onChain(ChannelId channel, BlockHeight after) {
        return get("channels/" + channel + "/secrets/" + after).thenApply(ChannelOnChain::read);
    }

    /** Height of the node's head. */
    public CompletionStage<BlockHeight> height() {
        return get("status")
                .thenApply(json -> new BlockHeight(json.path("chain").path("height").asLong()));
    }

    /**
     * Wants an update; complete with the number of the state when both have signed it.
     *
     * @param name the caller's own, at most 128 characters: the same again with the same update,
     *     after any failure, is done once, as long as it is among the last 256 of the channel
     */
    public CompletionStage<Long> update(ChannelId channel, String name, Update update) {
        ObjectNode body = Json.object();
        body.put("name", name).put("update", update.encoded().toHex());
        return post("channels/" + channel + "/update", body)
                .thenApply(json -> json.path("nonce").asLong());
    }

    /** Closes alone and has the chain run a step of a contract. */
    public CompletionStage<ChannelInfo> force(ChannelId channel, ForcedStep step) {
        ObjectNode body = Json.object();
        body.put("lock", Long.toString(step.lockId())).put("message", step.message().toHex());
        return post("channels/" + channel + "/force", body).thenApply(ChannelInfo::read);
    }

    // ---- how ------------------------------------------------------------------------------------

    private CompletionStage<JsonNode> get(String path) {
        return send(access.request(path).GET());
    }

    private CompletionStage<JsonNode> post(String path, ObjectNode body) {
        return post(path, Json.text(body));
    }

    private CompletionStage<JsonNode> post(String path, String body) {
        return send(access.post(path, body));
    }

    private CompletionStage<JsonNode> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(NodeAccess::read);
    }
}

package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.runtime.line.LineMemory;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.order.CustomerOrders;
import io.wormhole.runtime.order.OrderView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Reads what a node knows, as JSON; changes nothing. */
final class NodeReader {
    private static final Duration ASK = Duration.ofSeconds(20);
    // A job that is just being restarted must not hold up the view of its line.
    private static final Duration JOB_PATIENCE = Duration.ofSeconds(2);

    private final WormholeNode node;

    NodeReader(WormholeNode node) {
        this.node = node;
    }

    /** The operator, the chain and the operator's final account. */
    CompletionStage<ObjectNode> status() {
        String address = node.operator().address().toString();
        return node.settlement()
                .account(node.operator().address(), Certainty.FINAL)
                .thenApply(
                        account -> {
                            ObjectNode view = Json.object();
                            view.put("address", address);
                            view.put("publicKey", node.operator().publicKey().toString());
                            view.put("session", node.advertisedSession().toString());
                            view.set("chain", Views.chain(node));
                            view.set("account", Views.account(address, account));
                            view.put("heapBytes", usedHeap());
                            return view;
                        });
    }

    static long usedHeap() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    CompletionStage<ObjectNode> channels() {
        return node.channels()
                .channels()
                .thenCompose(
                        ids -> gather("channels", ids.stream().map(this::channelOrNone).toList()));
    }

    /** A channel; fails with 404 when this side knows nothing of it. */
    CompletionStage<ObjectNode> channel(ChannelId channel) {
        return channelOrNone(channel)
                .thenApply(view -> ApiProblem.require(view, () -> "no channel " + channel));
    }

    private CompletionStage<Optional<ObjectNode>> channelOrNone(ChannelId channel) {
        return node.channels()
                .inspect(channel)
                .thenCombine(
                        node.settlement().channel(channel, Certainty.FINAL),
                        (memory, entry) -> {
                            if (!(memory instanceof KnownChannel)) {
                                return Optional.empty();
                            }
                            ObjectNode view = Views.channel(channel, memory);
                            entry.ifPresent(e -> view.set("onChain", Views.onChain(e)));
                            return Optional.of(view);
                        });
    }

    CompletionStage<ObjectNode> orders() {
        CompletionStage<List<OrderView>> orders =
                AskPattern.ask(
                        node.orders(), CustomerOrders.ListAll::new, ASK, node.system().scheduler());
        return orders.thenApply(
                all -> {
                    ArrayNode array = Json.array();
                    all.forEach(order -> array.add(Views.order(order)));
                    return Json.object().set("orders", array);
                });
    }

    CompletionStage<ObjectNode> order(Hash id) {
        CompletionStage<Optional<OrderView>> order =
                AskPattern.ask(
                        node.orders(),
                        replyTo -> new CustomerOrders.Inspect(id, replyTo),
                        ASK,
                        node.system().scheduler());
        return order.thenApply(
                found -> Views.order(ApiProblem.require(found, () -> "no order " + id)));
    }

    CompletionStage<ObjectNode> lines() {
        return node.lines()
                .names()
                .thenCompose(
                        names ->
                                gather(
                                        "lines",
                                        names.stream()
                                                .map(name -> lineOrNone(new Name(name)))
                                                .toList()));
    }

    /** A line; fails with 404 when it is not deployed here. */
    CompletionStage<ObjectNode> line(Name name) {
        return lineOrNone(name)
                .thenApply(
                        view ->
                                ApiProblem.require(
                                        view, () -> "no line " + name + " is deployed here"));
    }

    // A line may be retired between the moment when its name is listed and the look at it.
    private CompletionStage<Optional<ObjectNode>> lineOrNone(Name name) {
        return node.lines()
                .inspect(name)
                .thenCompose(
                        memory ->
                                memory.definition().isPresent()
                                        ? line(name, memory).thenApply(Optional::of)
                                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    private CompletionStage<ObjectNode> line(Name name, LineMemory memory) {
        List<CompletionStage<Optional<ObjectNode>>> jobs =
                memory.jobs().keySet().stream().map(order -> job(name, order)).toList();
        return gather("jobs", jobs)
                .thenApply(
                        gathered ->
                                Json.object()
                                        .put("name", name.path())
                                        .put("paused", memory.paused())
                                        .put("definition", memory.definition().orElse(""))
                                        .setAll(gathered));
    }

    private CompletionStage<Optional<ObjectNode>> job(Name line, Hash order) {
        ObjectNode silent = Json.object().put("order", order.toHex()).put("answers", false);
        return node.lines()
                .job(line, order)
                .thenApply(Views::job)
                .toCompletableFuture()
                .completeOnTimeout(silent, JOB_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(Optional::of);
    }

    CompletionStage<JsonNode> tree(Name name) {
        return node.lines()
                .tree(name)
                .thenApply(
                        tree ->
                                Json.parse(
                                        ApiProblem.require(
                                                tree, () -> "no line " + name + " runs here")));
    }

    /** All lines with their trees in place of their definitions. */
    CompletionStage<ObjectNode> linesWithTrees() {
        return lines().thenCompose(
                        lines -> {
                            List<CompletionStage<Optional<ObjectNode>>> all = new ArrayList<>();
                            lines.path("lines").forEach(line -> all.add(withTree(line)));
                            return gather("lines", all);
                        });
    }

    private CompletionStage<Optional<ObjectNode>> withTree(JsonNode line) {
        ObjectNode view = line.deepCopy();
        view.remove("definition");
        return node.lines()
                .tree(new Name(line.path("name").textValue()))
                .thenApply(
                        tree -> {
                            tree.ifPresent(t -> view.set("tree", Json.parse(t)));
                            return Optional.of(view);
                        });
    }

    private static CompletionStage<ObjectNode> gather(
            String field, Collection<CompletionStage<Optional<ObjectNode>>> parts) {
        List<CompletableFuture<Optional<ObjectNode>>> all =
                parts.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(
                        done -> {
                            ArrayNode array = Json.array();
                            all.forEach(one -> one.join().ifPresent(array::add));
                            return Json.object().set(field, array);
                        });
    }
}

package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.wallet.Payment;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.runtime.naming.NameService;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.settlement.block.Block;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;

/** Status, accounts, names, transfers, transactions and blocks. */
final class ChainApi extends AllDirectives {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long MOST_BLOCKS = 20_000;

    private final WormholeNode node;
    private final NameService names;

    ChainApi(WormholeNode node) {
        this.node = node;
        this.names =
                new NameService(
                        node.operator(),
                        node.settlement(),
                        node.channels(),
                        node.advertisedSession());
    }

    Route route() {
        return concat(
                path("status", () -> get(() -> json(status()))),
                path(
                        PathMatchers.segment("accounts").slash(PathMatchers.segment()),
                        address -> get(() -> json(account(address)))),
                path("names", () -> parameter("name", this::nameRoutes)),
                path("transfers", () -> post(() -> body(this::transfer))),
                pathPrefix(
                        "transactions",
                        () ->
                                concat(
                                        path(
                                                PathMatchers.segment(),
                                                id -> get(() -> json(transaction(id)))),
                                        path(
                                                PathMatchers.segment().slash("proof"),
                                                id -> get(() -> json(proof(id)))))),
                path("proofs", () -> post(() -> body(this::checkProof))),
                pathPrefix("blocks", this::blocks),
                path("metrics", () -> get(() -> complete(StatusCodes.OK, metrics()))));
    }

    private Route json(CompletionStage<? extends JsonNode> answer) {
        return ApiServer.json(this, answer);
    }

    private Route body(java.util.function.Function<String, Route> handler) {
        return entity(Unmarshaller.entityToString(), handler);
    }

    private CompletionStage<ObjectNode> status() {
        return node.settlement()
                .account(node.operator().address(), Certainty.FINAL)
                .thenApply(
                        account -> {
                            ObjectNode view = Json.object();
                            view.put("address", node.operator().address().toString());
                            view.put("publicKey", node.operator().publicKey().toString());
                            view.put("session", node.advertisedSession().toString());
                            view.set("chain", Views.chain(node.settlementNode().status()));
                            view.set(
                                    "account",
                                    Views.account(
                                            node.operator().address().toString(), account));
                            view.put("heapBytes", usedHeap());
                            return view;
                        });
    }

    private static long usedHeap() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private CompletionStage<ObjectNode> account(String text) {
        Address address =
                text.equals("me") ? node.operator().address() : Address.parse(text);
        return node.settlement()
                .account(address, Certainty.FINAL)
                .thenApply(entry -> Views.account(address.toString(), entry));
    }

    private Route nameRoutes(String text) {
        Name name = new Name(text);
        return concat(
                get(() -> json(name(name))),
                post(() -> json(names.claimLine(name).thenApply(Views::name))));
    }

    private CompletionStage<ObjectNode> name(Name name) {
        return node.settlement()
                .name(name, Certainty.FINAL)
                .thenApply(
                        entry ->
                                Views.name(
                                        entry.orElseThrow(
                                                () ->
                                                        ApiProblem.notFound(
                                                                        "the name "
                                                                                + name
                                                                                + " is free")
                                                                .raised())));
    }

    private Route transfer(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("to", "amount"));
        Transfer transfer =
                new Transfer(Address.parse(body.text("to")), Amount.parse(body.text("amount")));
        return json(
                node.channels()
                        .bring("transfer/" + UUID.randomUUID(), transfer, PATIENCE)
                        .thenApply(ChainApi::payment));
    }

    static ObjectNode payment(Payment payment) {
        if (payment instanceof Payment.Abandoned refused) {
            throw ApiProblem.refused(refused.code(), refused.reason()).raised();
        }
        Payment.Settled settled = (Payment.Settled) payment;
        return Json.object()
                .put("transaction", settled.transaction().toHex())
                .put("height", settled.height().value());
    }

    private CompletionStage<ObjectNode> transaction(String id) {
        return node.settlement().transaction(Hash.ofHex(id)).thenApply(s -> status(id, s));
    }

    private static ObjectNode status(String id, TransactionStatus status) {
        ObjectNode view = Json.object().put("transaction", id);
        if (status instanceof TransactionStatus.Included included) {
            return view.put(
                            "status",
                            included.certainty() == Certainty.FINAL ? "final" : "included")
                    .put("height", included.height().value())
                    .put("block", included.block().toHex());
        }
        return view.put(
                "status", status instanceof TransactionStatus.Pending ? "pending" : "unknown");
    }

    private CompletionStage<ObjectNode> proof(String id) {
        return node.settlement()
                .inclusionProof(Hash.ofHex(id))
                .thenApply(
                        proof -> {
                            InclusionProof found =
                                    proof.orElseThrow(
                                            () ->
                                                    ApiProblem.notFound("in no block: " + id)
                                                            .raised());
                            return proofView(found).put("proof", found.encoded().toHex());
                        });
    }

    private static ObjectNode proofView(InclusionProof proof) {
        return Json.object()
                .put("transaction", proof.transaction().id().toHex())
                .put("block", proof.header().hash().toHex())
                .put("height", proof.header().height().value());
    }

    // Trusts nothing of the sender: the path must hold, and the header must be final on our chain.
    private Route checkProof(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("proof"));
        InclusionProof proof = InclusionProof.decode(Bytes.ofHex(body.text("proof")));
        long height = proof.header().height().value();
        CompletionStage<ObjectNode> verdict =
                node.settlementNode()
                        .blockAt(height)
                        .thenApply(
                                block -> {
                                    boolean ours =
                                            block.map(Block::hash)
                                                    .equals(Optional.of(proof.header().hash()));
                                    boolean settled =
                                            height
                                                    <= node.settlementNode()
                                                            .status()
                                                            .finalHeight();
                                    return proofView(proof)
                                            .put("pathHolds", proof.holds())
                                            .put("onOurChain", ours)
                                            .put("final", settled)
                                            .put("verified", proof.holds() && ours && settled);
                                });
        return json(verdict);
    }

    private Route blocks() {
        return concat(
                path(
                        PathMatchers.longSegment(),
                        height -> get(() -> json(block(height)))),
                path(
                        "transactions",
                        () ->
                                parameter(
                                        "mentions",
                                        hex ->
                                                parameter(
                                                        "from",
                                                        from ->
                                                                get(
                                                                        () ->
                                                                                json(
                                                                                        mentions(
                                                                                                hex,
                                                                                                from)))))));
    }

    private CompletionStage<ObjectNode> block(long height) {
        return node.settlementNode()
                .blockAt(height)
                .thenApply(
                        found -> {
                            Block block =
                                    found.orElseThrow(
                                            () ->
                                                    ApiProblem.notFound("no block at " + height)
                                                            .raised());
                            ObjectNode view =
                                    Json.object()
                                            .put("height", height)
                                            .put("hash", block.hash().toHex())
                                            .put("previous", block.header().previous().toHex())
                                            .put("timeMillis", block.header().timeMillis())
                                            .put("producer", block.header().producer().toString());
                            ArrayNode transactions = view.putArray("transactions");
                            block.transactions().forEach(t -> transactions.add(view(t, height)));
                            return view;
                        });
    }

    private static ObjectNode view(SignedTransaction transaction, long height) {
        String kind = transaction.transaction().body().getClass().getName();
        return Json.object()
                .put("transaction", transaction.id().toHex())
                .put("kind", kind.substring(kind.lastIndexOf('.') + 1).replace('$', '.'))
                .put("sender", transaction.transaction().sender().address().toString())
                .put("height", height);
    }

    /** Transactions whose bytes hold a given hash, such as a channel's id, from a height on. */
    private CompletionStage<ObjectNode> mentions(String hex, String from) {
        Hash hash = Hash.ofHex(hex);
        long first = Long.parseLong(from);
        long head = node.settlementNode().status().head().height().value();
        if (first < 0 || head - first > MOST_BLOCKS) {
            throw new IllegalArgumentException(
                    "from must be %d to %d".formatted(Math.max(0, head - MOST_BLOCKS), head));
        }
        ArrayNode found = Json.array();
        Predicate<SignedTransaction> mentions =
                transaction -> mentions(transaction, hash);
        return scan(first, head, mentions, found)
                .thenApply(done -> Json.object().set("transactions", found));
    }

    private boolean mentions(SignedTransaction transaction, Hash hash) {
        boolean opens =
                transaction.transaction().body()
                                instanceof
                                io.wormhole.protocol.transaction.ChannelTransaction.Open open
                        && open.terms().id(node.settlement().network()).hash().equals(hash);
        return opens || transaction.encoded().toHex().contains(hash.toHex());
    }

    private CompletionStage<Boolean> scan(
            long height, long head, Predicate<SignedTransaction> wanted, ArrayNode found) {
        if (height > head) {
            return CompletableFuture.completedFuture(true);
        }
        return node.settlementNode()
                .blockAt(height)
                .thenComposeAsync(
                        block -> {
                            block.ifPresent(
                                    present ->
                                            present.transactions().stream()
                                                    .filter(wanted)
                                                    .forEach(t -> found.add(view(t, height))));
                            return scan(height + 1, head, wanted, found);
                        });
    }

    private String metrics() {
        StringBuilder text = new StringBuilder();
        node.settlementNode()
                .metrics()
                .forEach(
                        (name, value) ->
                                text.append("wormhole_")
                                        .append(name)
                                        .append(' ')
                                        .append(value)
                                        .append('\n'));
        return text.append("wormhole_heap_bytes ").append(usedHeap()).append('\n').toString();
    }
}

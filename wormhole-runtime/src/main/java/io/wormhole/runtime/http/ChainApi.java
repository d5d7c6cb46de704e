package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.backup.BackupStatus;
import io.wormhole.channel.wallet.Payment;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.runtime.naming.NameService;
import io.wormhole.runtime.node.NetworkSide;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.node.LightStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** Status, accounts, names, transfers, transactions and blocks. */
final class ChainApi extends JsonRoutes {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long MOST_BLOCKS = 20_000;
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    private final WormholeNode node;
    private final NodeReader reader;
    private final NameService names;

    ChainApi(WormholeNode node, NodeReader reader) {
        this.node = node;
        this.reader = reader;
        this.names =
                new NameService(
                        node.operator(),
                        node.settlement(),
                        node.channels(),
                        node.advertisedSession());
    }

    Route route() {
        return concat(
                path("status", () -> reads(reader::status)),
                path(
                        PathMatchers.segment("accounts").slash(PathMatchers.segment()),
                        address -> reads(() -> account(address))),
                path("names", this::names),
                path("transfers", () -> takes(this::transfer)),
                pathPrefix("transactions", this::transactions),
                path("proofs", () -> takes(this::checkProof)),
                pathPrefix("blocks", this::blocks),
                path("metrics", () -> get(this::allMetrics)));
    }

    private Route transactions() {
        return concat(
                path(PathMatchers.segment(), id -> reads(() -> transaction(id))),
                path(PathMatchers.segment().slash("proof"), id -> reads(() -> proof(id))));
    }

    private CompletionStage<ObjectNode> account(String text) {
        Address address = text.equals("me") ? node.operator().address() : Address.parse(text);
        return node.settlement()
                .account(address, Certainty.FINAL)
                .thenApply(entry -> Views.account(address.toString(), entry));
    }

    private Route names() {
        return concat(
                get(() -> parameter("name", name -> answer(entry(new Name(name))))),
                post(() -> parameter("name", name -> answer(claim(new Name(name))))));
    }

    private CompletionStage<ObjectNode> claim(Name name) {
        return names.claimLine(name).thenApply(Views::name);
    }

    private CompletionStage<ObjectNode> entry(Name name) {
        return node.settlement()
                .name(name, Certainty.FINAL)
                .thenApply(
                        entry ->
                                Views.name(
                                        ApiProblem.require(
                                                entry, () -> "the name " + name + " is free")));
    }

    private CompletionStage<ObjectNode> transfer(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("to", "amount"));
        Transfer transfer =
                new Transfer(Address.parse(body.text("to")), Amount.parse(body.text("amount")));
        return node.channels()
                .bring("transfer/" + UUID.randomUUID(), transfer, PATIENCE)
                .thenApply(ChainApi::payment);
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
                                    ApiProblem.require(proof, () -> "in no block: " + id);
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
    private CompletionStage<ObjectNode> checkProof(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("proof"));
        InclusionProof proof = InclusionProof.decode(Bytes.ofHex(body.text("proof")));
        long height = proof.header().height().value();
        return node.settlementNode()
                .blockAt(height)
                .thenApply(
                        block -> {
                            boolean ours =
                                    block.map(Block::hash)
                                            .equals(Optional.of(proof.header().hash()));
                            boolean settled =
                                    height <= node.settlementNode().status().finalHeight();
                            return proofView(proof)
                                    .put("pathHolds", proof.holds())
                                    .put("onOurChain", ours)
                                    .put("final", settled)
                                    .put("verified", proof.holds() && ours && settled);
                        });
    }

    private Route blocks() {
        return concat(
                path(PathMatchers.segment(HASH), hash -> reads(() -> block(Hash.ofHex(hash)))),
                path(PathMatchers.longSegment(), height -> reads(() -> block(height))),
                path("transactions", () -> get(this::mentions)));
    }

    private Route mentions() {
        return parameter("mentions", hex -> parameter("from", from -> answer(mentions(hex, from))));
    }

    private CompletionStage<ObjectNode> block(long height) {
        return node.settlementNode()
                .blockAt(height)
                .thenApply(found -> view(ApiProblem.require(found, () -> "no block at " + height)));
    }

    private CompletionStage<ObjectNode> block(Hash hash) {
        return node.settlementNode()
                .block(hash)
                .thenApply(found -> view(ApiProblem.require(found, () -> "no block " + hash)));
    }

    private static ObjectNode view(Block block) {
        long height = block.header().height().value();
        ObjectNode view =
                Json.object()
                        .put("height", height)
                        .put("hash", block.hash().toHex())
                        .put("previous", block.header().previous().toHex())
                        .put("timeMillis", block.header().timeMillis())
                        .put("producer", block.header().producer().toString());
        ArrayNode transactions = view.putArray("transactions");
        block.transactions().forEach(each -> transactions.add(view(each, height)));
        return view;
    }

    private static ObjectNode view(SignedTransaction transaction, long height) {
        String kind = transaction.transaction().body().getClass().getName();
        return Json.object()
                .put("transaction", transaction.id().toHex())
                .put("kind", kind.substring(kind.lastIndexOf('.') + 1).replace('$', '.'))
                .put("sender", transaction.transaction().sender().address().toString())
                .put("height", height)
                .put("feeBaseUnits", feePerBytes(transaction));
    }

    /** The fee of a transaction that runs no contract: gas price times bytes. */
    private static long feePerBytes(SignedTransaction transaction) {
        return transaction.transaction().gasPrice().times(transaction.encoded().size()).baseUnits();
    }

    /** Transactions whose bytes hold a given hash, such as a channel's id, from a height on. */
    private CompletionStage<ObjectNode> mentions(String hex, String from) {
        Hash hash = Hash.ofHex(hex);
        long first = number("from", from);
        long head = node.settlementNode().status().head().height().value();
        if (first < 0 || head - first > MOST_BLOCKS) {
            throw new IllegalArgumentException(
                    "from must be %d to %d".formatted(Math.max(0, head - MOST_BLOCKS), head));
        }
        ArrayNode found = Json.array();
        Predicate<SignedTransaction> mentions = transaction -> mentions(transaction, hash);
        return scan(first, head, mentions, found)
                .thenApply(done -> Json.object().set("transactions", found));
    }

    private boolean mentions(SignedTransaction transaction, Hash hash) {
        boolean opens =
                transaction.transaction().body() instanceof ChannelTransaction.Open open
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

    private Route allMetrics() {
        return onSuccess(
                node.backup().status(),
                backup ->
                        complete(
                                StatusCodes.OK,
                                metrics()
                                        + "wormhole_channel_alarms %d\n"
                                                .formatted(node.channelAlarms())
                                        + backup.map(ChainApi::backupMetrics).orElse("")));
    }

    private static String backupMetrics(BackupStatus status) {
        return "wormhole_channel_backup_waiting %d\nwormhole_channel_backup_written %d\n"
                        .formatted(status.waiting(), status.written())
                + "wormhole_channel_backup_failing %d\n"
                        .formatted(status.failure().isPresent() ? 1 : 0);
    }

    private String metrics() {
        StringBuilder text = new StringBuilder();
        metricsOf(node.side())
                .forEach(
                        (name, value) ->
                                text.append("wormhole_")
                                        .append(name)
                                        .append(' ')
                                        .append(value)
                                        .append('\n'));
        return text.append("wormhole_heap_bytes ")
                .append(NodeReader.usedHeap())
                .append('\n')
                .toString();
    }

    private static Map<String, Long> metricsOf(NetworkSide side) {
        if (side instanceof NetworkSide.Full full) {
            return full.node().metrics();
        }
        LightStatus status = ((NetworkSide.Light) side).node().status();
        return new TreeMap<>(
                Map.of(
                        "height",
                        status.head().height().value(),
                        "final_height",
                        status.finalised().height().value(),
                        "light_servers",
                        (long) status.servers(),
                        "light_liars",
                        (long) status.liars().size()));
    }
}

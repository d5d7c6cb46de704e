package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.node.PaymentService;
import io.wormhole.channel.payment.OutgoingPayment;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.node.WormholeNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** Invoices, and payments over any number of channels. */
final class PaymentApi extends JsonRoutes {
    // Whatever is no other route.
    private static final Pattern HASHES = Pattern.compile("(?!(?:route|rebalance|network)$)[^/]+");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long DEFAULT_BLOCKS = 600;
    private static final long MOST_BLOCKS = 1_000_000;
    // What the relays may take when the payer says nothing: a hundredth, and a little.
    private static final long DEFAULT_FEE_SHARE = 100;
    private static final Amount DEFAULT_FEE = Amount.of(100_000);

    private final WormholeNode node;

    PaymentApi(WormholeNode node) {
        this.node = node;
    }

    private PaymentService payments() {
        return node.payments();
    }

    Route route() {
        return concat(pathPrefix("invoices", this::invoices), pathPrefix("payments", this::paying));
    }

    private Route invoices() {
        return concat(
                pathEndOrSingleSlash(() -> concat(reads(this::allInvoices), takes(this::issue))),
                path(PathMatchers.segment(), id -> reads(() -> invoice(Hash.ofHex(id)))));
    }

    private Route paying() {
        return concat(
                pathEndOrSingleSlash(() -> concat(reads(this::allPayments), takes(this::pay))),
                path("route", () -> takes(this::route)),
                path("rebalance", () -> takes(this::rebalance)),
                path("network", () -> reads(this::network)),
                path(PathMatchers.segment(HASHES), id -> reads(() -> payment(Hash.ofHex(id)))));
    }

    private CompletionStage<ObjectNode> allInvoices() {
        return payments()
                .invoices()
                .thenApply(
                        all -> {
                            ArrayNode array = Json.array();
                            all.forEach(issued -> array.add(PaymentViews.invoice(issued)));
                            return Json.object().set("invoices", array);
                        });
    }

    private CompletionStage<ObjectNode> issue(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("amount", "description", "blocks"));
        long blocks = body.optionalNumber("blocks", 1, MOST_BLOCKS).orElse(DEFAULT_BLOCKS);
        return payments()
                .invoice(
                        Amount.parse(body.text("amount")),
                        body.optionalText("description").orElse(""),
                        blocks)
                .thenCompose(invoice -> invoice(invoice.hash()));
    }

    private CompletionStage<ObjectNode> invoice(Hash hash) {
        return payments()
                .invoice(hash)
                .thenApply(
                        found ->
                                PaymentViews.invoice(
                                        ApiProblem.require(
                                                found, () -> "no invoice " + hash.toHex())));
    }

    private CompletionStage<ObjectNode> allPayments() {
        return payments()
                .payments()
                .thenApply(
                        all -> {
                            ArrayNode array = Json.array();
                            all.forEach(payment -> array.add(PaymentViews.payment(payment)));
                            return Json.object().set("payments", array);
                        });
    }

    private CompletionStage<ObjectNode> payment(Hash hash) {
        return payments()
                .payment(hash)
                .thenApply(
                        found ->
                                PaymentViews.payment(
                                        ApiProblem.require(
                                                found, () -> "no payment " + hash.toHex())));
    }

    private Invoice invoice(Json.Body body) {
        return Invoice.parse(body.text("invoice"), node.settlement().network());
    }

    private static Amount maximumFee(Json.Body body, Amount amount) {
        return body.optionalText("maximumFee")
                .map(Amount::parse)
                .orElseGet(
                        () -> DEFAULT_FEE.plus(Amount.of(amount.baseUnits() / DEFAULT_FEE_SHARE)));
    }

    // Answers when it is over, or where it stands when that takes long: it goes on by itself.
    private CompletionStage<ObjectNode> pay(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("invoice", "maximumFee"));
        Invoice invoice = invoice(body);
        return finished(
                invoice.hash(), payments().pay(invoice, maximumFee(body, invoice.amount())));
    }

    private CompletionStage<ObjectNode> finished(
            Hash hash, CompletionStage<OutgoingPayment> paying) {
        return paying.thenApply(Optional::of)
                .toCompletableFuture()
                .completeOnTimeout(Optional.empty(), PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .thenCompose(over -> payment(hash));
    }

    private CompletionStage<ObjectNode> route(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("invoice", "maximumFee"));
        Invoice invoice = invoice(body);
        return payments()
                .routes(invoice, maximumFee(body, invoice.amount()))
                .thenApply(
                        routes -> {
                            if (routes.isEmpty()) {
                                throw ApiProblem.refused(
                                                "no-route",
                                                "no way to the payee for this amount and fee: open"
                                                        + " a channel to it or to a relay, or allow a"
                                                        + " higher maximumFee")
                                        .raised();
                            }
                            return PaymentViews.routes(routes);
                        });
    }

    private CompletionStage<ObjectNode> rebalance(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("from", "to", "amount", "maximumFee"));
        Amount amount = ChannelApi.aboveZero(body.text("amount"));
        return payments()
                .rebalance(
                        new ChannelId(Hash.ofHex(body.text("from"))),
                        new ChannelId(Hash.ofHex(body.text("to"))),
                        amount,
                        maximumFee(body, amount))
                .thenApply(Optional::of)
                .toCompletableFuture()
                .completeOnTimeout(Optional.empty(), PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .thenApply(over -> over.map(PaymentViews::payment).orElseThrow(PaymentApi::goesOn));
    }

    // Asking again would be a second payment.
    private static RuntimeException goesOn() {
        return ApiProblem.refused(
                        "under-way",
                        "it goes on by itself: look at the payments, and do not ask again")
                .raised();
    }

    private CompletionStage<ObjectNode> network() {
        return payments()
                .network()
                .thenApply(
                        channels -> {
                            ArrayNode array = Json.array();
                            channels.forEach(it -> array.add(PaymentViews.announced(it)));
                            return Json.object().set("channels", array);
                        });
    }
}

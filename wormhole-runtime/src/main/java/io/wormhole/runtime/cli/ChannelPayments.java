package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.http.Json;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands below {@code channel} that pay and are paid. */
final class ChannelPayments {
    private static final String INVOICE_PREFIX = "dsdinv1";

    private ChannelPayments() {}

    private static boolean isInvoice(String text) {
        return text.strip().toLowerCase(Locale.ROOT).startsWith(INVOICE_PREFIX);
    }

    private static ObjectNode withFee(ObjectNode request, Optional<String> maximumFee) {
        maximumFee.ifPresent(fee -> request.put("maximumFee", fee));
        return request;
    }

    /** Prints a payment; a failed one is an error that says why. */
    private static int conclude(JsonNode payment, NodeOptions options) {
        String state = payment.path("state").asText();
        String hash = payment.path("hash").asText();
        if (state.equals("failed")) {
            throw new CommandFailed(
                    CommandFailed.REFUSED,
                    "not paid: %s; ask for the ways with `wormhole channel route`"
                            .formatted(payment.path("reason").asText()));
        }
        if (state.equals("under way")) {
            throw new CommandFailed(
                    CommandFailed.TIMEOUT,
                    ("still under way, and goes on by itself: see `wormhole channel payments %s`;"
                                    + " do not pay it in another way meanwhile")
                            .formatted(hash));
        }
        options.print(
                payment,
                "paid %s, fees %s, receipt %s"
                        .formatted(
                                payment.path("amount").asText(),
                                payment.path("fees").asText(),
                                payment.path("receipt").asText()));
        return 0;
    }

    @Command(
            name = "pay",
            description = {
                "Pays an invoice over any number of channels, or the partner of one channel.",
                "Paying the same invoice again never pays twice."
            },
            mixinStandardHelpOptions = true)
    static final class Pay implements Callable<Integer> {
        @Parameters(
                paramLabel = "INVOICE|ID",
                description = "An invoice (dsdinv1…), or the id of a channel.")
        private String target = "";

        @Option(
                names = "--amount",
                paramLabel = "DSD",
                description = "What to pay in a channel; an invoice has its own amount.")
        private Optional<String> amount = Optional.empty();

        @Option(
                names = "--max-fee",
                paramLabel = "DSD",
                description =
                        "What relays may take (default: a hundredth of the amount and 0.0001 DSD).")
        private Optional<String> maximumFee = Optional.empty();

        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = {
                    "Your own name for a payment in a channel: the same command again, also",
                    "after a crash of the node, never pays it twice."
                })
        private Optional<String> name = Optional.empty();

        @Mixin private NodeOptions options = new NodeOptions();

        @Override
        public Integer call() {
            return isInvoice(target) ? payInvoice() : payPartner();
        }

        private int payInvoice() {
            if (amount.isPresent() || name.isPresent()) {
                throw new CommandFailed(
                        CommandFailed.BAD_INPUT,
                        "--amount and --name are for channels: an invoice says what it wants"
                                + " itself, and is never paid twice");
            }
            ObjectNode request = Json.object().put("invoice", target.strip());
            return conclude(options.node().post("payments", withFee(request, maximumFee)), options);
        }

        private int payPartner() {
            if (amount.isEmpty() || maximumFee.isPresent()) {
                throw new CommandFailed(
                        CommandFailed.BAD_INPUT,
                        "to pay the partner of a channel, name --amount and no --max-fee;"
                                + " an invoice begins with "
                                + INVOICE_PREFIX);
            }
            String channel = Known.CHANNEL.path(target);
            String own = name.orElseGet(() -> UUID.randomUUID().toString());
            ObjectNode request = Json.object().put("amount", amount.get()).put("name", own);
            JsonNode paid;
            try {
                paid = options.node().post(channel + "/pay", request);
            } catch (CommandFailed failed) {
                throw inDoubt(failed, own);
            }
            options.print(
                    paid,
                    "paid %s, state %s"
                            .formatted(paid.path("paid").asText(), paid.path("nonce").asText()));
            return 0;
        }
    }

    // Asking again without the name would be a second payment.
    private static CommandFailed inDoubt(CommandFailed failed, String name) {
        boolean unknown =
                failed.exitCode() == CommandFailed.TIMEOUT
                        || failed.exitCode() == CommandFailed.NO_NODE;
        return unknown
                ? new CommandFailed(
                        failed.exitCode(),
                        ("%s; whether it is paid is not known: the same command with --name %s asks"
                                        + " again and never pays twice")
                                .formatted(failed.getMessage(), name))
                : failed;
    }

    @Command(
            name = "request",
            description = "Asks to be paid: prints an invoice to hand to the payer.",
            mixinStandardHelpOptions = true)
    static final class Request implements Callable<Integer> {
        @Parameters(paramLabel = "DSD", description = "How much.")
        private String amount = "";

        @Option(names = "--for", paramLabel = "TEXT", description = "What it is for.")
        private String description = "";

        @Option(
                names = "--blocks",
                paramLabel = "N",
                defaultValue = "600",
                description = "For how many blocks it can be paid (default: ${DEFAULT-VALUE}).")
        private long blocks = 600;

        @Option(names = "--wait", description = "Return when it is paid.")
        private boolean waiting;

        @Option(
                names = "--patience",
                defaultValue = "600",
                paramLabel = "SECONDS",
                description = "How long to wait (default: ${DEFAULT-VALUE}).")
        private int patience = 600;

        @Mixin private NodeOptions options = new NodeOptions();

        @Override
        public Integer call() {
            ObjectNode request =
                    Json.object()
                            .put("amount", amount)
                            .put("description", description)
                            .put("blocks", blocks);
            JsonNode issued = options.node().post("invoices", request);
            options.print(issued, issued.path("invoice").asText());
            if (waiting) {
                String hash = issued.path("hash").asText();
                JsonNode over =
                        Waiting.until(
                                "invoice " + hash,
                                Duration.ofSeconds(patience),
                                () -> options.node().get("invoices/" + hash),
                                seen ->
                                        seen.path("state").asText().equals("paid")
                                                || seen.path("state").asText().equals("expired"));
                if (over.path("state").asText().equals("expired")) {
                    throw new CommandFailed(
                            CommandFailed.TIMEOUT, "nobody paid it in time: ask again");
                }
                options.print(over, "paid");
            }
            return 0;
        }
    }

    @Command(
            name = "invoice",
            description = "Shows an invoice of this node, or all.",
            mixinStandardHelpOptions = true)
    static final class ShowInvoice implements Callable<Integer> {
        @Parameters(arity = "0..1", paramLabel = "HASH", description = "Hash of an invoice.")
        private Optional<String> hash = Optional.empty();

        @Mixin private NodeOptions options = new NodeOptions();

        @Override
        public Integer call() {
            options.print(options.node().get(hash.map(Known.INVOICE::path).orElse("invoices")));
            return 0;
        }
    }

    @Command(
            name = "payments",
            description = "Shows a payment of this node, or all.",
            mixinStandardHelpOptions = true)
    static final class ShowPayments implements Callable<Integer> {
        @Parameters(arity = "0..1", paramLabel = "HASH", description = "Hash of a payment.")
        private Optional<String> hash = Optional.empty();

        @Mixin private NodeOptions options = new NodeOptions();

        @Override
        public Integer call() {
            options.print(options.node().get(hash.map(Known.PAYMENT::path).orElse("payments")));
            return 0;
        }
    }

    @Command(
            name = "route",
            description = "Shows the ways that an invoice would be paid on now, and their fees.",
            mixinStandardHelpOptions = true)
    static final class ShowRoute implements Callable<Integer> {
        @Parameters(paramLabel = "INVOICE", description = "An invoice (dsdinv1…).")
        private String invoice = "";

        @Option(
                names = "--max-fee",
                paramLabel = "DSD",
                description =
                        "What relays may take (default: a hundredth of the amount and 0.0001 DSD).")
        private Optional<String> maximumFee = Optional.empty();

        @Mixin private NodeOptions options = new NodeOptions();

        @Override
        public Integer call() {
            ObjectNode request = Json.object().put("invoice", invoice.strip());
            options.print(options.node().post("payments/route", withFee(request, maximumFee)));
            return 0;
        }
    }

    @Command(
            name = "network",
            description = "Lists the channels that are known to relay payments, with their fees.",
            mixinStandardHelpOptions = true)
    static final class ShowNetwork implements Callable<Integer> {
        @Mixin private NodeOptions options = new NodeOptions();

        @Override
        public Integer call() {
            options.print(options.node().get("payments/network"));
            return 0;
        }
    }

    @Command(
            name = "rebalance",
            description = "Pays oneself out of one channel into another, which can pay more then.",
            mixinStandardHelpOptions = true)
    static final class Rebalance implements Callable<Integer> {
        @Option(names = "--from", required = true, paramLabel = "ID", description = "Out of here.")
        private String from = "";

        @Option(names = "--to", required = true, paramLabel = "ID", description = "Into this one.")
        private String to = "";

        @Option(names = "--amount", required = true, paramLabel = "DSD", description = "How much.")
        private String amount = "";

        @Option(
                names = "--max-fee",
                paramLabel = "DSD",
                description =
                        "What relays may take (default: a hundredth of the amount and 0.0001 DSD).")
        private Optional<String> maximumFee = Optional.empty();

        @Mixin private NodeOptions options = new NodeOptions();

        @Override
        public Integer call() {
            ObjectNode request =
                    Json.object()
                            .put("from", Known.CHANNEL.id(from))
                            .put("to", Known.CHANNEL.id(to))
                            .put("amount", amount);
            return conclude(
                    options.node().post("payments/rebalance", withFee(request, maximumFee)),
                    options);
        }
    }
}

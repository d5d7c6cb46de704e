package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.swap.Swap;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.runtime.client.NodeRefused;
import io.wormhole.runtime.client.SwapOffer;
import io.wormhole.runtime.client.SwapParty;
import io.wormhole.runtime.client.SwapPlan;
import io.wormhole.runtime.client.SwapTimes;
import io.wormhole.runtime.client.WormholeClient;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Swaps between two networks: money in a channel of the one for money in a channel of the other.
 */
@Command(
        name = "swap",
        description = {
            "Swaps money in a channel of one network for money in a channel of another: both legs",
            "are paid, or none. Each party has a node on both networks."
        },
        mixinStandardHelpOptions = true)
final class SwapCommand {
    private static final long PAUSE_MILLIS = 300;
    private static final int NOT_FOUND = 404;

    @Spec private CommandSpec spec = CommandSpec.create();

    /** The two nodes of a party. */
    static final class Nodes {
        @Option(
                names = "--give-data",
                required = true,
                paramLabel = "DIR",
                description = "Data directory of the own node where the own leg is locked.")
        private Path giving = Path.of(".");

        @Option(
                names = "--take-data",
                required = true,
                paramLabel = "DIR",
                description = "Data directory of the own node on the other network.")
        private Path taking = Path.of(".");

        @Option(
                names = "--file",
                required = true,
                paramLabel = "FILE",
                description = "Where the swap is kept; it holds a secret.")
        private Path file = Path.of(".");
    }

    /** How to print. */
    static final class Output {
        @Option(names = "--json", description = "Print JSON for programs.")
        private boolean json;
    }

    /** What a party holds for safe. */
    static final class Times {
        @Option(
                names = "--seconds",
                defaultValue = "7200",
                paramLabel = "N",
                description = {
                    "How long the participant's leg is open, and the initiator's three times as",
                    "long; accepted is half of it, with as much between the legs (default:",
                    "${DEFAULT-VALUE})."
                })
        private long seconds;

        @Option(
                names = "--give-block-seconds",
                defaultValue = "60",
                paramLabel = "N",
                description = "Time of a block where this party gives (default: ${DEFAULT-VALUE}).")
        private long giveBlockSeconds;

        @Option(
                names = "--take-block-seconds",
                defaultValue = "60",
                paramLabel = "N",
                description = "Time of a block where it takes (default: ${DEFAULT-VALUE}).")
        private long takeBlockSeconds;

        @Option(
                names = "--force-blocks",
                defaultValue = "10",
                paramLabel = "N",
                description = {
                    "How long before an expiry the chain is asked; at least 120 s on both chains",
                    "(default: ${DEFAULT-VALUE})."
                })
        private long forceBlocks;

        @Option(
                names = "--development",
                description = {
                    "For networks without value: allows less than these 120 s. Whoever does so",
                    "loses its leg when a node is busy or a block late."
                })
        private boolean development;

        SwapTimes chosen() {
            SwapTimes times =
                    typed(
                            "times for a swap",
                            () ->
                                    new SwapTimes(
                                            seconds,
                                            forceBlocks,
                                            giveBlockSeconds,
                                            takeBlockSeconds));
            Optional<String> objection = times.objection(development);
            if (objection.isPresent()) {
                throw new CommandFailed(CommandFailed.BAD_INPUT, objection.get());
            }
            return times;
        }
    }

    @Command(
            name = "offer",
            description = "Begins a swap; prints what to hand to the other party.",
            mixinStandardHelpOptions = true)
    int offer(
            @Mixin Nodes nodes,
            @Option(
                            names = "--give-channel",
                            required = true,
                            paramLabel = "ID",
                            description = "The channel in which this party locks.")
                    String giveChannel,
            @Option(
                            names = "--give",
                            required = true,
                            paramLabel = "DSD",
                            description = "What this party gives.")
                    String give,
            @Option(
                            names = "--take-channel",
                            required = true,
                            paramLabel = "ID",
                            description = "The channel in which the other locks.")
                    String takeChannel,
            @Option(
                            names = "--take",
                            required = true,
                            paramLabel = "DSD",
                            description = "What the other gives.")
                    String take,
            @Mixin Times times,
            @Mixin Output output)
            throws IOException {
        SwapTimes chosen = times.chosen();
        ChannelId giveId = channel(giveChannel);
        ChannelId takeId = channel(takeChannel);
        Amount given = typed("an amount to give", () -> Amount.parse(give));
        Amount taken = typed("an amount to take", () -> Amount.parse(take));
        SwapOffer.Side ours = new SwapOffer.Side(giveId, given, height(nodes.giving));
        SwapOffer.Side theirs = new SwapOffer.Side(takeId, taken, height(nodes.taking));
        SwapPlan plan = typed("a swap", () -> SwapOffer.plan(ours, theirs, chosen));
        begin(plan, nodes);
        String offer = SwapOffer.of(plan).encoded().toHex();
        ObjectNode json = legs(plan, ours.height(), theirs.height()).put("offer", offer);
        print(output, json, offer);
        return 0;
    }

    @Command(
            name = "accept",
            description = {
                "Takes part in a swap that another has offered, if it leaves the time that this",
                "party wants. Look at what it prints before running it: what is locked where, and",
                "what is to be had for it."
            },
            mixinStandardHelpOptions = true)
    int accept(
            @Parameters(paramLabel = "OFFER", description = "What `swap offer` printed.")
                    String text,
            @Mixin Nodes nodes,
            @Mixin Times times,
            @Mixin Output output)
            throws IOException {
        SwapTimes chosen = times.chosen();
        SwapOffer offered =
                typed(
                        "an offer",
                        () ->
                                CanonicalReader.decode(
                                        Bytes.ofHex(text.strip()), SwapOffer::readFrom));
        BlockHeight giving = height(nodes.giving);
        SwapPlan plan = typed("an offer", () -> offered.accepted(chosen, giving));
        begin(plan, nodes);
        BlockHeight taking = height(nodes.taking);
        String line =
                "gives %s, for %s"
                        .formatted(
                                shown(plan.swap().give(), giving),
                                shown(plan.swap().take(), taking));
        print(output, legs(plan, giving, taking), line);
        return 0;
    }

    private static ObjectNode legs(SwapPlan plan, BlockHeight giving, BlockHeight taking) {
        ObjectNode view = Json.object();
        view.set("give", leg(plan.swap().give(), giving));
        view.set("take", leg(plan.swap().take(), taking));
        return view;
    }

    private static ObjectNode leg(Swap.Leg leg, BlockHeight height) {
        ObjectNode view =
                Json.object()
                        .put("channel", leg.channel().toString())
                        .put("expiresAt", leg.expiry().value())
                        .put("secondsLeft", leg.secondsLeft(height));
        return Json.putAmount(view, "amount", leg.amount());
    }

    private static String shown(Swap.Leg leg, BlockHeight height) {
        return "%s in channel %s until block %s, in %d s"
                .formatted(leg.amount(), leg.channel(), leg.expiry(), leg.secondsLeft(height));
    }

    private void begin(SwapPlan plan, Nodes nodes) throws IOException {
        SwapFile file = new SwapFile(nodes.file);
        SwapParty party = party(plan, nodes.giving, nodes.taking, file);
        Optional<String> objection = asking(party::objection);
        if (objection.isPresent()) {
            throw new CommandFailed(CommandFailed.REFUSED, objection.get());
        }
        file.create(new SwapFile.Content(plan, nodes.giving, nodes.taking));
    }

    @Command(
            name = "run",
            description = {
                "Goes on with a swap until it is over; may be stopped and run again at any time,",
                "but must run before the legs expire."
            },
            mixinStandardHelpOptions = true)
    int run(
            @Parameters(paramLabel = "FILE", description = "File of the swap.") Path path,
            @Option(
                            names = "--patience",
                            defaultValue = "86400",
                            paramLabel = "SECONDS",
                            description = "How long to go on (default: ${DEFAULT-VALUE}).")
                    long patience,
            @Mixin Output output)
            throws IOException {
        SwapFile file = new SwapFile(path);
        SwapFile.Content content = file.read();
        SwapParty party = party(content.plan(), content.giving(), content.taking(), file);
        Instant end = Instant.now().plus(Duration.ofSeconds(patience));
        String trouble = "";
        while (Instant.now().isBefore(end)) {
            try {
                Optional<Boolean> over = party.step();
                trouble = "";
                if (over.isPresent()) {
                    return conclude(over.get(), output);
                }
            } catch (NodeRefused refused) {
                if (refused.status() == NOT_FOUND) {
                    throw ApiClient.failure(refused);
                }
                // A partner may be away for a while, or busy.
                trouble = said(trouble, String.valueOf(refused.getMessage()));
            } catch (CompletionException away) {
                // So may a node.
                trouble = said(trouble, String.valueOf(away.getMessage()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
        throw new CommandFailed(
                CommandFailed.TIMEOUT,
                "not over yet: run it again before the legs expire"
                        + (trouble.isEmpty() ? "" : "; " + trouble));
    }

    private String said(String before, String now) {
        if (!now.equals(before)) {
            spec.commandLine().getErr().println(now);
        }
        return now;
    }

    private int conclude(boolean paid, Output output) {
        if (!paid) {
            throw new CommandFailed(CommandFailed.REFUSED, "not swapped: nothing was received");
        }
        print(output, Json.object().put("swapped", true), "swapped");
        return 0;
    }

    private static SwapParty party(SwapPlan plan, Path giving, Path taking, SwapFile file) {
        return new SwapParty(plan, client(giving), client(taking), file::replace);
    }

    private static WormholeClient client(Path data) {
        var access = ApiClient.access(data);
        return WormholeClient.of(access.url(), access.token());
    }

    private static BlockHeight height(Path data) {
        return asking(() -> client(data).height().toCompletableFuture().join());
    }

    private static <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (NodeRefused refused) {
            throw ApiClient.failure(refused);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof NodeRefused refused) {
                throw ApiClient.failure(refused);
            }
            throw new CommandFailed(
                    CommandFailed.NO_NODE, "a node does not answer: " + failed.getCause());
        }
    }

    private static ChannelId channel(String text) {
        return new ChannelId(Hash.ofHex(Known.CHANNEL.id(text)));
    }

    private static <T> T typed(String what, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, "not %s: %s".formatted(what, wrong.getMessage()));
        }
    }

    private void print(Output output, JsonNode json, String line) {
        spec.commandLine().getOut().println(output.json ? Json.text(json) : line);
        spec.commandLine().getOut().flush();
    }
}

package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** State channels of this node. */
@Command(
        name = "channel",
        description = "Opens, shows and closes state channels.",
        subcommands = {
            ChannelDepositCommand.class,
            ChannelWithdrawCommand.class,
            ChannelSnapshotCommand.class,
            ChannelBackupCommand.class,
            ChannelRestoreCommand.class,
            ChannelReachCommand.class,
            ChannelTrustCommand.class,
            ChannelPayments.Pay.class,
            ChannelPayments.Request.class,
            ChannelPayments.ShowInvoice.class,
            ChannelPayments.ShowPayments.class,
            ChannelPayments.ShowRoute.class,
            ChannelPayments.ShowNetwork.class,
            ChannelPayments.Rebalance.class,
            ChannelWatchCommand.class,
            ChannelStreamCommand.class
        },
        mixinStandardHelpOptions = true)
final class ChannelCommand {
    private static final long LARGEST_STATE_FILE = 1 << 20;

    @Command(
            name = "open",
            description = "Opens a channel to a named line; returns when it can be used.",
            mixinStandardHelpOptions = true)
    int open(
            @Parameters(paramLabel = "NAME", description = "Name of the line, such as /acme/line7.")
                    String name,
            @Option(
                            names = "--deposit",
                            required = true,
                            paramLabel = "DSD",
                            description = "What this node locks in the channel.")
                    String deposit,
            @Option(names = "--no-wait", description = "Return when it is proposed.")
                    boolean noWait,
            @Mixin ChainPatience patience,
            @Mixin NodeOptions options) {
        ApiClient node = options.node();
        JsonNode channel =
                node.post("channels", Json.object().put("with", name).put("deposit", deposit));
        String id = channel.path("id").asText();
        if (!noWait) {
            channel =
                    Waiting.until(
                            "channel " + id,
                            patience.time(),
                            () -> node.get(Known.CHANNEL.path(id)),
                            seen -> seen.path("phase").asText().equals("open"));
        }
        options.print(channel, id);
        return 0;
    }

    @Command(name = "list", description = "Lists the channels.", mixinStandardHelpOptions = true)
    int list(@Mixin NodeOptions options) {
        options.print(options.node().get("channels"));
        return 0;
    }

    @Command(name = "show", description = "Shows a channel.", mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "ID", description = "Channel id.") String id,
            @Mixin NodeOptions options) {
        options.print(options.node().get(Known.CHANNEL.path(id)));
        return 0;
    }

    @Command(
            name = "close",
            description = "Closes a channel together with the partner; returns when final.",
            mixinStandardHelpOptions = true)
    int close(
            @Parameters(paramLabel = "ID", description = "Channel id.") String id,
            @Mixin ChainPatience patience,
            @Mixin NodeOptions options) {
        options.node().post(Known.CHANNEL.path(id) + "/close", "");
        return awaitClosed(id, patience, options);
    }

    @Command(
            name = "dispute",
            description = "Closes a channel alone, in its newest state; returns when final.",
            mixinStandardHelpOptions = true)
    int dispute(
            @Parameters(paramLabel = "ID", description = "Channel id.") String id,
            @Mixin ChainPatience patience,
            @Mixin NodeOptions options) {
        options.node().post(Known.CHANNEL.path(id) + "/dispute", "");
        return awaitClosed(id, patience, options);
    }

    @Command(
            name = "wait",
            description = "Returns when a channel is closed and final.",
            mixinStandardHelpOptions = true)
    int await(
            @Parameters(paramLabel = "ID", description = "Channel id.") String id,
            @Mixin ChainPatience patience,
            @Mixin NodeOptions options) {
        return awaitClosed(id, patience, options);
    }

    private static int awaitClosed(String id, ChainPatience patience, NodeOptions options) {
        JsonNode closed =
                Waiting.until(
                        "channel " + id,
                        patience.time(),
                        () -> options.node().get(Known.CHANNEL.path(id)),
                        seen -> seen.path("phase").asText().equals("closed"));
        options.print(closed, "closed, paid " + closed.path("payouts"));
        return 0;
    }

    @Command(
            name = "state",
            description = "Writes the newest co-signed state to a file, to keep as a copy.",
            mixinStandardHelpOptions = true)
    int state(
            @Parameters(paramLabel = "ID", description = "Channel id.") String id,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "File to write.")
                    Path file,
            @Mixin NodeOptions options)
            throws IOException {
        JsonNode state = options.node().get(Known.CHANNEL.path(id) + "/state");
        Files.writeString(file, Json.pretty(state));
        options.print(state, "written to " + file);
        return 0;
    }

    @Command(
            name = "close-solo",
            description = "Closes a channel alone in the state of a file; an old one can lose.",
            mixinStandardHelpOptions = true)
    int closeSolo(
            @Parameters(paramLabel = "ID", description = "Channel id.") String id,
            @Option(
                            names = "--state",
                            required = true,
                            paramLabel = "FILE",
                            description = "File that `channel state` wrote.")
                    Path file,
            @Option(
                            names = "--knowing-it-may-be-old",
                            description = "Confirms that an old state can lose the deposit.")
                    boolean knowing,
            @Mixin NodeOptions options) {
        ObjectNode request =
                Json.object()
                        .put(
                                "state",
                                InputFile.json(file, LARGEST_STATE_FILE).path("state").asText())
                        .put("knowingItMayBeOld", knowing);
        options.print(options.node().post(Known.CHANNEL.path(id) + "/close-solo", request));
        return 0;
    }
}

package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Records the newest state of a channel on the chain. */
@Command(
        name = "snapshot",
        description =
                "Records the newest state on the chain, so that no older one can close the channel;"
                        + " returns when it is final.",
        mixinStandardHelpOptions = true)
final class ChannelSnapshotCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Channel id.")
    private String id = "";

    @Mixin private ChainPatience patience = new ChainPatience();

    @Mixin private NodeOptions options = new NodeOptions();

    @Override
    public Integer call() {
        ApiClient node = options.node();
        String channel = Known.CHANNEL.path(id);
        long nonce = node.post(channel + "/snapshot", "").path("nonce").asLong();
        JsonNode done =
                Waiting.until(
                        "snapshot of channel " + id,
                        patience.time(),
                        () -> node.get(channel),
                        seen -> seen.path("onChain").path("nonce").asLong() >= nonce);
        options.print(done, "state " + nonce + " is on the chain");
        return 0;
    }
}

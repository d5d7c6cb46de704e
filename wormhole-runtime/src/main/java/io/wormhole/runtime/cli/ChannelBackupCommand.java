package io.wormhole.runtime.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How far the copies of channels at the second place are. */
@Command(
        name = "backup",
        description = "Shows how far the copies of the channels at the second place are.",
        mixinStandardHelpOptions = true)
final class ChannelBackupCommand implements Callable<Integer> {
    @Mixin private NodeOptions options = new NodeOptions();

    @Override
    public Integer call() {
        options.print(options.node().get("channels/backup"));
        return 0;
    }
}

package io.wormhole.runtime.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends the doubt about a restored channel at the owner's risk. */
@Command(
        name = "trust",
        description = {
            "Takes what this node knows of a restored channel, or what the partner proved, for the"
                    + " newest state.",
            "For a partner that never comes back, or one that is trusted: if there is a newer state,"
                    + " money can be lost."
        },
        mixinStandardHelpOptions = true)
final class ChannelTrustCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Channel id.")
    private String id = "";

    @Mixin private NodeOptions options = new NodeOptions();

    @Override
    public Integer call() {
        options.print(options.node().post(Known.CHANNEL.path(id) + "/trust", ""));
        return 0;
    }
}

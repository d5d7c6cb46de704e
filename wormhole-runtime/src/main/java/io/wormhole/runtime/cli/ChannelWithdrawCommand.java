package io.wormhole.runtime.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes from this side of a channel to the account. */
@Command(
        name = "withdraw",
        description = "Takes from this side of a channel to the account; returns when it is final.",
        mixinStandardHelpOptions = true)
final class ChannelWithdrawCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", description = "Channel id.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "DSD", description = "What to take.")
    private String amount = "";

    @Mixin private ChainPatience patience = new ChainPatience();

    @Mixin private NodeOptions options = new NodeOptions();

    @Override
    public Integer call() {
        return new ChannelResizing(id, patience, options).run("withdraw", amount);
    }
}

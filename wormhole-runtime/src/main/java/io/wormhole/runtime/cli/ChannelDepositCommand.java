package io.wormhole.runtime.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Adds to this side of a channel from the account. */
@Command(
        name = "deposit",
        description = "Adds to this side of a channel from the account; returns when it is final.",
        mixinStandardHelpOptions = true)
final class ChannelDepositCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", description = "Channel id.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "DSD", description = "What to add.")
    private String amount = "";

    @Mixin private ChainPatience patience = new ChainPatience();

    @Mixin private NodeOptions options = new NodeOptions();

    @Override
    public Integer call() {
        return new ChannelResizing(id, patience, options).run("deposit", amount);
    }
}

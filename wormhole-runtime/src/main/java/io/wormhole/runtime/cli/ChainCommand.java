package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The settlement chain as this node sees it. */
@Command(
        name = "chain",
        description = "Shows the settlement chain.",
        mixinStandardHelpOptions = true)
final class ChainCommand {
    @Command(
            name = "status",
            description = "Shows head, finality and peers.",
            mixinStandardHelpOptions = true)
    int status(@Mixin NodeOptions options) {
        JsonNode status = options.node().get("status");
        JsonNode chain = status.path("chain");
        options.print(
                status,
                "height %d, final %d, %d peers, %d waiting"
                        .formatted(
                                chain.path("height").asLong(),
                                chain.path("finalHeight").asLong(),
                                chain.path("peers").size(),
                                chain.path("mempool").asLong()));
        return 0;
    }

    @Command(
            name = "account",
            description = "Shows a final balance; `me` is this node's own.",
            mixinStandardHelpOptions = true)
    int account(
            @Parameters(
                            paramLabel = "ADDRESS",
                            defaultValue = "me",
                            description = "Address, or `me` (default: ${DEFAULT-VALUE}).")
                    String address,
            @Mixin NodeOptions options) {
        JsonNode account = options.node().get("accounts/" + ApiClient.encode(address));
        options.print(account, account.path("balance").asText() + " DSD");
        return 0;
    }

    @Command(name = "block", description = "Shows a block.", mixinStandardHelpOptions = true)
    int block(
            @Parameters(paramLabel = "HEIGHT", description = "Height of the block.") long height,
            @Mixin NodeOptions options) {
        options.print(options.node().get("blocks/" + height));
        return 0;
    }
}

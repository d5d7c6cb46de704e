package io.wormhole.runtime.cli;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.http.Json;
import io.wormhole.settlement.genesis.Genesis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes settlement networks; works without a node. */
@Command(
        name = "network",
        description = "Makes a settlement network.",
        mixinStandardHelpOptions = true)
final class NetworkCommand {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "create",
            description =
                    "Writes the network file that all nodes of a new network share: a development"
                            + " network unless a profile says otherwise.",
            mixinStandardHelpOptions = true)
    int create(
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "Network file to write.")
                    Path file,
            @Option(
                            names = "--allocate",
                            paramLabel = "ADDRESS=DSD",
                            description = "A first balance; can be repeated.")
                    List<String> allocations,
            @Option(
                            names = "--stake",
                            required = true,
                            paramLabel = "ADDRESS=DSD",
                            description = "A first validator's stake; can be repeated.")
                    List<String> stakes,
            @Mixin ProfileOptions profile,
            @Option(names = "--json", description = "Print JSON for programs.") boolean json)
            throws IOException {
        Genesis genesis;
        try {
            genesis =
                    new Genesis(
                            profile.parameters(),
                            System.currentTimeMillis(),
                            amounts(allocations == null ? List.of() : allocations),
                            amounts(stakes));
        } catch (IllegalArgumentException | ArithmeticException refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        }
        if (Files.exists(file)) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, file + " exists already");
        }
        Files.write(file, genesis.encoded().toArray());
        String id = genesis.networkId().toString();
        spec.commandLine()
                .getOut()
                .println(json ? Json.text(Json.object().put("network", id)) : id);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static SortedMap<Address, Amount> amounts(List<String> texts) {
        SortedMap<Address, Amount> amounts = new TreeMap<>();
        for (String text : texts) {
            int at = text.indexOf('=');
            if (at < 0) {
                throw new IllegalArgumentException(
                        "not an address and an amount (ADDRESS=DSD): " + text);
            }
            Address address = Address.parse(text.substring(0, at));
            if (amounts.put(address, Amount.parse(text.substring(at + 1))) != null) {
                throw new IllegalArgumentException(address + " is given twice");
            }
        }
        return amounts;
    }
}

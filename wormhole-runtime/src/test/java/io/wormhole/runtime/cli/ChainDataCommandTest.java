package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.runtime.http.Json;
import io.wormhole.runtime.http.ProofJson;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.proof.StateKey;
import io.wormhole.settlement.archive.ChainArchive;
import io.wormhole.settlement.archive.ProofFile;
import io.wormhole.settlement.chain.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chain's data while no node runs: every command on a chain that stands at its beginning. */
final class ChainDataCommandTest {
    @TempDir private Path root = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void makeNode() throws IOException {
        Terminal.makeOperator(root);
        config =
                Files.writeString(
                        root.resolve("node.conf"),
                        """
                        wormhole {
                          data-dir = "%s"
                          network.genesis = "%s"
                          keys { file = "%s", password-file = "%s" }
                        }
                        """
                                .formatted(
                                        root.resolve("data"),
                                        root.resolve("network"),
                                        root.resolve("keys"),
                                        root.resolve("password")));
        Files.createDirectory(root.resolve("data"));
    }

    private Terminal.Outcome chain(Object... arguments) {
        Object[] all = new Object[arguments.length + 3];
        all[0] = "chain";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--config";
        all[all.length - 1] = config;
        return Terminal.run(all);
    }

    @Test
    void aChainIsVerifiedExportedAndImported() {
        Path file = root.resolve("blocks");

        assertThat(chain("verify").succeeded().out()).contains("0 blocks").contains("valid");
        chain("export", file, "--from", 0).succeeded();
        assertThat(chain("import", file).succeeded().out()).contains("1 known before");
        chain("export", root.resolve("more"), "--from", 1)
                .refusedWith(CommandFailed.REFUSED, "export from height 1");
        assertThat(chain("verify", "--json").succeeded().out()).contains("\"blocks\":0");
    }

    @Test
    void aBackupIsRestoredWhereTheChainIsGone() throws IOException {
        Path backup = root.resolve("backup");

        chain("backup", backup).succeeded();
        chain("backup", backup).refusedWith(CommandFailed.REFUSED, "exists already");
        chain("restore", backup).refusedWith(CommandFailed.REFUSED, "already");
        try (var files = Files.list(root.resolve("data"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(chain("restore", backup).succeeded().out()).contains("height 0");
        chain("prune").succeeded();
        chain("verify").succeeded();
    }

    @Test
    void aBackupOfAnotherNetworkTakesNoPlace() throws IOException {
        Path backup = root.resolve("backup");
        chain("backup", backup).succeeded();
        try (var files = Files.list(root.resolve("data"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(root.resolve("network"));
        Terminal.run(
                        "network",
                        "create",
                        "--out",
                        root.resolve("network"),
                        "--allocate",
                        staker() + "=7",
                        "--stake",
                        staker() + "=3")
                .succeeded();

        chain("restore", backup).refusedWith(CommandFailed.REFUSED, "belongs to network");

        assertThat(root.resolve("data")).isEmptyDirectory();
    }

    @Test
    void badFilesAreRefusedInWords() throws IOException {
        Path rubbish = Files.writeString(root.resolve("rubbish"), "no blocks");

        chain("restore", rubbish).refusedWith(CommandFailed.REFUSED, "backup");
        chain("import", rubbish).refusedWith(CommandFailed.REFUSED, "rubbish");
        chain("import", root.resolve("nothing")).refusedWith(CommandFailed.REFUSED, "nothing");
        Terminal.run("chain", "check-proof", rubbish).refusedWith(CommandFailed.BAD_INPUT);
    }

    @Test
    void aProofIsCheckedWithoutANode() throws IOException {
        StateKey staker = StateKey.parse("account:" + staker());
        Path file = root.resolve("proof");
        String header;
        try (ChainArchive archive =
                ChainArchive.open(
                        WormholeNode.genesis(root.resolve("network")),
                        DatabaseSettings.h2(root.resolve("other")),
                        History.FULL)) {
            ProofFile proof = archive.prove(staker::proveIn);
            header = proof.header().hash().toHex();
            Files.writeString(file, Json.pretty(ProofJson.of(proof)));
        }

        assertThat(
                        Terminal.run(
                                        "chain",
                                        "check-proof",
                                        file,
                                        "--key",
                                        staker.text(),
                                        "--header",
                                        header)
                                .succeeded()
                                .out())
                .contains("holds")
                .contains("nothing stands there");
        Terminal.Outcome other = Terminal.run("chain", "check-proof", file, "--key", "name:/acme");
        assertThat(other.exitCode()).isEqualTo(CommandFailed.REFUSED);
        assertThat(other.out()).contains("DOES NOT HOLD");
        Terminal.run("chain", "check-proof", file, "--key", "acme")
                .refusedWith(CommandFailed.BAD_INPUT, "account:ADDRESS");
    }

    private Address staker() {
        return Address.parse(
                Terminal.run(
                                "key",
                                "show",
                                "--file",
                                root.resolve("keys"),
                                "--password-file",
                                root.resolve("password"))
                        .succeeded()
                        .out()
                        .strip());
    }
}

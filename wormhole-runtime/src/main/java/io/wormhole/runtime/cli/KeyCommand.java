package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.keystore.KeyRing;
import io.wormhole.protocol.keystore.Keystore;
import io.wormhole.runtime.http.Json;
import io.wormhole.runtime.node.NodeKeys;
import io.wormhole.runtime.node.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes and shows keys; works without a node. */
@Command(
        name = "key",
        description = "Makes and shows the keys of a node.",
        mixinStandardHelpOptions = true)
final class KeyCommand {
    private static final int PASSWORD_BYTES = 24;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "create",
            description = "Makes a keystore with an operator's and a node's key.",
            mixinStandardHelpOptions = true)
    int create(
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "Keystore to write.")
                    Path file,
            @Option(
                            names = "--password-file",
                            required = true,
                            paramLabel = "FILE",
                            description =
                                    "Holds the password in its first line; made with a random one"
                                            + " if it is not there.")
                    Path passwordFile,
            @Option(names = "--json", description = "Print JSON for programs.") boolean json)
            throws IOException {
        if (!Files.exists(passwordFile)) {
            writePassword(passwordFile);
        }
        SecureRandom random = new SecureRandom();
        KeyPair operator = KeyPair.generate(random);
        KeyRing ring =
                KeyRing.of(NodeKeys.OPERATOR, operator)
                        .with(NodeKeys.NODE, KeyPair.generate(random));
        char[] password = password(passwordFile);
        try {
            Keystore.create(file, password, ring, random);
        } catch (IOException refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        } finally {
            Arrays.fill(password, '\0');
        }
        print(operator, json);
        return 0;
    }

    private static void writePassword(Path file) throws IOException {
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getUrlEncoder().encodeToString(secret) + "\n");
    }

    private static char[] password(Path file) {
        try {
            return NodeKeys.password(file);
        } catch (StartRefused unreadable) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, String.valueOf(unreadable.getMessage()));
        }
    }

    @Command(
            name = "show",
            description = "Shows the address and public key of a keystore's operator.",
            mixinStandardHelpOptions = true)
    int show(
            @Option(
                            names = "--file",
                            required = true,
                            paramLabel = "FILE",
                            description = "Keystore.")
                    Path file,
            @Option(
                            names = "--password-file",
                            required = true,
                            paramLabel = "FILE",
                            description = "File with the keystore's password in its first line.")
                    Path passwordFile,
            @Option(names = "--json", description = "Print JSON for programs.") boolean json) {
        try {
            print(NodeKeys.open(file, passwordFile).operator(), json);
            return 0;
        } catch (StartRefused refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        }
    }

    private void print(KeyPair operator, boolean json) {
        ObjectNode view =
                Json.object()
                        .put("address", operator.address().toString())
                        .put("publicKey", operator.publicKey().toString());
        spec.commandLine().getOut().println(json ? Json.text(view) : operator.address().toString());
        spec.commandLine().getOut().flush();
    }
}

package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of a bad key file or password; the file is left as it is. */
final class KeyFileFaultsTest {
    @TempDir private static Path operator = Path.of("");
    @TempDir private Path root = Path.of("");
    private Path keys;
    private Path password;

    @BeforeAll
    static void makeKeys() {
        Terminal.makeOperator(operator);
    }

    @BeforeEach
    void copyKeys() throws IOException {
        keys = Files.copy(operator.resolve("keys"), root.resolve("keys"));
        password = Files.copy(operator.resolve("password"), root.resolve("password"));
    }

    @Test
    void goodKeysAreShown() {
        Terminal.Outcome shown = show();

        assertThat(shown.succeeded().out()).startsWith("dsd1");
    }

    @Test
    void wrongPasswordIsToldFromDamage() throws IOException {
        Files.writeString(password, "not the password\n");

        refused("password");
    }

    @Test
    void cutFileIsRefused() throws IOException {
        Terminal.cut(keys, 0.6);

        refused("keys");
    }

    @Test
    void changedBitIsRefused() throws IOException {
        Terminal.damage(keys, (int) Files.size(keys) - 5);

        refused("keys");
    }

    @Test
    void oversizedFileIsRefusedBeforeItIsRead() throws IOException {
        Files.write(keys, new byte[2 << 20]);

        refused("keys", "bytes");
    }

    @Test
    void anythingElseIsNoKeystore() throws IOException {
        Files.writeString(keys, "-----BEGIN PRIVATE KEY-----\nMC4CAQ\n");

        refused("keys", "keystore");
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        Files.delete(password);
        show().refusedWith(CommandFailed.BAD_INPUT, "password", "wormhole key create");

        Files.delete(keys);
        Files.writeString(password, "x\n");
        show().refusedWith(CommandFailed.BAD_INPUT, keys.toString());
    }

    @Test
    void oversizedPasswordFileIsRefused() throws IOException {
        Files.write(password, new byte[1 << 20]);

        refused("password", "4096");
    }

    @Test
    void existingKeysAreNeverOverwritten() throws IOException {
        byte[] before = Files.readAllBytes(keys);

        Terminal.run("key", "create", "--out", keys, "--password-file", password)
                .refusedWith(CommandFailed.BAD_INPUT, keys.toString());

        assertThat(Files.readAllBytes(keys)).isEqualTo(before);
    }

    private void refused(String... words) throws IOException {
        byte[] before = Files.readAllBytes(keys);

        show().refusedWith(CommandFailed.BAD_INPUT, words);

        assertThat(Arrays.equals(Files.readAllBytes(keys), before)).as("unchanged").isTrue();
    }

    private Terminal.Outcome show() {
        return Terminal.run("key", "show", "--file", keys, "--password-file", password);
    }
}

package io.wormhole.protocol.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.keystore.KeystoreException.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoreTest {
    private static final char[] PASSWORD = "correct horse 🐎".toCharArray();
    private static final KeyRing RING = KeyRing.of("main", Alice.KEYS);

    private final SecureRandom random = new SecureRandom();
    private final Path folder;

    KeystoreTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void keysComeBackWithThePassword() throws IOException {
        Path file = folder.resolve("keys");
        Keystore.create(file, PASSWORD, RING.with("watcher.1", Bob.KEYS), random);

        KeyRing opened = Keystore.open(file, PASSWORD);

        assertThat(opened.names()).containsExactly("main", "watcher.1");
        assertThat(opened.get("main").orElseThrow().seed()).isEqualTo(Alice.KEYS.seed());
        assertThat(opened.get("watcher.1").orElseThrow().address()).isEqualTo(Bob.ADDRESS);
        assertThat(opened.get("other")).isEmpty();
    }

    @Test
    void theFileIsItsOwnersAloneAndNothingElseIsLeftBehind() throws IOException {
        Path file = folder.resolve("keys");

        Keystore.create(file, PASSWORD, RING, random);

        assertThat(filesIn(folder)).containsExactly(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Keystore.isPrivate(file)).isTrue();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            assertThat(Keystore.isPrivate(file)).isFalse();
        }
    }

    @Test
    void theFileIsRecognisedByPeopleAndHoldsNoPlainSecret() throws IOException {
        Path file = folder.resolve("keys");
        Keystore.create(file, PASSWORD, RING, random);

        String content = Files.readString(file, StandardCharsets.ISO_8859_1);

        String seed = new String(Alice.KEYS.seed().toArray(), StandardCharsets.ISO_8859_1);
        assertThat(content).startsWith("wormhole keystore\n").doesNotContain(seed, "main");
    }

    @Test
    void anExistingFileIsLeftAlone() throws IOException {
        Path file = folder.resolve("keys");
        Files.writeString(file, "precious");

        KeystoreException refused =
                catchThrowableOfType(
                        KeystoreException.class,
                        () -> Keystore.create(file, PASSWORD, RING, random));

        assertThat(refused.fault()).isEqualTo(Fault.ALREADY_EXISTS);
        assertThat(file).hasContent("precious");
        assertThatThrownBy(() -> PrivateFile.create(file, Bytes.EMPTY, random))
                .isInstanceOf(KeystoreException.class);
        assertThat(file).hasContent("precious");
        assertThat(filesIn(folder)).containsExactly(file);
    }

    @Test
    void replacingChangesKeysAndPasswordInOneStep() throws IOException {
        Path file = folder.resolve("keys");
        Keystore.create(file, PASSWORD, RING, random);

        Keystore.replace(file, "new".toCharArray(), RING.with("second", Mallory.KEYS), random);

        assertThat(Keystore.open(file, "new".toCharArray()).names()).contains("second");
        assertThatThrownBy(() -> Keystore.open(file, PASSWORD))
                .isInstanceOf(KeystoreException.class);
        assertThat(filesIn(folder)).containsExactly(file);
    }

    @Test
    void aMissingFileAFolderAndAHugeFileAreToldApart() throws IOException {
        Path huge = folder.resolve("huge");
        Files.write(huge, new byte[KeystoreFormat.MAXIMUM_BYTES + 1]);

        assertThat(faultOf(folder.resolve("none"))).isEqualTo(Fault.NOT_FOUND);
        assertThat(faultOf(folder)).isEqualTo(Fault.NOT_A_KEYSTORE);
        assertThat(faultOf(huge)).isEqualTo(Fault.OVERSIZED);
    }

    @Test
    void aFolderThatIsMissingIsAnErrorThatNamesIt() {
        Path file = folder.resolve("missing").resolve("keys");

        assertThatThrownBy(() -> Keystore.create(file, PASSWORD, RING, random))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("missing");
    }

    private static Fault faultOf(Path file) {
        return catchThrowableOfType(KeystoreException.class, () -> Keystore.open(file, PASSWORD))
                .fault();
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}

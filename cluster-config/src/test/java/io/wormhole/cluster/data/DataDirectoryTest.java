package io.wormhole.cluster.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private static final String DEV = "dev-1";

    private final Path temp;

    DataDirectoryTest(@TempDir Path temp) {
        this.temp = temp;
    }

    @Test
    void aFreshDirectoryIsCreatedForItsOwnerOnlyAndMarked() throws Exception {
        Path path = temp.resolve("new/acme");

        try (DataDirectory data = DataDirectory.open(path, DEV)) {
            assertThat(data.created()).isTrue();
            assertThat(data.network()).isEqualTo(DEV);
            assertThat(data.format()).isEqualTo(DataDirectory.FORMAT);
            assertThat(data.resolve("journal")).isEqualTo(data.path().resolve("journal"));
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
        try (DataDirectory again = DataDirectory.open(path, DEV)) {
            assertThat(again.created()).isFalse();
        }
    }

    @Test
    void wideAccessRightsAreTakenBack() throws Exception {
        Path path = temp.resolve("wide");
        Files.createDirectory(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));

        DataDirectory.open(path, DEV).close();

        assertThat(Files.getPosixFilePermissions(path)).hasSize(3);
    }

    @Test
    void oneProcessOpensItOnce() {
        try (DataDirectory first = DataDirectory.open(temp, DEV)) {
            assertThat(refusal(temp, DEV))
                    .isEqualTo(new DataRefusal.InUse(first.path(), "this very process"));
        }
        DataDirectory.open(temp, DEV).close();
    }

    @Test
    void theDirectoryOfAnotherNetworkIsRefusedAndUnchanged() throws Exception {
        DataDirectory.open(temp, DEV).close();

        DataRefusal refusal = refusal(temp, "main:1");

        assertThat(refusal).isInstanceOf(DataRefusal.OtherNetwork.class);
        assertThat(refusal.toString()).contains(temp.toString(), "dev-1", "allowed is main:1");
        assertThat(Files.readString(temp.resolve(DataDirectory.MARKER))).contains("network=dev-1");
        DataDirectory.open(temp, DEV).close();
    }

    @Test
    void aColonInTheNetworkIsKept() {
        DataDirectory.open(temp, "main:1").close();

        try (DataDirectory again = DataDirectory.open(temp, "main:1")) {
            assertThat(again.network()).isEqualTo("main:1");
        }
    }

    @Test
    void aNewerFormatIsRefused() throws Exception {
        Files.writeString(temp.resolve(DataDirectory.MARKER), "format=2\nnetwork=dev-1\n");

        DataRefusal refusal = refusal(temp, DEV);

        assertThat(refusal).isInstanceOf(DataRefusal.NewerFormat.class);
        assertThat(refusal.toString()).contains("version 2", "up to 1");
    }

    @Test
    void aDamagedMarkerIsRefused() throws Exception {
        for (String damaged :
                List.of(
                        "",
                        "format=0\nnetwork=x",
                        "format=1",
                        "format=1\nnetwork=a b",
                        "\\uZZZZ",
                        "x".repeat(5000))) {
            Files.writeString(temp.resolve(DataDirectory.MARKER), damaged);

            assertThat(refusal(temp, DEV)).isInstanceOf(DataRefusal.MarkerDamaged.class);
        }
        Files.write(temp.resolve(DataDirectory.MARKER), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(refusal(temp, DEV)).isInstanceOf(DataRefusal.MarkerDamaged.class);
    }

    @Test
    void aFileOrAPathBelowAFileIsNoDirectory() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));

        assertThat(refusal(file, DEV).toString()).contains("not a directory", file.toString());
        assertThat(refusal(file.resolve("below"), DEV)).isInstanceOf(DataRefusal.NotWritable.class);
        assertThat(refusal(Path.of("/proc/wormhole"), DEV))
                .isInstanceOf(DataRefusal.NotWritable.class);
    }

    @Test
    void aDiskWithTooLittleSpaceIsRefused() {
        DataRefused refused =
                catchThrowableOfType(
                        DataRefused.class, () -> DataDirectory.open(temp, DEV, Long.MAX_VALUE));

        assertThat(refused.refusal()).isInstanceOf(DataRefusal.DiskFull.class);
        assertThat(refused).hasMessageContaining("MiB left; needed are");
        DataDirectory.open(temp, DEV).close();
    }

    private static DataRefusal refusal(Path path, String network) {
        return catchThrowableOfType(DataRefused.class, () -> DataDirectory.open(path, network))
                .refusal();
    }
}

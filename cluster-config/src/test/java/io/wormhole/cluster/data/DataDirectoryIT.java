package io.wormhole.cluster.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wormhole.cluster.OtherProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DataDirectoryIT {
    private final Path temp;

    DataDirectoryIT(@TempDir Path temp) {
        this.temp = temp;
    }

    @Test
    void anotherProcessIsNamedAndItsDeathFreesTheDirectory() throws Exception {
        try (OtherProcess holder = OtherProcess.start(Holder.class, temp.toString())) {
            holder.await("open");

            DataRefused refused =
                    catchThrowableOfType(
                            DataRefused.class, () -> DataDirectory.open(temp, "dev-1"));
            assertThat(refused.refusal())
                    .isEqualTo(new DataRefusal.InUse(temp, "process " + holder.pid()));

            holder.kill();
        }
        DataDirectory.open(temp, "dev-1").close();
    }

    /** Opens the directory and holds it until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (DataDirectory data = DataDirectory.open(Path.of(arguments[0]), "dev-1")) {
                System.out.println("open " + data.path());
                int end = System.in.read();
                System.out.println("end " + end);
            }
        }
    }
}

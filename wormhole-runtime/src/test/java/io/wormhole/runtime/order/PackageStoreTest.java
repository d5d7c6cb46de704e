package io.wormhole.runtime.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages arrive in chunks, survive a crash at any of them, and are what their hash says. */
final class PackageStoreTest {
    private static final int SIZE = 2 * PackageStore.CHUNK + 1_000;

    @TempDir private Path root = Path.of("");
    private PackageStore sender;
    private PackageStore receiver;
    private Hash hash;

    @BeforeEach
    void storeAtSender() throws IOException {
        sender = new PackageStore(root.resolve("sender"));
        receiver = new PackageStore(root.resolve("receiver"));
        byte[] content = new byte[SIZE];
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < SIZE; i++) {
            content[i] = (byte) random.nextInt();
        }
        hash = sender.put(Bytes.of(content));
    }

    @Test
    void packageArrivesInChunksWithARestartAfterEach() throws IOException {
        long here = 0;
        while (here < SIZE) {
            here = receiver.add(hash, SIZE, here, sender.chunk(hash, here));
            receiver = new PackageStore(root.resolve("receiver"));
            assertThat(receiver.arrived(hash, SIZE)).isEqualTo(here);
        }

        assertThat(receiver.has(hash)).isTrue();
        assertThat(receiver.file(hash)).hasSameBinaryContentAs(sender.file(hash));
        assertThat(files("receiver")).isEqualTo(1);
    }

    @Test
    void packageThatACrashLeftWholeIsCompleted() throws IOException {
        Files.copy(sender.file(hash), partial());

        assertThat(receiver.arrived(hash, SIZE)).isEqualTo(SIZE);

        assertThat(receiver.has(hash)).isTrue();
    }

    @Test
    void rubbishOfTheRightLengthIsDropped() throws IOException {
        Files.write(partial(), new byte[SIZE]);

        assertThat(receiver.arrived(hash, SIZE)).isZero();

        assertThat(receiver.has(hash)).isFalse();
        assertThat(files("receiver")).isZero();
    }

    @Test
    void chunkThatComesTwiceIsIgnored() throws IOException {
        Bytes first = sender.chunk(hash, 0);
        long here = receiver.add(hash, SIZE, 0, first);

        assertThat(receiver.add(hash, SIZE, 0, first)).isEqualTo(here);
        assertThat(receiver.add(hash, SIZE, here + 1, first)).isEqualTo(here);
    }

    @Test
    void wrongContentIsDropped() throws IOException {
        Bytes rubbish = Bytes.of(new byte[10]);

        assertThatThrownBy(() -> receiver.add(hash, 10, 0, rubbish))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not have the hash");

        assertThat(files("receiver")).isZero();
    }

    @Test
    void announcedSizesHaveBounds() throws IOException {
        for (long size : new long[] {-1, 0, 1L << 40, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> receiver.arrived(hash, size))
                    .hasMessageContaining("allowed 1 to");
            assertThatThrownBy(() -> receiver.add(hash, size, 0, Bytes.of(new byte[1])))
                    .hasMessageContaining("allowed 1 to");
        }

        assertThat(files("receiver")).isZero();
    }

    @Test
    void chunksOutsideThePackageAreRefused() {
        assertThatThrownBy(() -> sender.chunk(hash, -1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> sender.chunk(hash, SIZE + 1L)).isInstanceOf(IOException.class);
    }

    @Test
    void samePackageIsStoredOnce() throws IOException {
        sender.put(Bytes.of(Files.readAllBytes(sender.file(hash))));

        assertThat(files("sender")).isEqualTo(1);
    }

    private Path partial() {
        return root.resolve("receiver").resolve(hash.toHex() + ".part");
    }

    private long files(String store) throws IOException {
        try (Stream<Path> all = Files.list(root.resolve(store))) {
            return all.count();
        }
    }
}

package io.wormhole.cluster.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system for H2 in which every write is on the disk when it returns.
 *
 * <p>H2 writes one block per commit when its write delay is zero, but leaves it in the cache of the
 * operating system. With this file system below, a commit costs one {@code fdatasync} and survives
 * a loss of power. H2 finds it by the scheme in the database URL, and makes instances itself, which
 * is why the class is public.
 */
public final class ForcedFiles extends FilePathWrapper {
    static final String SCHEME = "forced";

    static void register() {
        FilePath.register(new ForcedFiles());
    }

    /** The part of a database URL that selects this file system. */
    @Override
    public String getScheme() {
        return SCHEME;
    }

    /** Opens a file whose writes return when the disk has them. */
    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel channel = getBase().open(mode);
        return mode.equals("r") ? channel : new ForcedFile(channel, getBase().toString());
    }

    // Reads and writes at a position need no lock, unlike those of the base class.
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    private static final class ForcedFile extends FileBaseDefault {
        private final FileChannel channel;
        private final String name;

        ForcedFile(FileChannel channel, String name) {
            this.channel = channel;
            this.name = name;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int written = channel.write(source, position);
            channel.force(false);
            return written;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            channel.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return channel.tryLock(position, size, shared);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            channel.close();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}

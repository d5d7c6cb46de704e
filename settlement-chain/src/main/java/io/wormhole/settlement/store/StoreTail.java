package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.NetworkId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The {@link Tail} of a chain in a file, with clear errors; none beside a server, which makes each
 * commit durable itself.
 */
final class StoreTail implements AutoCloseable {

    // Two dozen large blocks or some thousand small ones; H2 has never been seen to lose more than
    // a
    // dozen commits. Each time it is full, the database must be forced to the disk. Two of them are
    // read at each start.
    private static final long BYTES = 32L << 20;

    private final Optional<Tail> tail;

    private StoreTail(Optional<Tail> tail) {
        this.tail = tail;
    }

    /** That of a server, which needs none. */
    static StoreTail none() {
        return new StoreTail(Optional.empty());
    }

    /**
     * Opens the files beside a database, or makes them.
     *
     * @param path of the database, in H2's form
     */
    static StoreTail beside(String path, NetworkId network) {
        try {
            return new StoreTail(Optional.of(Tail.open(path, network, BYTES)));
        } catch (IOException failure) {
            throw notOpened(path, failure);
        }
    }

    private static StoreException notOpened(String path, IOException failure) {
        return new StoreException(
                StoreException.Kind.WRITE_FAILED,
                "the files beside the chain database "
                        + path
                        + " cannot be opened for writing (disk full, read-only, or no permission?): "
                        + failure.getMessage(),
                failure);
    }

    private static StoreException notWritten(IOException failure) {
        return new StoreException(
                StoreException.Kind.WRITE_FAILED,
                "the chain database cannot be written (is the disk full, or read-only?): "
                        + failure.getMessage(),
                failure);
    }

    /** Everything that is whole, oldest first. */
    List<Tail.Entry> entries() {
        try {
            return tail.isPresent() ? tail.get().entries() : List.of();
        } catch (IOException failure) {
            throw notWritten(failure);
        }
    }

    /** Adds records of one kind; they are on the disk when this returns. */
    void append(byte kind, List<Bytes> contents) {
        try {
            if (tail.isPresent()) {
                tail.get().append(kind, contents);
            }
        } catch (IOException failure) {
            throw notWritten(failure);
        }
    }

    /** Whether there is one: otherwise nothing is durable before the database has it. */
    boolean isKept() {
        return tail.isPresent();
    }

    /** Whether it is time to {@link #turn}. */
    boolean isFull() {
        try {
            return tail.isPresent() && tail.get().isFull();
        } catch (IOException failure) {
            throw notWritten(failure);
        }
    }

    /**
     * Begins anew; the database must hold all that was added.
     *
     * @param votes the last of each validator: whatever happens to the database, none is forgotten
     */
    void turn(List<VoteRecord> votes) {
        try {
            tail.orElseThrow().turn();
        } catch (IOException failure) {
            throw notWritten(failure);
        }
        append(Tail.VOTE, votes.stream().map(VoteRecord::encoded).toList());
    }

    @Override
    public void close() {
        try {
            if (tail.isPresent()) {
                tail.get().close();
            }
        } catch (IOException failure) {
            throw notWritten(failure);
        }
    }
}

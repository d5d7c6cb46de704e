package io.wormhole.channel.update;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import java.util.List;

/** The operations that lead from one co-signed state to the next, in order; all or none. */
public record Update(List<ChannelOperation> operations) implements Canonical {
    /** Most operations in one update. */
    public static final int MAXIMUM_OPERATIONS = 1024;

    /** Most bytes of one update, so that it always fits into a frame. */
    public static final int MAXIMUM_BYTES = 1 << 20;

    /** Refuses none and too many. */
    public Update {
        operations = List.copyOf(operations);
        if (operations.isEmpty() || operations.size() > MAXIMUM_OPERATIONS) {
            throw new IllegalArgumentException(
                    "an update has 1 to 1024 operations, found " + operations.size());
        }
    }

    /** Shorthand for the constructor. */
    public static Update of(ChannelOperation... operations) {
        return new Update(List.of(operations));
    }

    /** Reads the operations. */
    public static Update readFrom(CanonicalReader in) {
        return new Update(in.readList(MAXIMUM_OPERATIONS, ChannelOperation::readFrom));
    }

    /** Names this update when it is refused; signed by nobody. */
    public Hash fingerprint() {
        return Hash.of(DomainTag.SESSION, this);
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeList(operations);
    }
}

package io.wormhole.channel.update;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;

/** What a lock's hashes stand for: the contract's code and its present state value. */
public record ContractInstance(long lockId, Bytes code, Bytes state) implements Canonical {
    /** Reads an instance in the order of the fields. */
    public static ContractInstance readFrom(CanonicalReader in) {
        return new ContractInstance(
                in.readLong(),
                in.readBytes(ChannelOperation.MAXIMUM_SIZE),
                in.readBytes(ChannelOperation.MAXIMUM_SIZE));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeLong(lockId).writeBytes(code).writeBytes(state);
    }
}

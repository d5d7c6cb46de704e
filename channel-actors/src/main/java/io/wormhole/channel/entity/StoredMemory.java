package io.wormhole.channel.entity;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.proto.MemorySnapshot;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.wire.SnapshotCodec;
import org.apache.pekko.persistence.typed.SnapshotAdapter;

/** A channel's memory as a snapshot holds it. */
record StoredMemory(UpdateRules rules) implements SnapshotAdapter<ChannelMemory> {
    @Override
    public Object toJournal(ChannelMemory memory) {
        return SnapshotCodec.encode(memory);
    }

    @Override
    public ChannelMemory fromJournal(Object stored) {
        return SnapshotCodec.decode((MemorySnapshot) stored, rules);
    }
}

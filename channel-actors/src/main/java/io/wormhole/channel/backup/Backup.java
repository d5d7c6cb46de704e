package io.wormhole.channel.backup;

import com.google.protobuf.InvalidProtocolBufferException;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.proto.MemorySnapshot;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.wire.SnapshotCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sealed copies of one operator's channels at one place; calls block.
 *
 * @param place where they are
 * @param seal what they are sealed with
 */
public record Backup(BackupPlace place, BackupSeal seal) {
    /**
     * What is there.
     *
     * @param copies the channels
     * @param unreadable why a channel that is listed has no copy that can be read, a line each
     */
    public record Contents(List<KnownChannel> copies, List<String> unreadable) {
        /** Copies the lists. */
        public Contents {
            copies = List.copyOf(copies);
            unreadable = List.copyOf(unreadable);
        }
    }

    void writeIndex(Set<ChannelId> channels) throws IOException {
        put(seal.index(), BackupIndex.encode(channels));
    }

    void write(ChannelId channel, KnownChannel memory) throws IOException {
        byte[] content = SnapshotCodec.encode(memory).toByteArray();
        put(seal.name(channel), Bytes.of(content));
    }

    void remove(ChannelId channel) throws IOException {
        place.remove(seal.name(channel));
    }

    private void put(String name, Bytes content) throws IOException {
        place.put(name, seal.seal(name, content));
    }

    /** The channels that are listed. */
    public List<ChannelId> index() throws IOException {
        Optional<Bytes> list = open(seal.index());
        return list.isEmpty() ? List.of() : BackupIndex.decode(list.get());
    }

    /** Reads every copy; one that is damaged does not hide the others. */
    public Contents read(UpdateRules rules) throws IOException {
        List<KnownChannel> copies = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (ChannelId channel : index()) {
            try {
                Optional<Bytes> copy = open(seal.name(channel));
                if (copy.isPresent()) {
                    copies.add(decode(channel, copy.get(), rules));
                } else {
                    unreadable.add(channel + ": there is no copy of it");
                }
            } catch (IOException | IllegalArgumentException damaged) {
                unreadable.add(channel + ": " + damaged.getMessage());
            }
        }
        return new Contents(copies, unreadable);
    }

    private Optional<Bytes> open(String name) throws IOException {
        Optional<Bytes> sealed = place.get(name);
        return sealed.isEmpty() ? Optional.empty() : Optional.of(seal.open(name, sealed.get()));
    }

    private static KnownChannel decode(ChannelId channel, Bytes content, UpdateRules rules)
            throws InvalidProtocolBufferException {
        KnownChannel copy =
                SnapshotCodec.decodeKnown(MemorySnapshot.parseFrom(content.toArray()), rules);
        if (!copy.party().id().equals(channel)) {
            throw new IllegalArgumentException("the copy is of channel " + copy.party().id());
        }
        return copy;
    }
}

package io.wormhole.channel.watch;

import com.google.protobuf.ByteString;
import io.wormhole.channel.proto.WatchDeskEvent;
import io.wormhole.channel.proto.WatchDeskSnapshot;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.persistence.typed.SnapshotAdapter;

/**
 * What a watcher remembers beside its clients' books.
 *
 * @param read final height up to which the chain was read
 * @param cases channels of clients that are being closed
 */
record Register(Set<PublicKey> clients, Optional<BlockHeight> read, Set<ChannelId> cases) {
    static final Register EMPTY = new Register(Set.of(), Optional.empty(), Set.of());

    Register {
        clients = Set.copyOf(clients);
        cases = Set.copyOf(cases);
    }

    static WatchDeskEvent listed(PublicKey client) {
        return WatchDeskEvent.newBuilder()
                .setClientListed(WatchCodec.bytes(client.bytes()))
                .build();
    }

    static WatchDeskEvent struck(PublicKey client) {
        return WatchDeskEvent.newBuilder()
                .setClientStruck(WatchCodec.bytes(client.bytes()))
                .build();
    }

    static WatchDeskEvent read(BlockHeight height) {
        return WatchDeskEvent.newBuilder().setChainRead(height.value()).build();
    }

    static WatchDeskEvent opened(ChannelId channel) {
        return WatchDeskEvent.newBuilder()
                .setCaseOpened(WatchCodec.bytes(channel.encoded()))
                .build();
    }

    static WatchDeskEvent closed(ChannelId channel) {
        return WatchDeskEvent.newBuilder()
                .setCaseClosed(WatchCodec.bytes(channel.encoded()))
                .build();
    }

    Register after(WatchDeskEvent event) {
        return switch (event.getEventCase()) {
            case CLIENT_LISTED -> withClients(all -> all.add(key(event.getClientListed())));
            case CLIENT_STRUCK -> withClients(all -> all.remove(key(event.getClientStruck())));
            case CHAIN_READ ->
                    new Register(
                            clients, Optional.of(new BlockHeight(event.getChainRead())), cases);
            case CASE_OPENED -> withCases(all -> all.add(channel(event.getCaseOpened())));
            case CASE_CLOSED -> withCases(all -> all.remove(channel(event.getCaseClosed())));
            default -> throw new IllegalArgumentException("a desk event without content");
        };
    }

    private Register withClients(Consumer<Set<PublicKey>> change) {
        Set<PublicKey> next = new LinkedHashSet<>(clients);
        change.accept(next);
        return new Register(next, read, cases);
    }

    private Register withCases(Consumer<Set<ChannelId>> change) {
        Set<ChannelId> next = new LinkedHashSet<>(cases);
        change.accept(next);
        return new Register(clients, read, next);
    }

    private static PublicKey key(ByteString field) {
        return WatchCodec.key(field);
    }

    private static ChannelId channel(ByteString field) {
        return new ChannelId(WatchCodec.hash(field));
    }

    WatchDeskSnapshot toSnapshot() {
        WatchDeskSnapshot.Builder out = WatchDeskSnapshot.newBuilder();
        clients.forEach(client -> out.addClients(WatchCodec.bytes(client.bytes())));
        read.ifPresent(height -> out.setChainReadNext(height.value() + 1));
        cases.forEach(channel -> out.addCases(WatchCodec.bytes(channel.encoded())));
        return out.build();
    }

    static Register ofSnapshot(WatchDeskSnapshot in) {
        Set<PublicKey> clients = new LinkedHashSet<>();
        in.getClientsList().forEach(field -> clients.add(key(field)));
        Set<ChannelId> cases = new LinkedHashSet<>();
        in.getCasesList().forEach(field -> cases.add(channel(field)));
        return new Register(
                clients,
                in.getChainReadNext() == 0
                        ? Optional.empty()
                        : Optional.of(new BlockHeight(in.getChainReadNext() - 1)),
                cases);
    }

    /** As a snapshot holds it. */
    static SnapshotAdapter<Register> adapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(Register register) {
                return register.toSnapshot();
            }

            @Override
            public Register fromJournal(Object stored) {
                return Register.ofSnapshot((WatchDeskSnapshot) stored);
            }
        };
    }
}

package io.wormhole.runtime.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A watcher of the node's channels.
 *
 * @param watcher its public key
 * @param state "watching" or "unpaid"
 * @param paidUntil as ISO 8601; empty: never paid
 * @param channels how far it is with each
 */
public record WatcherInfo(String watcher, String state, String paidUntil, List<Watched> channels) {
    /** Copies the list. */
    public WatcherInfo {
        channels = List.copyOf(channels);
    }

    /** The newest state of a channel, and the state that the watcher has confirmed to hold. */
    public record Watched(ChannelId channel, long newest, long held) {}

    static WatcherInfo read(JsonNode json) {
        List<Watched> channels = new ArrayList<>();
        json.path("channels")
                .forEach(
                        one ->
                                channels.add(
                                        new Watched(
                                                new ChannelId(
                                                        Hash.ofHex(one.path("channel").asText())),
                                                one.path("newest").asLong(),
                                                one.path("held").asLong())));
        return new WatcherInfo(
                json.path("watcher").asText(),
                json.path("state").asText(),
                json.path("paidUntil").asText(),
                channels);
    }

    /** Number of the state of a channel that this watcher would answer with. */
    public OptionalLong holds(ChannelId channel) {
        return channels.stream()
                .filter(one -> one.channel().equals(channel))
                .mapToLong(Watched::held)
                .findFirst();
    }
}

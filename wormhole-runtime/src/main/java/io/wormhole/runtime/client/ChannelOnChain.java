package io.wormhole.runtime.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the chain says of a channel.
 *
 * @param secrets what its hash-time-locks were shown in the blocks that were read
 * @param readTo blocks above it are to be read another time
 * @param entry the channel as the last final block has it
 */
public record ChannelOnChain(
        List<Bytes> secrets, BlockHeight readTo, Optional<ChannelEntry> entry) {
    /** Copies the list. */
    public ChannelOnChain {
        secrets = List.copyOf(secrets);
    }

    static ChannelOnChain read(JsonNode json) {
        List<Bytes> secrets = new ArrayList<>();
        json.path("secrets").forEach(one -> secrets.add(Bytes.ofHex(one.asText())));
        String entry = json.path("entry").asText();
        return new ChannelOnChain(
                secrets,
                new BlockHeight(json.path("readTo").asLong()),
                entry.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                CanonicalReader.decode(
                                        Bytes.ofHex(entry), ChannelEntry::readFrom)));
    }
}

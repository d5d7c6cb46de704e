package io.wormhole.channel.route;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;

/**
 * An announced channel with its payer's signature, so that others may pass it on.
 *
 * @param number grows with every announcement of the same direction: the highest counts
 */
public record Announcement(AnnouncedChannel channel, long number, Signature signature)
        implements Canonical {
    private static final int VERSION = 1;

    /** Refuses a negative number. */
    public Announcement {
        if (number < 0) {
            throw new IllegalArgumentException("announcement " + number);
        }
    }

    /** The announcement of {@code payer}. */
    public static Announcement of(
            AnnouncedChannel channel, long number, KeyPair payer, NetworkId network) {
        return new Announcement(
                channel,
                number,
                payer.sign(DomainTag.CHANNEL_ANNOUNCEMENT, network, content(channel, number)));
    }

    /** Whether the payer of the channel signed it for this network. */
    public boolean isSigned(NetworkId network) {
        return channel.payer()
                .verifies(
                        signature,
                        DomainTag.CHANNEL_ANNOUNCEMENT,
                        network,
                        content(channel, number));
    }

    private static Bytes content(AnnouncedChannel channel, long number) {
        return new CanonicalWriter()
                .writeU8(VERSION)
                .write(channel.channel())
                .write(channel.payer())
                .write(channel.payee())
                .write(channel.most())
                .write(channel.baseFee())
                .writeLong(channel.feePerMillion())
                .writeLong(channel.expiryBlocks())
                .writeLong(number)
                .toBytes();
    }

    /** Reads an announcement in the order of the fields. */
    public static Announcement readFrom(CanonicalReader in) {
        int version = in.readU8();
        if (version != VERSION) {
            throw in.fault("announcement version 1 expected, found " + version);
        }
        AnnouncedChannel channel =
                new AnnouncedChannel(
                        new ChannelId(Hash.readFrom(in)),
                        PublicKey.readFrom(in),
                        PublicKey.readFrom(in),
                        Amount.readFrom(in),
                        Amount.readFrom(in),
                        in.readLong(),
                        in.readLong());
        return new Announcement(channel, in.readLong(), Signature.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeFixed(content(channel, number)).write(signature);
    }
}

package io.wormhole.protocol.channel;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import java.util.List;
import java.util.OptionalInt;

/**
 * What both parties agree on when they open a channel.
 *
 * @param participants in signing order; the opener first; version 1 requires exactly two
 * @param countdownBlocks how long a solo close can be challenged, 1 to 1,000,000 blocks
 * @param closeRule what a challenge does
 * @param reserve what each party must keep of its own in every state but the last
 * @param salt makes the id unique; chosen at random by the opener
 */
public record ChannelTerms(
        List<Participant> participants,
        long countdownBlocks,
        CloseRule closeRule,
        Amount reserve,
        Hash salt)
        implements Canonical {
    /** How many participants version 1 has. */
    public static final int PARTICIPANTS = 2;

    private static final long MAXIMUM_COUNTDOWN_BLOCKS = 1_000_000;

    /** Refuses other counts, equal keys, a countdown out of range, deposits that overflow. */
    public ChannelTerms {
        participants = List.copyOf(participants);
        if (participants.size() != PARTICIPANTS) {
            throw new IllegalArgumentException(
                    "a channel has 2 participants, found " + participants.size());
        }
        if (participants.get(0).key().equals(participants.get(1).key())) {
            throw new IllegalArgumentException("both participants have the same key");
        }
        if (countdownBlocks < 1 || countdownBlocks > MAXIMUM_COUNTDOWN_BLOCKS) {
            throw new IllegalArgumentException(
                    "countdown must be 1 to 1000000 blocks, found " + countdownBlocks);
        }
        Amount.sum(participants.stream().map(Participant::deposit).toList());
    }

    /** Reads terms in the order of the fields. */
    public static ChannelTerms readFrom(CanonicalReader in) {
        return new ChannelTerms(
                in.readList(PARTICIPANTS, Participant::readFrom),
                in.readLong(),
                in.readEnum(CloseRule.class),
                Amount.readFrom(in),
                Hash.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeList(participants)
                .writeLong(countdownBlocks)
                .writeEnum(closeRule)
                .write(reserve)
                .write(salt);
    }

    /** The id of the channel that these terms open on {@code network}. */
    public ChannelId id(NetworkId network) {
        return new ChannelId(
                Hash.of(
                        DomainTag.CHANNEL_ID,
                        new CanonicalWriter().write(network).write(this).toBytes()));
    }

    /** All that is locked at the opening. */
    public Amount totalDeposit() {
        return Amount.sum(participants.stream().map(Participant::deposit).toList());
    }

    /** The state before any update: nonce 0, everyone has its deposit. */
    public ChannelState initialState(NetworkId network) {
        return ChannelState.initial(
                id(network), participants.stream().map(Participant::deposit).toList());
    }

    /** The place of {@code address} among the participants. */
    public OptionalInt indexOf(Address address) {
        for (int i = 0; i < participants.size(); i++) {
            if (participants.get(i).address().equals(address)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** Whether {@code signatures} are every participant's over {@code content}, in order. */
    public boolean signedByAll(
            List<Signature> signatures, DomainTag tag, NetworkId network, Canonical content) {
        if (signatures.size() != participants.size()) {
            return false;
        }
        for (int i = 0; i < signatures.size(); i++) {
            if (!participants
                    .get(i)
                    .key()
                    .verifies(signatures.get(i), tag, network, content.encoded())) {
                return false;
            }
        }
        return true;
    }
}

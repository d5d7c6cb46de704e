package io.wormhole.channel.watch;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.Delegation;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Nonce;

/**
 * What a watcher needs to answer a stale close: the newest state, and that it may.
 *
 * @param participant index of the client
 * @param appointment the client's signature over channel and watcher
 * @param patienceBlocks how many blocks the client's own node has for its own answer
 * @param state the newest state that both signed
 */
public record WatchCase(
        int participant, Signature appointment, long patienceBlocks, CoSignedState state)
        implements Canonical {
    private static final byte VERSION = 1;
    private static final long MOST_PATIENCE_BLOCKS = 1_000;
    private static final long OWN_SHARE = 3;

    /** Refuses a participant that cannot exist, and more patience than makes sense. */
    public WatchCase {
        if (participant < 0 || participant >= ChannelTerms.PARTICIPANTS) {
            throw new IllegalArgumentException("no participant " + participant);
        }
        if (patienceBlocks < 0 || patienceBlocks > MOST_PATIENCE_BLOCKS) {
            throw new IllegalArgumentException("a patience of " + patienceBlocks + " blocks");
        }
    }

    /**
     * How long a watcher lets the client's own node go first. Where an answer ends the channel at
     * once, a watcher that is a state behind must not outrun a node that is alive: a third of the
     * countdown is for it.
     */
    public static long patienceOf(ChannelTerms terms) {
        boolean endsAtOnce = terms.closeRule() == CloseRule.CLOSE_AT_ONCE;
        return endsAtOnce && terms.countdownBlocks() > OWN_SHARE
                ? Math.min(terms.countdownBlocks() / OWN_SHARE, MOST_PATIENCE_BLOCKS)
                : 0;
    }

    /** The state's number, by which a newer one takes the place of an older. */
    public Nonce nonce() {
        return state.nonce();
    }

    /** Whether state and appointment are signed as the chain wants them for this watcher. */
    boolean isSigned(ChannelTerms terms, NetworkId network, Address watcher) {
        return state.isSignedUnder(terms, network)
                && terms.participants()
                        .get(participant)
                        .key()
                        .verifies(
                                appointment,
                                DomainTag.CHANNEL_DELEGATE,
                                network,
                                new Delegation(state.state().channel(), watcher).encoded());
    }

    /** Reads a case in the order of the fields. */
    public static WatchCase readFrom(CanonicalReader in) {
        if (in.readU8() != VERSION) {
            throw in.fault("a case of another version");
        }
        return new WatchCase(
                in.readU8(), Signature.readFrom(in), in.readLong(), CoSignedState.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeU8(VERSION)
                .writeU8(participant)
                .write(appointment)
                .writeLong(patienceBlocks)
                .write(state);
    }
}

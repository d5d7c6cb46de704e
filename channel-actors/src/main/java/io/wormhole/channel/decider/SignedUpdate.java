package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;

/** The partner's update as this side has signed it; binding once the partner acknowledges. */
public record SignedUpdate(Update update, ChannelPosition position, Signature mine) {
    /** What this side signs to pass over its own wish, which the partner signed and it forgot. */
    public static SignedUpdate skip(int me, ChannelPosition from, Signature mine) {
        Update nothing = Update.of(new ChannelOperation.Pay(me, Amount.ZERO));
        return new SignedUpdate(nothing, from.skipping(), mine);
    }

    /** The nonce of the state that this side has signed. */
    public Nonce nonce() {
        return position.state().nonce();
    }

    /** Whether this passes over a forgotten wish after the state {@code before}. */
    public boolean isSkipAfter(Nonce before) {
        return nonce().isAfter(before.next());
    }
}

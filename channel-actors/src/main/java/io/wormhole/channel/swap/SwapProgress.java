package io.wormhole.channel.swap;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Nonce;
import java.util.Optional;

/**
 * How far a party has gone; each step is stored before it is taken.
 *
 * @param asked number of the channel's state when the own lock was asked for
 * @param locked whether the own leg was ever locked
 * @param revealed whether the secret may have been shown to the other
 * @param received whether the other's leg was paid
 */
public record SwapProgress(
        Optional<Nonce> asked, boolean locked, boolean revealed, boolean received)
        implements Canonical {
    /** Nothing is done yet. */
    public static final SwapProgress NONE = new SwapProgress(Optional.empty(), false, false, false);

    SwapProgress asking(Nonce now) {
        return asked.isPresent()
                ? this
                : new SwapProgress(Optional.of(now), locked, revealed, received);
    }

    /** After the lock that was asked for was refused, and will not be. */
    public SwapProgress notLocked() {
        return locked ? this : new SwapProgress(Optional.empty(), false, revealed, received);
    }

    SwapProgress withLock() {
        return new SwapProgress(asked, true, revealed, received);
    }

    SwapProgress revealing() {
        return new SwapProgress(asked, locked, true, received);
    }

    SwapProgress withMoney() {
        return new SwapProgress(asked, locked, revealed, true);
    }

    /** Reads it in the order of the fields. */
    public static SwapProgress readFrom(CanonicalReader in) {
        return new SwapProgress(
                in.readOptional(Nonce::readFrom),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeOptional(asked).writeBoolean(locked).writeBoolean(revealed).writeBoolean(received);
    }
}

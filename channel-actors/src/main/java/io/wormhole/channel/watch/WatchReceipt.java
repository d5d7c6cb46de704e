package io.wormhole.channel.watch;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.crypto.Signature;
import java.time.Instant;

/**
 * A watcher's word that it holds a state and answers older ones with it.
 *
 * @param hint names the channel
 * @param number of the state
 * @param digest SHA-256 of what is held
 * @param until how long it is held when nothing more is paid
 */
public record WatchReceipt(
        Hash hint, long number, Hash digest, Instant until, Signature signature) {
    private record Content(Hash hint, long number, Hash digest, Instant until)
            implements Canonical {
        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(hint).writeLong(number).write(digest).writeLong(until.getEpochSecond());
        }
    }

    /** Signs that {@code held} is stored. */
    static WatchReceipt sign(
            WatchMessage.Hold held, Instant until, KeyPair watcher, NetworkId network) {
        Hash digest = digest(held.sealed());
        Content content = new Content(held.hint(), held.number(), digest, until);
        return new WatchReceipt(
                held.hint(),
                held.number(),
                digest,
                until,
                watcher.sign(DomainTag.WATCH_RECEIPT, network, content.encoded()));
    }

    /** What stands for sealed bytes. */
    static Hash digest(Bytes sealed) {
        return new Hash(Bytes.of(Hash.sha256().digest(sealed.toArray())));
    }

    /** Whether this is the watcher's word about exactly these bytes. */
    boolean isFor(WatchMessage.Hold held, PublicKey watcher, NetworkId network) {
        Content content = new Content(hint, number, digest, until);
        return hint.equals(held.hint())
                && number == held.number()
                && digest.equals(digest(held.sealed()))
                && watcher.verifies(signature, DomainTag.WATCH_RECEIPT, network, content.encoded());
    }
}

package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkKey;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.peer.wire.Hello;
import io.wormhole.settlement.peer.wire.PeerMessage;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** A greeted peer as the hub sees it; for one owner. */
final class Peer {
    private static final int FULL_SCORE = 100;
    private static final int KNOWN_IDS = 8_192;

    private final ActorRef<PeerSession.Command> session;
    private final Link link;
    private final boolean isOutbound;
    private final Hello hello;
    private final Set<Hash> known =
            Collections.newSetFromMap(
                    new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<Hash, Boolean> eldest) {
                            return size() > KNOWN_IDS;
                        }
                    });
    private int score = FULL_SCORE;
    private final AddressQuestion addresses = new AddressQuestion();
    private Hash headHash;
    private long headHeight;
    private long clockOffsetMillis;
    private boolean isRelaying;

    private Peer(PeerHub.Greeted greeted, long nowMillis) {
        this.session = greeted.session();
        this.link = greeted.link();
        this.isOutbound = greeted.isOutbound();
        this.isRelaying = greeted.isOutbound();
        this.hello = greeted.hello();
        this.headHash = Wire.hash(hello.getHead().getHash());
        this.headHeight = hello.getHead().getHeight();
        this.clockOffsetMillis = hello.getTimeMillis() - nowMillis;
    }

    /**
     * The peer of a session that has greeted.
     *
     * @throws Misbehaviour when it has greeted with rubbish
     */
    static Peer of(PeerHub.Greeted greeted, long nowMillis) {
        return new Peer(greeted, nowMillis);
    }

    LinkKey key() {
        return link.remoteKey();
    }

    ActorRef<PeerSession.Command> session() {
        return session;
    }

    boolean isOutbound() {
        return isOutbound;
    }

    void send(PeerMessage message) {
        session.tell(new PeerSession.Send(message));
    }

    void next() {
        session.tell(new PeerSession.Next());
    }

    void close(String reason) {
        session.tell(new PeerSession.Close(reason));
    }

    Hash headHash() {
        return headHash;
    }

    long headHeight() {
        return headHeight;
    }

    void headIs(Hash hash, long height) {
        headHash = hash;
        headHeight = height;
        isRelaying = true;
    }

    /** Whether it passes blocks on; a light client only listens, and gets no more than it needs. */
    boolean isRelaying() {
        return isRelaying;
    }

    long clockOffsetMillis() {
        return clockOffsetMillis;
    }

    void clockIs(long theirMillis, long nowMillis) {
        clockOffsetMillis = theirMillis - nowMillis;
    }

    AddressQuestion addresses() {
        return addresses;
    }

    /** Where it accepts links, as far as it says so: at the address that its link comes from. */
    Optional<PeerEndpoint> listens() {
        int port = hello.getListenPort();
        return port < 1 || port > 65_535 || link.remoteAddress().getAddress() == null
                ? Optional.empty()
                : Optional.of(
                        PeerEndpoint.of(link.remoteAddress().getAddress().getHostAddress(), port));
    }

    /** Takes points away; says whether none are left. */
    boolean loses(int points) {
        score -= points;
        return score <= 0;
    }

    void knows(Collection<Hash> ids) {
        known.addAll(ids);
    }

    List<Hash> unknownOf(Collection<Hash> ids) {
        return ids.stream().filter(id -> !known.contains(id)).toList();
    }

    PeerStatus status() {
        return new PeerStatus(
                key(),
                String.valueOf(link.remoteAddress()),
                isOutbound,
                hello.getAgent()
                        .substring(0, Math.min(hello.getAgent().length(), 64))
                        .replaceAll("[^\\x20-\\x7e]", "?"),
                headHeight,
                clockOffsetMillis);
    }
}

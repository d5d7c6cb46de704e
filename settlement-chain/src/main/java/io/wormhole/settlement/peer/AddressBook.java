package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.LinkKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Addresses that peers have told, to be dialled while there are few sessions. A hint is worth
 * little: each peer can place only a few, and one that leads nowhere is forgotten. For one owner.
 */
final class AddressBook {
    private static final int MOST = 256;
    private static final int MOST_OF_ONE_PEER = 16;

    private final Map<PeerEndpoint, LinkKey> hints = new LinkedHashMap<>();
    private final Map<PeerEndpoint, Boolean> dialled = new LinkedHashMap<>();

    /** Takes note of what a peer has told. */
    void learn(PeerEndpoint endpoint, LinkKey from) {
        long ofPeer = hints.values().stream().filter(from::equals).count();
        if (hints.size() < MOST && ofPeer < MOST_OF_ONE_PEER) {
            hints.putIfAbsent(endpoint, from);
        }
    }

    /** Whom to try now; each is tried once. */
    List<PeerEndpoint> take(int most) {
        List<PeerEndpoint> taken = new ArrayList<>();
        Iterator<PeerEndpoint> known = hints.keySet().iterator();
        while (known.hasNext() && taken.size() < most) {
            PeerEndpoint endpoint = known.next();
            known.remove();
            if (dialled.size() < MOST && dialled.putIfAbsent(endpoint, true) == null) {
                taken.add(endpoint);
            }
        }
        return taken;
    }

    /** A dialled address led nowhere: it may be told again. */
    void forget(PeerEndpoint endpoint) {
        dialled.remove(endpoint);
    }

    int size() {
        return hints.size();
    }
}

package io.wormhole.settlement.peer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Names that stand for several nodes: every address behind one is a peer to try. */
public final class DnsSeeds {
    private static final int MOST_PER_SEED = 32;

    private DnsSeeds() {}

    /** The nodes behind a name, none where it is not known now; may wait for the network. */
    public static List<PeerEndpoint> resolve(String host, int port) {
        try {
            List<InetAddress> addresses =
                    new ArrayList<>(Arrays.asList(InetAddress.getAllByName(host)));
            // So that not all new nodes go to the same one first.
            Collections.shuffle(addresses);
            return addresses.stream()
                    .limit(MOST_PER_SEED)
                    .map(address -> PeerEndpoint.of(address.getHostAddress(), port))
                    .toList();
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }
}

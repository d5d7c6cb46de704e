package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.LinkKey;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.peer.wire.Head;
import io.wormhole.settlement.peer.wire.Hello;
import java.util.Arrays;
import java.util.Optional;

/**
 * What two nodes say first, and whether they go on.
 *
 * @param port where this node accepts links; 0: nowhere
 */
record Greeting(Genesis genesis, LinkKey self, int port) {
    private static final String AGENT = "wormhole/1";

    Hello hello(ChainView view, long nowMillis) {
        return Hello.newBuilder()
                .setProtocolVersion(Wire.PROTOCOL_VERSION)
                .setGenesis(Wire.bytes(genesis.networkId().genesis()))
                .setHead(
                        Head.newBuilder()
                                .setHash(Wire.bytes(view.head().index().hash()))
                                .setHeight(view.head().index().height())
                                .setJustifiedEpoch(view.justified().epoch()))
                .setTimeMillis(nowMillis)
                .setListenPort(port)
                .setAgent(AGENT)
                .build();
    }

    /** Why a node that says so is no peer of this one. */
    Optional<String> refusal(Hello hello) {
        if (hello.getProtocolVersion() != Wire.PROTOCOL_VERSION) {
            return Optional.of(
                    "protocol version "
                            + hello.getProtocolVersion()
                            + ", this node speaks "
                            + Wire.PROTOCOL_VERSION);
        }
        Hash ours = genesis.networkId().genesis();
        return hello.getGenesis().equals(Wire.bytes(ours))
                ? Optional.empty()
                : Optional.of("another network; this node is on " + ours);
    }

    /** Both sides decide alike: of two links, the one that the smaller key dialled stays. */
    boolean isBetter(Peer fresh, Peer old) {
        if (fresh.isOutbound() == old.isOutbound()) {
            // Dialled twice by us: keep the first. Twice by them: the first is dead already.
            return !fresh.isOutbound();
        }
        boolean isOursSmaller = Arrays.compareUnsigned(self.bytes(), fresh.key().bytes()) < 0;
        return fresh.isOutbound() == isOursSmaller;
    }
}

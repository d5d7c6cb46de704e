package io.wormhole.settlement.node;

import static io.wormhole.settlement.node.TestNetwork.DSD;
import static io.wormhole.settlement.node.TestNetwork.GENESIS;
import static io.wormhole.settlement.node.TestNetwork.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.light.LightClient;
import io.wormhole.settlement.light.TrustedCheckpoint;
import io.wormhole.settlement.peer.LightPeer;
import io.wormhole.settlement.peer.PeerEndpoint;
import io.wormhole.settlement.peer.PeerHub;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A light client of real nodes over real links. */
@Timeout(90)
class LightPeerTest {
    @RegisterExtension static final NodeSystem SYSTEM = new NodeSystem();

    @Test
    void aPaymentHandedInByALightClientIsProvenToBeFinalOverTheWire(@TempDir Path folder) {
        TestNetwork network = new TestNetwork(SYSTEM.get(), folder);
        SettlementNode node = network.startMiner(1);
        Links links =
                Links.of(
                        SYSTEM.get(),
                        LinkIdentity.of(TestNetwork.nodeKey(9).seed().toArray()),
                        LinkLimits.defaults().withMaxFrameBytes(PeerHub.frameBytes(GENESIS)));
        try (LightPeer peer =
                LightPeer.connect(
                        GENESIS,
                        links,
                        PeerEndpoint.of("127.0.0.1", node.address().getPort()),
                        InstantSource.system())) {
            LightClient client =
                    new LightClient(GENESIS, TrustedCheckpoint.genesis(GENESIS), List.of(peer));
            SignedTransaction payment =
                    TestNetwork.transfer(node, Bob.KEYS, Mallory.ADDRESS, DSD.times(3));
            peer.submit(payment);

            eventually(
                    "the payment is in the light client's final state",
                    () ->
                            client.sync().height() > 0
                                    && client.account(Mallory.ADDRESS)
                                            .orElseThrow()
                                            .balance()
                                            .equals(DSD.times(1003)));
            InclusionProof proof = client.transaction(payment.id());

            assertThat(proof.transaction()).isEqualTo(payment);
            assertThat(client.liars()).isEmpty();
        }
        network.stopAll();
    }
}

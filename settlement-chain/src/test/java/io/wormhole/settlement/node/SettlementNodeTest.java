package io.wormhole.settlement.node;

import static io.wormhole.settlement.node.TestNetwork.DSD;
import static io.wormhole.settlement.node.TestNetwork.eventually;
import static io.wormhole.settlement.node.TestNetwork.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SettlementNodeTest {
    @RegisterExtension static final NodeSystem SYSTEM = new NodeSystem();

    private TestNetwork network;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        network = new TestNetwork(SYSTEM.get(), folder);
    }

    @AfterEach
    void stopNodes() {
        network.stopAll();
    }

    @Test
    void transferBecomesFinal() {
        SettlementNode acme = network.startMiner(1);

        SignedTransaction paid = TestNetwork.submit(acme, Bob.KEYS, Mallory.ADDRESS, DSD);

        eventually("the transfer is final", () -> isFinal(acme, paid));
        InclusionProof proof = get(acme.settlement().inclusionProof(paid.id())).orElseThrow();
        assertThat(proof.holds()).isTrue();
        assertThat(
                        get(acme.settlement().account(Mallory.ADDRESS, Certainty.FINAL))
                                .orElseThrow()
                                .balance())
                .isEqualTo(DSD.times(1001));
    }

    @Test
    void secondNodeSyncsAndGossipsBothWays() {
        SettlementNode acme = network.startMiner(1);
        eventually("some blocks", () -> acme.status().head().height().value() >= 10);

        SettlementNode bob = network.start(network.settings(2, acme));
        eventually(
                "bob has synced",
                () -> bob.status().finalHeight() >= 8 && bob.status().peers().size() == 1);
        SignedTransaction paid = TestNetwork.submit(bob, Bob.KEYS, Mallory.ADDRESS, DSD);

        eventually("final on bob's node", () -> isFinal(bob, paid));
        eventually("final on acme's node", () -> isFinal(acme, paid));
    }

    private static boolean isFinal(SettlementNode node, SignedTransaction transaction) {
        return get(node.settlement().transaction(transaction.id()))
                        instanceof TransactionStatus.Included included
                && included.certainty() == Certainty.FINAL;
    }
}

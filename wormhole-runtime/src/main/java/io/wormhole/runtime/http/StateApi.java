package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.proof.StateKey;
import io.wormhole.settlement.archive.ProofFile;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.Route;

/** Entries of the final state with their proofs. */
final class StateApi extends JsonRoutes {
    private final WormholeNode node;

    StateApi(WormholeNode node) {
        this.node = node;
    }

    Route route() {
        return path("state", () -> get(() -> parameter("key", key -> answer(entry(key)))));
    }

    private CompletionStage<ObjectNode> entry(String text) {
        StateKey key = StateKey.parse(text);
        return node.settlementNode()
                .proveEntry(key::proveIn, Certainty.FINAL)
                .thenApply(proven -> ProofJson.of(new ProofFile(proven.header(), proven.proof())));
    }
}

package io.wormhole.runtime.node;

import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.settlement.node.ChainStatus;
import io.wormhole.settlement.node.LightNode;
import io.wormhole.settlement.node.NodeEnd;
import io.wormhole.settlement.node.SettlementNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A node's part in the settlement network. */
public sealed interface NetworkSide {
    /** The chain as its users see it. */
    Settlement settlement();

    /** Why the node is not ready to be relied on, if it is not. */
    Optional<String> hindrance();

    /** Completes when it has ended, however that came about. */
    CompletionStage<NodeEnd> ended();

    /** Ends it in order. */
    CompletionStage<?> stop();

    /** Stores and checks the whole chain. */
    record Full(SettlementNode node) implements NetworkSide {
        @Override
        public Settlement settlement() {
            return node.settlement();
        }

        @Override
        public Optional<String> hindrance() {
            ChainStatus status = node.status();
            return status.alarm()
                    .map(alarm -> "settlement is stopped: " + alarm)
                    .or(() -> status.paused().map(why -> "production is paused: " + why))
                    .or(status::clockDoubt);
        }

        @Override
        public CompletionStage<NodeEnd> ended() {
            return node.ended();
        }

        @Override
        public CompletionStage<?> stop() {
            return node.stop();
        }
    }

    /** Believes full nodes what they prove. */
    record Light(LightNode node, InstantSource clock) implements NetworkSide {
        private static final Duration PATIENCE = Duration.ofMinutes(1);

        @Override
        public Settlement settlement() {
            return node.settlement();
        }

        @Override
        public Optional<String> hindrance() {
            long silence = clock.millis() - node.status().answeredMillis();
            return silence > PATIENCE.toMillis()
                    ? Optional.of(
                            "no full node has answered for a minute; not believed: "
                                    + node.status().liars())
                    : Optional.empty();
        }

        @Override
        public CompletionStage<NodeEnd> ended() {
            return node.whenEnded();
        }

        @Override
        public CompletionStage<?> stop() {
            return node.stop();
        }
    }
}

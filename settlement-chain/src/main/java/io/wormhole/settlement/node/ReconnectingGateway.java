package io.wormhole.settlement.node;

import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.PartialMap;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.StateProof;
import io.wormhole.settlement.ledger.StateTree;
import io.wormhole.settlement.light.FinalityProof;
import io.wormhole.settlement.light.LightGateway;
import io.wormhole.settlement.peer.LightPeer;
import io.wormhole.settlement.peer.PeerEndpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A full node that is dialled again after its link broke; for one thread at a time. */
final class ReconnectingGateway implements LightGateway, AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Genesis genesis;
    private final Links links;
    private final PeerEndpoint endpoint;
    private final InstantSource clock;
    private Optional<LightPeer> peer = Optional.empty();
    private long failedMillis;

    ReconnectingGateway(Genesis genesis, Links links, PeerEndpoint endpoint, InstantSource clock) {
        this.genesis = genesis;
        this.links = links;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    private <T> T ask(Function<LightPeer, T> question) {
        boolean isResting = failedMillis != 0 && clock.millis() - failedMillis < PAUSE.toMillis();
        if (peer.isEmpty() && isResting) {
            throw new Unreachable("it is not dialled again yet");
        }
        try {
            if (peer.isEmpty()) {
                peer = Optional.of(LightPeer.connect(genesis, links, endpoint, clock));
            }
            T answer = question.apply(peer.get());
            failedMillis = 0;
            return answer;
        } catch (Unreachable gone) {
            failedMillis = clock.millis();
            close();
            throw gone;
        } catch (IllegalArgumentException lie) {
            // Nobody asks it again.
            close();
            throw lie;
        }
    }

    /** Whether the last question was answered. */
    boolean isReached() {
        return peer.isPresent();
    }

    @Override
    public String name() {
        return endpoint.toString();
    }

    @Override
    public Optional<FinalityProof> finality(long upToEpoch) {
        return ask(node -> node.finality(upToEpoch));
    }

    @Override
    public Optional<PartialMap> consensus(long height) {
        return ask(node -> node.consensus(height));
    }

    @Override
    public List<BlockHeader> headers(long fromHeight) {
        return ask(node -> node.headers(fromHeight));
    }

    @Override
    public Optional<Block> block(Hash block) {
        return ask(node -> node.block(block));
    }

    @Override
    public Optional<StateProof> state(Hash block, StateTree tree, Hash key) {
        return ask(node -> node.state(block, tree, key));
    }

    @Override
    public Optional<InclusionProof> transaction(Hash id) {
        return ask(node -> node.transaction(id));
    }

    @Override
    public Submission submit(SignedTransaction transaction) {
        return ask(node -> node.submit(transaction));
    }

    @Override
    public void close() {
        peer.ifPresent(LightPeer::close);
        peer = Optional.empty();
    }
}

package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.LinkServer;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.PartialMap;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.StateProof;
import io.wormhole.settlement.ledger.StateTree;
import io.wormhole.settlement.light.FinalityProof;
import io.wormhole.settlement.light.LightServer;
import io.wormhole.settlement.node.TestNetwork;
import io.wormhole.settlement.peer.wire.BlockBody;
import io.wormhole.settlement.peer.wire.LightQuestion;
import io.wormhole.settlement.peer.wire.PeerMessage;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Looks like a full node to light clients and knows what an honest one knows, but lies in one
 * thing.
 */
public final class LyingNode implements AutoCloseable {
    /** What it lies about. */
    public enum Lie {
        /** Proves another entry of the state than was asked for. */
        STATE,
        /** Leaves out what a block does. */
        BLOCKS,
        /** Takes transactions and drops them, and says that it knows of none. */
        TRANSACTIONS
    }

    private final LightPeer honest;
    private final Lie lie;
    private final LinkServer server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    /** Listens on a free port; asks {@code honest} for the truth. */
    public LyingNode(ActorSystem<?> system, Genesis genesis, PeerEndpoint honest, Lie lie) {
        Links links =
                Links.of(
                        system,
                        LinkIdentity.random(),
                        LinkLimits.defaults().withMaxFrameBytes(PeerHub.frameBytes(genesis)));
        this.lie = lie;
        this.honest = LightPeer.connect(genesis, links, honest, InstantSource.system());
        this.server = TestNetwork.get(links.bind("127.0.0.1", 0, this::serve));
    }

    /** Where it listens. */
    public PeerEndpoint endpoint() {
        return PeerEndpoint.of("127.0.0.1", server.address().getPort());
    }

    private void serve(Link link) {
        link.receive()
                .thenAcceptAsync(
                        frame ->
                                frame.ifPresent(
                                        bytes -> {
                                            answer(Wire.decode(bytes))
                                                    .ifPresent(
                                                            said -> link.send(said.toByteArray()));
                                            serve(link);
                                        }),
                        thread);
    }

    private Optional<PeerMessage> answer(PeerMessage message) {
        if (message.hasBlocksWanted()) {
            Block block =
                    honest.block(Wire.hash(message.getBlocksWanted().getHashes(0))).orElseThrow();
            Block told =
                    lie == Lie.BLOCKS
                            ? new Block(block.header(), List.of(), block.witness())
                            : block;
            return Optional.of(
                    PeerMessage.newBuilder()
                            .setBlock(BlockBody.newBuilder().setBlock(Wire.bytes(told)))
                            .build());
        }
        return message.hasLightQuestion()
                ? Optional.of(answer(message.getLightQuestion()))
                : Optional.empty();
    }

    private PeerMessage answer(LightQuestion question) {
        if (question.hasSubmission()) {
            return LightWire.answer(
                    lie == Lie.TRANSACTIONS
                            ? new Submission.Accepted(Hash.ZERO)
                            : honest.submit(LightWire.submission(question)));
        }
        return PeerMessage.newBuilder()
                .setLightAnswer(LightWire.answer(question, new Liar()))
                .build();
    }

    private final class Liar implements LightServer {
        @Override
        public String name() {
            return "liar";
        }

        @Override
        public Optional<FinalityProof> finality(long upToEpoch) {
            return honest.finality(upToEpoch);
        }

        @Override
        public Optional<PartialMap> consensus(long height) {
            return honest.consensus(height);
        }

        @Override
        public List<BlockHeader> headers(long fromHeight) {
            return honest.headers(fromHeight);
        }

        @Override
        public Optional<Block> block(Hash block) {
            return honest.block(block);
        }

        @Override
        public Optional<StateProof> state(Hash block, StateTree tree, Hash key) {
            return honest.state(block, tree, lie == Lie.STATE ? Hash.ZERO : key);
        }

        @Override
        public Optional<InclusionProof> transaction(Hash id) {
            return lie == Lie.TRANSACTIONS ? Optional.empty() : honest.transaction(id);
        }
    }

    @Override
    public void close() {
        TestNetwork.get(server.stop());
        thread.shutdown();
        honest.close();
    }
}

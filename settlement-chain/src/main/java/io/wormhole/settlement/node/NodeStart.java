package io.wormhole.settlement.node;

import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.LinkServer;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.chain.Shown;
import io.wormhole.settlement.ledger.SignatureCheck;
import io.wormhole.settlement.miner.BlockVotes;
import io.wormhole.settlement.miner.MinerActor;
import io.wormhole.settlement.peer.HubParts;
import io.wormhole.settlement.peer.HubStatus;
import io.wormhole.settlement.peer.PeerHub;
import io.wormhole.settlement.peer.PeerSettings;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoredBlock;
import io.wormhole.settlement.validator.EvidenceActor;
import io.wormhole.settlement.validator.PastVotes;
import io.wormhole.settlement.validator.ValidatorActor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.jspecify.annotations.Nullable;

/** What comes together while a node starts. */
final class NodeStart {
    private final ActorSystem<?> system;
    private final NodeSettings settings;
    private final OpenedChain opened;
    private final Executor reads;
    private final Shown<ChainView> view;
    private final Shown<HubStatus> hubStatus = new Shown<>(HubStatus.EMPTY);
    private final Shown<Optional<String>> paused = new Shown<>(Optional.empty());
    private final CompletableFuture<NodeEnd> end = new CompletableFuture<>();
    private final CompletableFuture<ActorRef<ChainActor.Command>> chain = new CompletableFuture<>();
    private final CompletableFuture<ActorRef<PeerHub.Command>> hub = new CompletableFuture<>();
    private final Links links;
    private final BlockVotes votes;
    private final ActorRef<NodeGuardian.Command> guardian;

    NodeStart(ActorSystem<?> system, NodeSettings settings, OpenedChain opened, Executor reads) {
        this.system = system;
        this.settings = settings;
        this.opened = opened;
        this.reads = reads;
        this.votes = new BlockVotes(settings.genesis());
        this.view = new Shown<>(ChainActor.firstView(opened.chain()));
        this.links =
                Links.of(
                        system,
                        LinkIdentity.of(settings.nodeKey().seed().toArray()),
                        LinkLimits.defaults()
                                .withMaxFrameBytes(PeerHub.frameBytes(settings.genesis())));
        this.guardian =
                system.systemActorOf(
                        NodeGuardian.create(
                                new ChainActor.Parts(
                                        settings.genesis(),
                                        opened.store(),
                                        opened.chain(),
                                        settings.mempool(),
                                        settings.clock(),
                                        view),
                                new NodeGuardian.Reports(chain, paused, end)),
                        RunningParts.unique("settlement-node"),
                        Props.empty());
        CompletionStage<NodeEnd> ended = end;
        ended.thenRunAsync(opened.store()::close, reads);
    }

    NodeSettings settings() {
        return settings;
    }

    Links links() {
        return links;
    }

    ActorRef<NodeGuardian.Command> guardian() {
        return guardian;
    }

    Shown<HubStatus> hubStatus() {
        return hubStatus;
    }

    Shown<Optional<String>> paused() {
        return paused;
    }

    CompletableFuture<NodeEnd> end() {
        return end;
    }

    BlockVotes votes() {
        return votes;
    }

    RunningParts parts() {
        return new RunningParts(
                system, settings.genesis(), opened.store(), view, chain.join(), reads);
    }

    CompletionStage<SettlementNode> run() {
        PeerSettings peers = settings.peers();
        return links.bind(peers.host(), peers.port(), new IncomingLinks(hub))
                .thenCombine(chain, (server, actor) -> server)
                .thenCompose(this::connect)
                .handle(this::orClosed)
                .thenCompose(outcome -> outcome);
    }

    /** A start that failed is told when all that was opened is closed again. */
    private CompletionStage<SettlementNode> orClosed(
            @Nullable SettlementNode node, @Nullable Throwable failure) {
        if (node != null) {
            return CompletableFuture.completedFuture(node);
        }
        guardian.tell(new NodeGuardian.Stop());
        Throwable reason =
                failure == null ? new IllegalStateException("the node did not start") : failure;
        return end.thenRunAsync(opened.store()::close, reads)
                .thenCompose(closed -> CompletableFuture.failedFuture(reason));
    }

    private CompletionStage<SettlementNode> connect(LinkServer server) {
        ActorRef<ChainActor.Command> actor = chain.join();
        guardian.tell(
                new NodeGuardian.Connect(
                        new HubParts(
                                settings.genesis(),
                                settings.peers(),
                                links,
                                server.address().getPort(),
                                actor,
                                opened.store(),
                                view::get,
                                settings.clock(),
                                reads,
                                DispatcherSelector.fromConfig(RunningParts.WORK_DISPATCHER),
                                this::verifyAhead,
                                hubStatus,
                                fault -> guardian.tell(new NodeGuardian.ClockSays(fault))),
                        hub));
        guardian.tell(new NodeGuardian.Produce(miner(actor), validator(actor), reporter(actor)));
        CompletionStage<NodeEnd> ended = end;
        ended.thenRun(server::stop);
        return hub.thenApply(started -> new SettlementNode(this, server, started));
    }

    /** What is verified here, the chain finds verified. */
    private void verifyAhead(BareBlock block) {
        SignatureCheck signatures = opened.chain().signatures();
        NetworkId network = settings.genesis().networkId();
        work().execute(
                        () ->
                                block.transactions()
                                        .forEach(each -> signatures.accepts(each, network)));
    }

    private Executor work() {
        return system.dispatchers()
                .lookup(DispatcherSelector.fromConfig(RunningParts.WORK_DISPATCHER));
    }

    private Optional<MinerActor.Parts> miner(ActorRef<ChainActor.Command> actor) {
        return settings.miner()
                .map(
                        producer ->
                                new MinerActor.Parts(
                                        settings.genesis(),
                                        producer,
                                        votes,
                                        actor,
                                        settings.clock(),
                                        hash -> opened.store().block(hash).map(StoredBlock::header),
                                        work()));
    }

    private Optional<Behavior<EvidenceActor.Command>> reporter(ActorRef<ChainActor.Command> actor) {
        return settings.validator()
                .map(key -> EvidenceActor.create(settings.genesis(), key, actor, this::pastVotes));
    }

    private CompletionStage<List<SignedTransaction>> pastVotes(long headHeight) {
        ChainStore store = opened.store();
        PastVotes past =
                new PastVotes(
                        settings.genesis().parameters().finality(), store::blocksFrom, store::bare);
        return CompletableFuture.supplyAsync(() -> past.upTo(headHeight), reads);
    }

    private Optional<Behavior<ValidatorActor.Command>> validator(
            ActorRef<ChainActor.Command> actor) {
        return settings.validator()
                .map(key -> ValidatorActor.create(settings.genesis(), key, opened.store(), actor));
    }
}

package io.wormhole.settlement.node;

import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkEnd;
import io.wormhole.cluster.link.LinkHandler;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkKey;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.LinkServer;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.settlement.QuestionBook;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.chain.Shown;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.consensus.WeakSubjectivity;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.governance.GovernanceState;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.StateProof;
import io.wormhole.settlement.ledger.SupplyTotals;
import io.wormhole.settlement.miner.BlockVotes;
import io.wormhole.settlement.miner.MinerActor;
import io.wormhole.settlement.peer.HubStatus;
import io.wormhole.settlement.peer.PeerEndpoint;
import io.wormhole.settlement.peer.PeerHub;
import io.wormhole.settlement.peer.PeerSettings;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoredBlock;
import io.wormhole.settlement.validator.EvidenceActor;
import io.wormhole.settlement.validator.ValidatorActor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;

/**
 * A running node: the chain, its store, its peers, and where the settings say so a miner and a
 * validator. All methods may be called from any thread; none of them blocks.
 */
public final class SettlementNode {
    // A network whose stakes can be withdrawn sooner is for development: its nodes may rest.
    private static final Duration SHORTEST_SERIOUS_WITHDRAWAL = Duration.ofHours(1);

    private final NodeSettings settings;
    private final RunningParts parts;
    private final Links links;
    private final LinkServer server;
    private final ActorRef<NodeGuardian.Command> guardian;
    private final ActorRef<PeerHub.Command> hub;
    private final Shown<HubStatus> hubStatus;
    private final Shown<Optional<String>> paused;
    private final CompletableFuture<NodeEnd> end;
    private final NodeSettlement settlement;
    private final BlockVotes votes;

    private SettlementNode(Starting starting, LinkServer server, ActorRef<PeerHub.Command> hub) {
        this.settings = starting.settings;
        this.parts = starting.parts();
        this.links = starting.links;
        this.server = server;
        this.guardian = starting.guardian;
        this.hub = hub;
        this.hubStatus = starting.hubStatus;
        this.paused = starting.paused;
        this.end = starting.end;
        this.settlement = new NodeSettlement(parts);
        this.votes = starting.votes;
    }

    /**
     * Starts a node on a system; several can run on one.
     *
     * @return fails with {@link io.wormhole.settlement.store.StoreException}, {@link
     *     io.wormhole.cluster.link.LinkException} (port in use) or {@link NodeStartRefused}, whose
     *     messages are for people
     */
    public static CompletionStage<SettlementNode> start(
            ActorSystem<?> system, NodeSettings settings) {
        Executor reads =
                system.dispatchers()
                        .lookup(DispatcherSelector.fromConfig(RunningParts.READ_DISPATCHER));
        return CompletableFuture.supplyAsync(() -> Opened.open(settings), reads)
                .thenCompose(opened -> new Starting(system, settings, opened, reads).run());
    }

    /** The store and the chain in it. */
    private record Opened(ChainStore store, Chain chain) {
        private static final long RECENT_NODE_BYTES = 4L << 20;

        static Opened open(NodeSettings settings) {
            ChainStore store =
                    ChainStore.open(
                            settings.database(), settings.genesis().networkId(), RECENT_NODE_BYTES);
            try {
                NodeCache nodes = new NodeCache(store, settings.cachedNodes());
                Chain chain =
                        Chain.open(
                                settings.genesis(),
                                store,
                                nodes,
                                settings.trusted(),
                                settings.history());
                requireFresh(settings, chain);
                return new Opened(store, chain);
            } catch (RuntimeException refused) {
                store.close();
                throw refused;
            }
        }

        private static void requireFresh(NodeSettings settings, Chain chain) {
            var rules = settings.genesis().parameters().finality();
            long spacing = settings.genesis().parameters().pacing().targetSpacingMillis();
            long withdrawal = rules.withdrawalDelayEpochs() * spacing * rules.epochLength();
            StoredBlock last = chain.finalBlock();
            boolean isRecent =
                    last.index().height() == 0
                            || withdrawal < SHORTEST_SERIOUS_WITHDRAWAL.toMillis()
                            || !WeakSubjectivity.isTooOld(
                                    last.header().timeMillis(),
                                    settings.clock().millis(),
                                    spacing,
                                    rules);
            long finalEpoch = last.index().height() / rules.epochLength();
            boolean hasNewer =
                    settings.trusted().filter(given -> given.epoch() > finalEpoch).isPresent();
            if (!isRecent && !hasNewer) {
                throw new NodeStartRefused(
                        "this node was off for longer than a stake is bound ("
                                + Duration.ofMillis(withdrawal)
                                + "), so it cannot tell the true chain from one made with old keys:"
                                + " give it a checkpoint (epoch:hash) above epoch "
                                + finalEpoch
                                + " from somebody you trust");
            }
        }
    }

    /** What comes together while a node starts. */
    private static final class Starting {
        private final ActorSystem<?> system;
        private final NodeSettings settings;
        private final Opened opened;
        private final Executor reads;
        private final Shown<ChainView> view;
        private final Shown<HubStatus> hubStatus = new Shown<>(HubStatus.EMPTY);
        private final Shown<Optional<String>> paused = new Shown<>(Optional.empty());
        private final CompletableFuture<NodeEnd> end = new CompletableFuture<>();
        private final CompletableFuture<ActorRef<ChainActor.Command>> chain =
                new CompletableFuture<>();
        private final CompletableFuture<ActorRef<PeerHub.Command>> hub = new CompletableFuture<>();
        private final Links links;
        private final BlockVotes votes;
        private final ActorRef<NodeGuardian.Command> guardian;

        Starting(ActorSystem<?> system, NodeSettings settings, Opened opened, Executor reads) {
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
                            org.apache.pekko.actor.typed.Props.empty());
            CompletionStage<NodeEnd> ended = end;
            ended.thenRunAsync(opened.store()::close, reads);
        }

        RunningParts parts() {
            return new RunningParts(
                    system, settings.genesis(), opened.store(), view, chain.join(), reads);
        }

        CompletionStage<SettlementNode> run() {
            PeerSettings peers = settings.peers();
            return links.bind(peers.host(), peers.port(), new Incoming(hub))
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
                            new PeerHub.Parts(
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
                                    hubStatus,
                                    fault -> guardian.tell(new NodeGuardian.ClockSays(fault))),
                            hub));
            guardian.tell(
                    new NodeGuardian.Produce(miner(actor), validator(actor), reporter(actor)));
            CompletionStage<NodeEnd> ended = end;
            ended.thenRun(server::stop);
            return hub.thenApply(started -> new SettlementNode(this, server, started));
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
                                            system.dispatchers()
                                                    .lookup(
                                                            DispatcherSelector.fromConfig(
                                                                    RunningParts
                                                                            .WORK_DISPATCHER))));
        }

        private Optional<org.apache.pekko.actor.typed.Behavior<EvidenceActor.Command>> reporter(
                ActorRef<ChainActor.Command> actor) {
            return settings.validator()
                    .map(key -> EvidenceActor.create(settings.genesis(), key, actor));
        }

        private Optional<org.apache.pekko.actor.typed.Behavior<ValidatorActor.Command>> validator(
                ActorRef<ChainActor.Command> actor) {
            return settings.validator()
                    .map(
                            key ->
                                    ValidatorActor.create(
                                            settings.genesis(), key, opened.store(), actor));
        }
    }

    /** Passes links on to the hub. */
    private record Incoming(CompletionStage<ActorRef<PeerHub.Command>> hub) implements LinkHandler {
        @Override
        public void accepted(Link link) {
            hub.thenAccept(actor -> actor.tell(new PeerHub.Accepted(link)));
        }

        @Override
        public void refused(InetSocketAddress remote, LinkEnd why) {
            hub.thenAccept(actor -> actor.tell(new PeerHub.NeverLinked(why)));
        }
    }

    /** The chain as channels, oracles and wormholes use it. */
    public Settlement settlement() {
        return settlement;
    }

    /** The questions of the chain as oracles and their users see them. */
    public QuestionBook questions() {
        return settlement;
    }

    /** What this node's own blocks say to disputed questions. */
    public BlockVotes blockVotes() {
        return votes;
    }

    /** The chain's actor, for tests that listen to its news. */
    ActorRef<ChainActor.Command> chain() {
        return parts.chain();
    }

    /** The network. */
    public Genesis genesis() {
        return settings.genesis();
    }

    /** Where the node listens, with the port that was taken. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** The key by which peers know this node. */
    public LinkKey key() {
        return links.key();
    }

    /** Where the node stands now. */
    public ChainStatus status() {
        ChainView view = parts.view().get();
        HubStatus peers = hubStatus.get();
        Optional<String> why = paused.get();
        return new ChainStatus(
                genesis().networkId(),
                links.key(),
                view.head().header(),
                view.head().index().hash(),
                view.finalBlock().index().height(),
                view.finalBlock().index().hash(),
                view.justified(),
                peers.peers(),
                peers.headersWaiting(),
                view.waiting(),
                settings.miner().isPresent() && why.isEmpty(),
                settings.validator().isPresent() && why.isEmpty(),
                why,
                peers.clockDoubt(),
                view.alarm());
    }

    /** Stakes, votes and finality after the head. */
    public CompletionStage<FinalityState> finality() {
        return read(view -> view.headLedger().finality());
    }

    /** What the stake has changed and votes on, after the head. */
    public CompletionStage<GovernanceState> governance() {
        return read(view -> view.headLedger().governance());
    }

    /** The totals of the supply equation after the head. */
    public CompletionStage<SupplyTotals> supply() {
        return read(view -> view.headLedger().supply());
    }

    /** A block on any fork. */
    public CompletionStage<Optional<Block>> block(Hash hash) {
        return read(view -> parts.store().body(hash).map(Block::decode));
    }

    /** The block of the followed chain at a height. */
    public CompletionStage<Optional<Block>> blockAt(long height) {
        return read(
                view ->
                        parts.store()
                                .canonical(height)
                                .flatMap(parts.store()::body)
                                .map(Block::decode));
    }

    /** The header of a block on any fork. */
    public CompletionStage<Optional<BlockHeader>> header(Hash hash) {
        return read(view -> parts.store().block(hash).map(StoredBlock::header));
    }

    /** Headers of the followed chain from a height up, at most {@code limit} and 1000. */
    public CompletionStage<List<BlockHeader>> headers(long fromHeight, int limit) {
        return read(
                view ->
                        parts.store().canonical(fromHeight, Math.min(limit, 1000)).stream()
                                .flatMap(hash -> parts.store().block(hash).stream())
                                .map(StoredBlock::header)
                                .toList());
    }

    /** Blocks of all forks from a height up, lowest first, at most 1000. */
    public CompletionStage<List<StoredBlock>> tree(long fromHeight) {
        return read(
                view -> {
                    long lowest = Math.max(fromHeight, view.head().index().height() - 500);
                    return parts.store().blocksFrom(lowest).stream().limit(1000).toList();
                });
    }

    /** What the transactions of a block did. */
    public CompletionStage<List<LedgerFact>> facts(Hash block) {
        return read(view -> parts.store().facts(block));
    }

    /** What an account is, or that there is none, with its proof. */
    public CompletionStage<ProvenState> proveAccount(Address address, Certainty certainty) {
        return prove(certainty, ledger -> ledger.proveAccount(address));
    }

    /** What any entry is, or that there is none, with its proof. */
    public CompletionStage<ProvenState> proveEntry(
            Function<Ledger, StateProof> what, Certainty certainty) {
        return prove(certainty, what);
    }

    /** What a name is, or that there is none, with its proof. */
    public CompletionStage<ProvenState> proveName(Name name, Certainty certainty) {
        return prove(certainty, ledger -> ledger.proveName(name));
    }

    /** What a channel is, or that there is none, with its proof. */
    public CompletionStage<ProvenState> proveChannel(ChannelId channel, Certainty certainty) {
        return prove(certainty, ledger -> ledger.proveChannel(channel));
    }

    /** The answer of a settled question, or that there is none, with its proof. */
    public CompletionStage<ProvenState> proveAnswer(OracleId oracle, Certainty certainty) {
        return prove(certainty, ledger -> ledger.proveAnswer(oracle));
    }

    /** An open question, or that there is none, with its proof. */
    public CompletionStage<ProvenState> proveQuestion(OracleId oracle, Certainty certainty) {
        return prove(certainty, ledger -> ledger.proveQuestion(oracle));
    }

    private CompletionStage<ProvenState> prove(
            Certainty certainty, Function<Ledger, StateProof> proof) {
        return read(
                view ->
                        new ProvenState(
                                certainty == Certainty.FINAL
                                        ? view.finalBlock().header()
                                        : view.head().header(),
                                proof.apply(NodeSettlement.ledger(view, certainty))));
    }

    private <T> CompletionStage<T> read(Function<ChainView, T> query) {
        return CompletableFuture.supplyAsync(() -> query.apply(parts.view().get()), parts.reads());
    }

    /** Numbers for monitoring, by name. */
    public SortedMap<String, Long> metrics() {
        ChainView view = parts.view().get();
        HubStatus peers = hubStatus.get();
        TreeMap<String, Long> numbers = new TreeMap<>();
        numbers.put("head_height", view.head().index().height());
        numbers.put("final_height", view.finalBlock().index().height());
        numbers.put("justified_epoch", view.justified().epoch());
        numbers.put("transactions_waiting", (long) view.waiting());
        numbers.put("blocks_imported", view.counts().imported());
        numbers.put("blocks_invalid", view.counts().invalid());
        numbers.put("blocks_undone", view.counts().undone());
        numbers.put("blocks_orphaned", view.counts().orphaned());
        numbers.put("reorganisations", view.counts().reorganisations());
        numbers.put("import_micros", view.counts().importNanos() / 1000);
        numbers.put("peers", (long) peers.peers().size());
        numbers.put("headers_waiting", (long) peers.headersWaiting());
        numbers.put("peers_misbehaved", peers.counts().misbehaved());
        numbers.put("peers_banned", peers.counts().banned());
        numbers.put("connections_refused", peers.counts().refused());
        numbers.put("blocks_received", peers.counts().blocksReceived());
        numbers.put("blocks_rebuilt", peers.counts().blocksRebuilt());
        return numbers;
    }

    /** Keeps a session with one more peer from now on. */
    public void dial(PeerEndpoint peer) {
        hub.tell(new PeerHub.Dial(peer));
    }

    /** Refuses a peer until {@link #unban}. */
    public void ban(LinkKey peer) {
        hub.tell(new PeerHub.Ban(peer));
    }

    /** Takes a ban back. */
    public void unban(LinkKey peer) {
        hub.tell(new PeerHub.Unban(peer));
    }

    /** Completes, never fails, when the node has ended by itself or was stopped. */
    public CompletionStage<NodeEnd> ended() {
        return end.copy();
    }

    /** Stops the node; completes when its store is closed and its port is free. */
    public CompletionStage<Done> stop() {
        guardian.tell(new NodeGuardian.Stop());
        return end.thenCompose(ended -> server.stop())
                .thenApplyAsync(
                        done -> {
                            parts.store().close();
                            return Done.getInstance();
                        },
                        parts.reads());
    }
}

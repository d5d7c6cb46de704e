package io.wormhole.settlement.node;

import io.wormhole.cluster.link.LinkKey;
import io.wormhole.cluster.link.LinkServer;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.settlement.QuestionBook;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.chain.Shown;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.governance.GovernanceState;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.StateProof;
import io.wormhole.settlement.ledger.SupplyTotals;
import io.wormhole.settlement.miner.BlockVotes;
import io.wormhole.settlement.peer.HubStatus;
import io.wormhole.settlement.peer.PeerEndpoint;
import io.wormhole.settlement.peer.PeerHub;
import io.wormhole.settlement.store.StoredBlock;
import java.net.InetSocketAddress;
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

/**
 * A running node: the chain, its store, its peers, and where the settings say so a miner and a
 * validator. All methods may be called from any thread; none of them blocks.
 */
public final class SettlementNode {
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

    SettlementNode(NodeStart start, LinkServer server, ActorRef<PeerHub.Command> hub) {
        this.settings = start.settings();
        this.parts = start.parts();
        this.links = start.links();
        this.server = server;
        this.guardian = start.guardian();
        this.hub = hub;
        this.hubStatus = start.hubStatus();
        this.paused = start.paused();
        this.end = start.end();
        this.settlement = new NodeSettlement(parts);
        this.votes = start.votes();
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
        return CompletableFuture.supplyAsync(() -> OpenedChain.open(settings), reads)
                .thenCompose(opened -> new NodeStart(system, settings, opened, reads).run());
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

    /** What any entry is, or that there is none, with its proof. */
    public CompletionStage<ProvenState> proveEntry(
            Function<Ledger, StateProof> what, Certainty certainty) {
        return prove(certainty, what);
    }

    /** The answer of a settled question, or that there is none, with its proof. */
    public CompletionStage<ProvenState> proveAnswer(OracleId oracle, Certainty certainty) {
        return prove(certainty, ledger -> ledger.proveAnswer(oracle));
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

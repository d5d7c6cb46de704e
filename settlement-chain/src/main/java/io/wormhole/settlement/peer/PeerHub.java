package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkEnd;
import io.wormhole.cluster.link.LinkKey;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.block.HeaderVerifier;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.peer.wire.Hello;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.relay.Rebuilt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Keeps the sessions with all peers: dials, greets, scores, bans, syncs and gossips. Runs where its
 * thread may block.
 */
public final class PeerHub extends AbstractBehavior<PeerHub.Command> {
    /** What the hub reacts to. */
    public sealed interface Command {}

    /** A peer has connected to this node. */
    public record Accepted(Link link) implements Command {}

    /** A connection did not become a link. */
    public record NeverLinked(LinkEnd why) implements Command {}

    /** Refuses a peer until further notice and closes its session. */
    public record Ban(LinkKey key) implements Command {}

    /** Takes a ban back. */
    public record Unban(LinkKey key) implements Command {}

    /** Also keeps a session with this peer from now on. */
    public record Dial(PeerEndpoint endpoint) implements Command {}

    record Greeted(
            ActorRef<PeerSession.Command> session, Link link, boolean isOutbound, Hello hello)
            implements Command {}

    record FromPeer(ActorRef<PeerSession.Command> session, PeerMessage message)
            implements Command {}

    record BlockArrived(ActorRef<PeerSession.Command> session, BareBlock block)
            implements Command {}

    record PeerKnows(ActorRef<PeerSession.Command> session, List<Hash> ids) implements Command {}

    record SessionEnded(
            ActorRef<PeerSession.Command> session, LinkKey key, String reason, boolean isAtFault)
            implements Command {}

    private record News(ChainNews news) implements Command {}

    private record Imported(ImportResult result) implements Command {}

    private record Remade(Rebuilt result) implements Command {}

    private record WaitingIds(List<Hash> ids) implements Command {}

    record Dialled(PeerEndpoint endpoint, Link link) implements Command {}

    record DialFailed(PeerEndpoint endpoint, Throwable failure) implements Command {}

    private record Tick() implements Command {}

    private static final Duration TICK = Duration.ofMillis(200);

    private final HubParts parts;
    private final Synchronisation<LinkKey> sync;
    private final PeerDoor door;
    private final PeerTable peers = new PeerTable();
    private final Discipline discipline;
    private final Conversation conversation;
    private final PeerClocks clocks;
    private final SignaturesAhead ahead;
    private final SyncPerformer performer;
    private final Gossip gossip;
    private final ActorRef<ChainActor.Unknown> waitingIds;

    private PeerHub(ActorContext<Command> context, HubParts parts) {
        super(context);
        PeerSettings settings = parts.settings();
        this.parts = parts;
        ChainReads reads = new ChainReads(new StoreReads(parts.store(), parts.view()));
        this.sync =
                new Synchronisation<>(
                        reads,
                        new HeaderVerifier(parts.genesis()),
                        settings.requestTimeout().toMillis());
        this.door = new PeerDoor(context, parts, reads, peers);
        this.discipline = door.discipline();
        this.clocks = new PeerClocks(settings.maximumClockOffset());
        this.ahead = new SignaturesAhead(parts.verifyAhead());
        this.performer =
                new SyncPerformer(
                        parts.chain(),
                        new SyncPerformer.Answers(
                                context.messageAdapter(ImportResult.class, Imported::new),
                                context.messageAdapter(Rebuilt.class, Remade::new)),
                        peers,
                        this::misbehaved,
                        ahead,
                        context.getLog());
        this.gossip = new Gossip(peers, door.connector(), parts.store()::body);
        this.conversation = new Conversation(peers, sync, gossip);
        this.waitingIds =
                context.messageAdapter(
                        ChainActor.Unknown.class, answer -> new WaitingIds(answer.ids()));
    }

    /** The largest frame that an honest peer of this network sends. */
    public static int frameBytes(Genesis genesis) {
        // A witness can be larger than the transactions that it belongs to, but not without bound.
        long bytes = 16L * genesis.parameters().limits().maximumTransactionBytes() + (1 << 20);
        return (int) Math.min(bytes, Wire.MAXIMUM_FRAME_BYTES);
    }

    /** The hub's behaviour. */
    public static Behavior<Command> create(HubParts parts) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers -> {
                                    PeerHub hub = new PeerHub(context, parts);
                                    hub.begin(timers);
                                    return hub;
                                }));
    }

    private void begin(TimerScheduler<Command> timers) {
        timers.startTimerWithFixedDelay(new Tick(), TICK);
        parts.chain()
                .tell(
                        new ChainActor.Subscribe(
                                getContext().messageAdapter(ChainNews.class, News::new)));
        door.dialDue();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Accepted.class, this::onAccepted)
                .onMessage(NeverLinked.class, this::onNeverLinked)
                .onMessage(Greeted.class, this::onGreeted)
                .onMessage(FromPeer.class, this::onFromPeer)
                .onMessage(BlockArrived.class, this::onBlockArrived)
                .onMessage(PeerKnows.class, this::onPeerKnows)
                .onMessage(SessionEnded.class, this::onSessionEnded)
                .onMessage(News.class, this::onNews)
                .onMessage(Imported.class, this::onImported)
                .onMessage(Remade.class, this::onRemade)
                .onMessage(WaitingIds.class, this::onWaitingIds)
                .onMessage(Dialled.class, this::onDialled)
                .onMessage(DialFailed.class, this::onDialFailed)
                .onMessage(Tick.class, this::onTick)
                .onMessage(Ban.class, this::onBan)
                .onMessage(Unban.class, this::onUnban)
                .onMessage(Dial.class, this::onDial)
                .build();
    }

    private ChainView view() {
        return parts.view().get();
    }

    private long now() {
        return parts.time().millis();
    }

    // --- connecting -----------------------------------------------------------------------------

    private Behavior<Command> onDial(Dial dial) {
        door.connector().add(dial.endpoint());
        door.dialDue();
        return this;
    }

    private Behavior<Command> onDialled(Dialled dialled) {
        door.dialled(dialled);
        return this;
    }

    private Behavior<Command> onDialFailed(DialFailed failed) {
        door.dialFailed(failed);
        return this;
    }

    private Behavior<Command> onAccepted(Accepted accepted) {
        door.accepted(accepted.link());
        return this;
    }

    private Behavior<Command> onNeverLinked(NeverLinked refused) {
        discipline.count(HubStatus.Counts::plusRefused);
        getContext().getLog().debug("A connection did not become a link: {}", refused.why());
        return this;
    }

    private Behavior<Command> onGreeted(Greeted greeted) {
        Optional<Peer> admitted = door.greeted(greeted);
        if (admitted.isPresent()) {
            perform(sync.gone(admitted.get().key(), now()));
            welcome(admitted.get());
        }
        return this;
    }

    private void welcome(Peer peer) {
        peers.put(peer);
        getContext()
                .getLog()
                .info(
                        "Peer {} connected, its head is {}",
                        peer.status().address(),
                        peer.headHeight());
        parts.chain().tell(new ChainActor.AskWaitingIds(waitingIds));
        perform(sync.greeted(peer.key(), peer.headHash(), peer.headHeight(), now()));
        gossip.askForAddresses(peer);
        // Heads may have moved between the greeting and now.
        gossip.tellHead(peer, view(), now());
        peer.next();
        checkClock();
        show();
    }

    private Behavior<Command> onSessionEnded(SessionEnded ended) {
        if (ended.isAtFault()) {
            discipline.punish(ended.key(), String.valueOf(ended.key()), ended.reason(), now());
        }
        Optional<Peer> peer = peers.of(ended.session());
        if (peer.isPresent()) {
            getContext()
                    .getLog()
                    .info("Peer {} is gone: {}", peer.get().status().address(), ended.reason());
            peers.remove(ended.key());
            perform(sync.gone(ended.key(), now()));
            checkClock();
        }
        show();
        return this;
    }

    private Behavior<Command> onBan(Ban ban) {
        discipline.ban(ban.key(), now());
        peers.find(ban.key()).ifPresent(peer -> peer.close("banned by the operator"));
        return this;
    }

    private Behavior<Command> onUnban(Unban unban) {
        discipline.unban(unban.key());
        door.dialDue();
        return this;
    }

    private void misbehaved(Peer peer, String what) {
        discipline.punish(peer.key(), peer.status().address(), what, now());
        peer.close(what);
        // From here on what it has sent or promised does not count.
        peers.remove(peer.key());
        perform(sync.gone(peer.key(), now()));
        show();
    }

    // --- messages of peers ----------------------------------------------------------------------

    private Behavior<Command> onFromPeer(FromPeer from) {
        Optional<Peer> peer = peers.of(from.session());
        if (peer.isEmpty()) {
            return this;
        }
        try {
            perform(conversation.heard(peer.get(), from.message(), now()));
            afterwards(from.message());
            next(peer.get());
        } catch (Misbehaviour | IllegalArgumentException bad) {
            misbehaved(peer.get(), String.valueOf(bad.getMessage()));
        }
        return this;
    }

    /** Goes on with a peer, unless it has just been sent away. */
    private void next(Peer peer) {
        if (peers.find(peer.key()).isPresent()) {
            peer.next();
        }
    }

    private void afterwards(PeerMessage message) {
        if (message.hasAddresses()) {
            door.dialDue();
        } else if (message.hasHeadAnnounced()) {
            checkClock();
        }
    }

    private Behavior<Command> onBlockArrived(BlockArrived arrived) {
        Optional<Peer> peer = peers.of(arrived.session());
        if (peer.isPresent()) {
            discipline.count(HubStatus.Counts::plusBlock);
            peer.get().knows(List.of(arrived.block().hash()));
            perform(sync.body(peer.get().key(), arrived.block(), now()));
            next(peer.get());
        }
        return this;
    }

    private Behavior<Command> onPeerKnows(PeerKnows knows) {
        peers.of(knows.session()).ifPresent(peer -> peer.knows(knows.ids()));
        return this;
    }

    // --- sync -----------------------------------------------------------------------------------

    private Behavior<Command> onImported(Imported imported) {
        if (imported.result() instanceof ImportResult.Unwanted unwanted) {
            getContext().getLog().info("Block not taken: {}", unwanted.reason());
        }
        ahead.judged(imported.result().block());
        perform(sync.imported(imported.result(), now()));
        return this;
    }

    private Behavior<Command> onRemade(Remade remade) {
        if (remade.result() instanceof Rebuilt.Whole) {
            discipline.count(HubStatus.Counts::plusCompact);
        }
        perform(sync.rebuilt(remade.result(), now()));
        return this;
    }

    private void perform(List<SyncStep<LinkKey>> steps) {
        steps.forEach(performer::perform);
    }

    private Behavior<Command> onTick(Tick tick) {
        perform(sync.tick(now()));
        door.dialDue();
        gossip.askAgain(now());
        if (gossip.tellHeadsAgain(view(), now())) {
            checkClock();
        }
        show();
        return this;
    }

    // --- gossip ---------------------------------------------------------------------------------

    private Behavior<Command> onNews(News message) {
        if (message.news() instanceof ChainNews.Failed) {
            return Behaviors.stopped();
        }
        gossip.tell(message.news(), view(), now());
        return this;
    }

    private Behavior<Command> onWaitingIds(WaitingIds waiting) {
        peers.announce(waiting.ids());
        return this;
    }

    // --- clock and status -----------------------------------------------------------------------

    private void checkClock() {
        if (clocks.compare(peers.clockOffsetsMillis(), now())) {
            parts.clock().accept(clocks.fault());
        }
        show();
    }

    private void show() {
        parts.status()
                .set(
                        new HubStatus(
                                peers.statuses(),
                                sync.waiting(),
                                clocks.doubt(),
                                discipline.counts()));
    }
}

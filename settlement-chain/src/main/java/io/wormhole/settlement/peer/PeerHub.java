package io.wormhole.settlement.peer;

import com.google.protobuf.ByteString;
import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkEnd;
import io.wormhole.cluster.link.LinkException;
import io.wormhole.cluster.link.LinkKey;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.block.HeaderVerifier;
import io.wormhole.settlement.block.Judgement;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.chain.Shown;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.light.LightReads;
import io.wormhole.settlement.peer.wire.Addresses;
import io.wormhole.settlement.peer.wire.AddressesWanted;
import io.wormhole.settlement.peer.wire.BlocksWanted;
import io.wormhole.settlement.peer.wire.Head;
import io.wormhole.settlement.peer.wire.HeadAnnounced;
import io.wormhole.settlement.peer.wire.HeadersWanted;
import io.wormhole.settlement.peer.wire.Hello;
import io.wormhole.settlement.peer.wire.PeerAddress;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.peer.wire.TransactionsAnnounced;
import io.wormhole.settlement.store.ChainStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

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

    record BlockArrived(ActorRef<PeerSession.Command> session, Block block) implements Command {}

    record PeerKnows(ActorRef<PeerSession.Command> session, List<Hash> ids) implements Command {}

    record SessionEnded(
            ActorRef<PeerSession.Command> session, LinkKey key, String reason, boolean isAtFault)
            implements Command {}

    private record News(ChainNews news) implements Command {}

    private record Imported(ImportResult result) implements Command {}

    private record WaitingIds(List<Hash> ids) implements Command {}

    private record Dialled(PeerEndpoint endpoint, Link link) implements Command {}

    private record DialFailed(PeerEndpoint endpoint, Throwable failure) implements Command {}

    private record Tick() implements Command {}

    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration CLOCK_MEMORY = Duration.ofMinutes(1);
    private static final Duration CLOCK_INTERVAL = Duration.ofSeconds(10);
    private static final Duration ADDRESSES_EVERY = Duration.ofSeconds(30);
    private static final int LATE_POINTS = 25;
    private static final String AGENT = "wormhole/1";

    /**
     * What the hub works with.
     *
     * @param links with the node's key
     * @param port where this node accepts links; 0: nowhere
     * @param blocking where sessions may read the store
     * @param status where the hub shows what it knows
     * @param clock what to do when the clock is off (a message) or right again (empty)
     */
    public record Parts(
            Genesis genesis,
            PeerSettings settings,
            Links links,
            int port,
            ActorRef<ChainActor.Command> chain,
            ChainStore store,
            Supplier<ChainView> view,
            InstantSource time,
            Executor blocking,
            DispatcherSelector sessions,
            Shown<HubStatus> status,
            Consumer<Optional<String>> clock) {}

    private final Parts parts;
    private final ChainReads reads;
    private final LightReads light;
    private final HeaderVerifier headers;
    private final SyncPlan<LinkKey> plan;
    private final Dialling dialling;
    private final AddressBook book = new AddressBook();
    private final Map<LinkKey, Peer> peers = new LinkedHashMap<>();
    private final Map<LinkKey, Long> bannedUntil = new HashMap<>();
    private final Map<Hash, LinkKey> importingFrom = new HashMap<>();
    private final ActorRef<ImportResult> importResults;
    private final ActorRef<ChainActor.Unknown> waitingIds;
    private HubStatus.Counts counts = HubStatus.Counts.NONE;
    private Optional<Hash> announced = Optional.empty();
    private boolean isClockOff;
    private long addressesAskedAt;
    private long clockComparedMillis;
    private long clockSaid;

    private PeerHub(ActorContext<Command> context, Parts parts) {
        super(context);
        this.parts = parts;
        this.reads = new ChainReads(parts.store(), parts.view());
        this.light = new LightReads(parts.genesis(), parts.store(), parts.view());
        this.headers = new HeaderVerifier(parts.genesis());
        this.plan = new SyncPlan<>(parts.settings().requestTimeout().toMillis());
        this.dialling = new Dialling(parts.settings());
        this.importResults = context.messageAdapter(ImportResult.class, Imported::new);
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
    public static Behavior<Command> create(Parts parts) {
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
        dialDue();
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
                .onMessage(WaitingIds.class, this::onWaitingIds)
                .onMessage(Dialled.class, this::onDialled)
                .onMessage(DialFailed.class, this::onDialFailed)
                .onMessage(Tick.class, this::onTick)
                .onMessage(Ban.class, this::onBan)
                .onMessage(Unban.class, this::onUnban)
                .onMessage(Dial.class, this::onDial)
                .build();
    }

    private long now() {
        return parts.time().millis();
    }

    // --- connecting -----------------------------------------------------------------------------

    private void dialDue() {
        if (peers.size() >= parts.settings().maximumPeers()) {
            return;
        }
        List<PeerEndpoint> due = new ArrayList<>(dialling.due(now(), peers::containsKey));
        due.addAll(book.take(Math.max(0, parts.settings().wantedPeers() - peers.size())));
        for (PeerEndpoint endpoint : due) {
            getContext()
                    .pipeToSelf(
                            parts.links().connect(endpoint.host(), endpoint.port(), endpoint.key()),
                            (link, failure) ->
                                    failure == null
                                            ? new Dialled(endpoint, link)
                                            : new DialFailed(endpoint, failure));
        }
    }

    private Behavior<Command> onDial(Dial dial) {
        dialling.add(dial.endpoint());
        dialDue();
        return this;
    }

    private Behavior<Command> onDialled(Dialled dialled) {
        LinkKey key = dialled.link().remoteKey();
        dialling.reached(dialled.endpoint(), key, now());
        if (key.equals(parts.links().key())) {
            dialling.forget(dialled.endpoint());
            dialled.link().close();
        } else {
            open(dialled.link(), true);
        }
        return this;
    }

    private Behavior<Command> onDialFailed(DialFailed failed) {
        book.forget(failed.endpoint());
        long wait = dialling.failed(failed.endpoint(), now());
        getContext()
                .getLog()
                .debug(
                        "Peer {} not reached ({}), next attempt in {} ms",
                        failed.endpoint(),
                        reason(failed.failure()),
                        wait);
        return this;
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof LinkException link ? link.end().toString() : cause.toString();
    }

    private Behavior<Command> onAccepted(Accepted accepted) {
        if (peers.size() >= parts.settings().maximumPeers()) {
            accepted.link().close();
        } else {
            open(accepted.link(), false);
        }
        return this;
    }

    private Behavior<Command> onNeverLinked(NeverLinked refused) {
        counts = counts.plusRefused();
        getContext().getLog().debug("A connection did not become a link: {}", refused.why());
        return this;
    }

    private void open(Link link, boolean isOutbound) {
        if (isBanned(link.remoteKey())) {
            link.close();
            return;
        }
        getContext()
                .spawnAnonymous(
                        PeerSession.create(
                                new PeerSession.Parts(
                                        link,
                                        hello(),
                                        isOutbound,
                                        getContext().getSelf(),
                                        parts.chain(),
                                        reads,
                                        light,
                                        parts.blocking())),
                        parts.sessions());
    }

    private boolean isBanned(LinkKey key) {
        Long until = bannedUntil.get(key);
        if (until != null && until <= now()) {
            bannedUntil.remove(key);
            return false;
        }
        return until != null;
    }

    private Hello hello() {
        ChainView view = reads.view();
        return Hello.newBuilder()
                .setProtocolVersion(Wire.PROTOCOL_VERSION)
                .setGenesis(Wire.bytes(parts.genesis().networkId().genesis()))
                .setHead(
                        Head.newBuilder()
                                .setHash(Wire.bytes(view.head().index().hash()))
                                .setHeight(view.head().index().height())
                                .setJustifiedEpoch(view.justified().epoch()))
                .setTimeMillis(now())
                .setListenPort(parts.port())
                .setAgent(AGENT)
                .build();
    }

    private Behavior<Command> onGreeted(Greeted greeted) {
        Optional<String> refusal = refusal(greeted.hello());
        if (refusal.isPresent()) {
            getContext().getLog().warn("Peer {} is refused: {}", greeted.link(), refusal.get());
            greeted.session().tell(new PeerSession.Close(refusal.get()));
            dialling.slowDown(greeted.link().remoteKey(), now());
            return this;
        }
        Peer peer;
        try {
            peer =
                    new Peer(
                            greeted.session(),
                            greeted.link(),
                            greeted.isOutbound(),
                            greeted.hello(),
                            now());
        } catch (Misbehaviour malformed) {
            greeted.session().tell(new PeerSession.Close(String.valueOf(malformed.getMessage())));
            return this;
        }
        if (isBanned(peer.key())) {
            peer.close("banned");
            return this;
        }
        Peer other = peers.get(peer.key());
        if (other != null && !isBetter(peer, other)) {
            peer.close("connected already");
            return this;
        }
        if (other != null) {
            other.close("connected anew");
            plan.peerGone(other.key());
        }
        welcome(peer);
        return this;
    }

    private Optional<String> refusal(Hello hello) {
        if (hello.getProtocolVersion() != Wire.PROTOCOL_VERSION) {
            return Optional.of(
                    "protocol version "
                            + hello.getProtocolVersion()
                            + ", this node speaks "
                            + Wire.PROTOCOL_VERSION);
        }
        Hash ours = parts.genesis().networkId().genesis();
        if (!hello.getGenesis().equals(Wire.bytes(ours))) {
            return Optional.of("another network; this node is on " + ours);
        }
        return Optional.empty();
    }

    /** Both sides decide alike: of two links, the one that the smaller key dialled stays. */
    private boolean isBetter(Peer fresh, Peer old) {
        if (fresh.isOutbound() == old.isOutbound()) {
            // Dialled twice by us: keep the first. Twice by them: the first is dead already.
            return !fresh.isOutbound();
        }
        boolean isOursSmaller =
                java.util.Arrays.compareUnsigned(parts.links().key().bytes(), fresh.key().bytes())
                        < 0;
        return fresh.isOutbound() == isOursSmaller;
    }

    private void welcome(Peer peer) {
        peers.put(peer.key(), peer);
        plan.peerHas(peer.key(), peer.headHeight());
        getContext()
                .getLog()
                .info(
                        "Peer {} connected, its head is {}",
                        peer.status().address(),
                        peer.headHeight());
        parts.chain().tell(new ChainActor.AskWaitingIds(waitingIds));
        if (!isHere(peer.headHash())) {
            askForHeaders(peer, Optional.empty());
        }
        askForAddresses(peer);
        // Heads may have moved between the greeting and now.
        announceHead(peer);
        peer.next();
        pump();
        checkClock();
        show();
    }

    private Behavior<Command> onSessionEnded(SessionEnded ended) {
        if (ended.isAtFault()) {
            counts = counts.plusMisbehaved();
            getContext()
                    .getLog()
                    .warn("Peer {} misbehaved and is banned: {}", ended.key(), ended.reason());
            ban(ended.key(), parts.settings().banTime().toMillis());
            dialling.slowDown(ended.key(), now());
        }
        Peer peer = peers.get(ended.key());
        if (peer != null && peer.session().equals(ended.session())) {
            getContext()
                    .getLog()
                    .info("Peer {} is gone: {}", peer.status().address(), ended.reason());
            peers.remove(ended.key());
            plan.peerGone(ended.key());
            pump();
            checkClock();
        }
        show();
        return this;
    }

    private void ban(LinkKey key, long millis) {
        if (bannedUntil.size() > MOST_BANS) {
            bannedUntil.values().removeIf(until -> until <= now());
        }
        if (bannedUntil.size() <= MOST_BANS) {
            bannedUntil.put(key, now() + millis);
        }
        counts = counts.plusBanned();
    }

    private static final int MOST_BANS = 100_000;
    private static final long FOREVER_MILLIS = Duration.ofDays(36_500).toMillis();

    private Behavior<Command> onBan(Ban ban) {
        ban(ban.key(), FOREVER_MILLIS);
        Peer peer = peers.get(ban.key());
        if (peer != null) {
            peer.close("banned by the operator");
        }
        return this;
    }

    private Behavior<Command> onUnban(Unban unban) {
        bannedUntil.remove(unban.key());
        dialDue();
        return this;
    }

    private void misbehaved(Peer peer, String what) {
        counts = counts.plusMisbehaved();
        getContext()
                .getLog()
                .warn("Peer {} misbehaved and is banned: {}", peer.status().address(), what);
        ban(peer.key(), parts.settings().banTime().toMillis());
        dialling.slowDown(peer.key(), now());
        peer.close(what);
        // From here on what it has sent or promised does not count.
        peers.remove(peer.key());
        plan.peerGone(peer.key());
        show();
    }

    // --- messages of peers ----------------------------------------------------------------------

    private Optional<Peer> peerOf(ActorRef<PeerSession.Command> session) {
        return peers.values().stream().filter(peer -> peer.session().equals(session)).findFirst();
    }

    private Behavior<Command> onFromPeer(FromPeer from) {
        Optional<Peer> peer = peerOf(from.session());
        if (peer.isEmpty()) {
            return this;
        }
        try {
            handle(peer.get(), from.message());
            peer.get().next();
        } catch (Misbehaviour | IllegalArgumentException bad) {
            misbehaved(peer.get(), String.valueOf(bad.getMessage()));
        }
        pump();
        return this;
    }

    private void handle(Peer peer, PeerMessage message) {
        switch (message.getContentCase()) {
            case HEAD_ANNOUNCED -> onHeadAnnounced(peer, message.getHeadAnnounced());
            case HEADERS -> onHeaders(peer, message.getHeaders().getHeadersList());
            case BLOCKS_MISSING ->
                    Wire.hashes(message.getBlocksMissing().getHashesList(), Wire.MAXIMUM_BLOCKS)
                            .forEach(hash -> plan.missing(peer.key(), hash));
            case ADDRESSES_WANTED -> tellAddresses(peer);
            case ADDRESSES -> onAddresses(peer, message.getAddresses().getAddressesList());
            default -> throw new Misbehaviour("a message out of place");
        }
    }

    private void askForAddresses(Peer peer) {
        if (peers.size() < parts.settings().wantedPeers()) {
            peer.addressesAsked();
            peer.send(
                    PeerMessage.newBuilder()
                            .setAddressesWanted(AddressesWanted.getDefaultInstance())
                            .build());
        }
    }

    private void tellAddresses(Peer asking) {
        Addresses.Builder told = Addresses.newBuilder();
        peers.values().stream()
                .filter(peer -> peer != asking)
                .flatMap(peer -> peer.listens().stream())
                .limit(Wire.MAXIMUM_ADDRESSES)
                .forEach(
                        endpoint ->
                                told.addAddresses(
                                        PeerAddress.newBuilder()
                                                .setHost(endpoint.host())
                                                .setPort(endpoint.port())));
        asking.send(PeerMessage.newBuilder().setAddresses(told).build());
    }

    private void onAddresses(Peer peer, List<PeerAddress> addresses) {
        Wire.require(addresses.size(), Wire.MAXIMUM_ADDRESSES, "addresses");
        if (!peer.addressesAnswered()) {
            throw new Misbehaviour("addresses that nobody asked for");
        }
        for (PeerAddress address : addresses) {
            Wire.require(address.getHost().length(), Wire.MAXIMUM_TEXT, "characters of a host");
            book.learn(PeerEndpoint.of(address.getHost(), address.getPort()), peer.key());
        }
        dialDue();
    }

    private static BlockHeader header(ByteString encoded) {
        return CanonicalReader.decode(Wire.bytes(encoded), BlockHeader::readFrom);
    }

    private void onHeadAnnounced(Peer peer, HeadAnnounced message) {
        BlockHeader header = header(message.getHeader());
        Hash hash = header.hash();
        peer.headIs(hash, header.height().value());
        peer.clockIs(message.getTimeMillis(), now());
        checkClock();
        if (isHere(hash)) {
            plan.peerHas(peer.key(), header.height().value());
        } else if (isHere(header.previous())) {
            take(peer, header);
            plan.peerHas(peer.key(), header.height().value());
        } else {
            askForHeaders(peer, Optional.empty());
        }
    }

    private boolean isHere(Hash hash) {
        return plan.isWanted(hash) || reads.has(hash);
    }

    private void onHeaders(Peer peer, List<ByteString> encoded) {
        Wire.require(encoded.size(), Wire.MAXIMUM_HEADERS, "headers");
        peer.headersAnswered();
        Optional<BlockHeader> last = Optional.empty();
        for (ByteString bytes : encoded) {
            BlockHeader header = header(bytes);
            if (!isHere(header.hash())) {
                if (!isHere(header.previous()) || !plan.hasRoom() || !take(peer, header)) {
                    break;
                }
            }
            last = Optional.of(header);
        }
        if (last.isPresent()) {
            plan.peerHas(peer.key(), last.get().height().value());
            if (encoded.size() == Wire.MAXIMUM_HEADERS && plan.hasRoom()) {
                askForHeaders(peer, last.map(BlockHeader::hash));
            }
        }
    }

    /** Checks a header and wants its body; says no when it is not for now. */
    private boolean take(Peer peer, BlockHeader header) {
        if (!HeaderVerifier.isNotTooFarAhead(header, now())) {
            getContext()
                    .getLog()
                    .warn(
                            "Block {} of peer {} is more than 9 minutes ahead of this node's clock: check both clocks",
                            header.height(),
                            peer.status().address());
            return false;
        }
        HeaderContext context =
                reads.contextAfter(header.previous(), plan::header)
                        .orElseThrow(() -> new Misbehaviour("a header without its parent"));
        headers.check(context, header)
                .ifPresent(
                        invalid -> {
                            throw new Misbehaviour("an invalid header: " + describe(invalid));
                        });
        plan.want(header);
        return true;
    }

    private static String describe(Judgement.Invalid invalid) {
        return invalid.reason() + " (" + invalid.code() + ")";
    }

    private void askForHeaders(Peer peer, Optional<Hash> from) {
        long timeout = parts.settings().requestTimeout().toMillis();
        if (peer.isAskedForHeaders(now(), timeout)) {
            return;
        }
        peer.headersAsked(now());
        HeadersWanted.Builder wanted = HeadersWanted.newBuilder();
        from.ifPresent(hash -> wanted.addLocator(Wire.bytes(hash)));
        reads.locator().forEach(hash -> wanted.addLocator(Wire.bytes(hash)));
        peer.send(PeerMessage.newBuilder().setHeadersWanted(wanted).build());
    }

    private Behavior<Command> onBlockArrived(BlockArrived arrived) {
        Optional<Peer> peer = peerOf(arrived.session());
        if (peer.isPresent()) {
            counts = counts.plusBlock();
            // A block that nobody asked for, or that came after its time, is of no use; no harm.
            plan.receive(peer.get().key(), arrived.block());
            peer.get().next();
            pump();
        }
        return this;
    }

    private Behavior<Command> onPeerKnows(PeerKnows knows) {
        peerOf(knows.session()).ifPresent(peer -> peer.knows(knows.ids()));
        return this;
    }

    // --- sync -----------------------------------------------------------------------------------

    /** Does what can be done now: imports what has arrived, asks for what is missing. */
    private void pump() {
        for (SyncPlan.Received<LinkKey> body : plan.importable(reads::has)) {
            importingFrom.put(body.block().hash(), body.from());
            parts.chain().tell(new ChainActor.Import(body.block(), importResults));
        }
        for (SyncPlan.Request<LinkKey> request : plan.requests(now())) {
            Peer peer = peers.get(request.peer());
            if (peer != null) {
                BlocksWanted.Builder wanted = BlocksWanted.newBuilder();
                request.blocks().forEach(hash -> wanted.addHashes(Wire.bytes(hash)));
                peer.send(PeerMessage.newBuilder().setBlocksWanted(wanted).build());
            }
        }
    }

    private Behavior<Command> onImported(Imported imported) {
        ImportResult result = imported.result();
        @Nullable LinkKey from = importingFrom.remove(result.block());
        if (result instanceof ImportResult.Invalid invalid) {
            plan.reject(result.block());
            Peer peer = from == null ? null : peers.get(from);
            if (peer != null) {
                misbehaved(
                        peer,
                        "an invalid block: " + invalid.reason() + " (" + invalid.code() + ")");
            }
        } else if (result instanceof ImportResult.Unwanted unwanted) {
            getContext().getLog().info("Block not taken: {}", unwanted.reason());
            plan.reject(result.block());
        } else if (result instanceof ImportResult.Orphan) {
            plan.reject(result.block());
        } else {
            plan.done(result.block());
        }
        pump();
        return this;
    }

    private Behavior<Command> onTick(Tick tick) {
        for (LinkKey late : plan.expired(now())) {
            Peer peer = peers.get(late);
            if (peer != null && peer.loses(LATE_POINTS)) {
                misbehaved(peer, "requests were not answered in time");
            }
        }
        plan.unobtainable().forEach(plan::reject);
        for (Peer peer : new ArrayList<>(peers.values())) {
            if (!isHere(peer.headHash()) && plan.hasRoom()) {
                askForHeaders(peer, Optional.empty());
            }
        }
        pump();
        dialDue();
        if (now() - addressesAskedAt > ADDRESSES_EVERY.toMillis()) {
            addressesAskedAt = now();
            peers.values().forEach(this::askForAddresses);
        }
        if (now() / CLOCK_INTERVAL.toMillis() != clockSaid) {
            clockSaid = now() / CLOCK_INTERVAL.toMillis();
            // Also when no blocks come: perhaps because of a clock, and they wait for it to be
            // right.
            peers.values().forEach(this::sayHead);
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
        if (message.news() instanceof ChainNews.TransactionPooled pooled) {
            announce(List.of(pooled.transaction().id()));
        } else if (message.news() instanceof ChainNews.HeadMoved moved) {
            Hash head = moved.view().head().index().hash();
            if (announced.filter(head::equals).isEmpty()) {
                announced = Optional.of(head);
                peers.values().forEach(this::announceHead);
            }
        }
        return this;
    }

    private void announceHead(Peer peer) {
        ChainView view = reads.view();
        Hash head = view.head().index().hash();
        if (peer.headHash().equals(head) || peer.unknownOf(List.of(head)).isEmpty()) {
            return;
        }
        peer.knows(List.of(head));
        sayHead(peer);
    }

    private void sayHead(Peer peer) {
        ChainView view = reads.view();
        peer.send(
                PeerMessage.newBuilder()
                        .setHeadAnnounced(
                                HeadAnnounced.newBuilder()
                                        .setHeader(Wire.bytes(view.head().header()))
                                        .setJustifiedEpoch(view.justified().epoch())
                                        .setTimeMillis(now()))
                        .build());
    }

    private Behavior<Command> onWaitingIds(WaitingIds waiting) {
        announce(waiting.ids());
        return this;
    }

    private void announce(List<Hash> ids) {
        for (Peer peer : peers.values()) {
            List<Hash> fresh = peer.unknownOf(ids);
            peer.knows(fresh);
            for (int from = 0; from < fresh.size(); from += Wire.MAXIMUM_IDS) {
                TransactionsAnnounced.Builder message = TransactionsAnnounced.newBuilder();
                fresh.subList(from, Math.min(fresh.size(), from + Wire.MAXIMUM_IDS))
                        .forEach(id -> message.addIds(Wire.bytes(id)));
                peer.send(PeerMessage.newBuilder().setTransactionsAnnounced(message).build());
            }
        }
    }

    // --- clock and status -----------------------------------------------------------------------

    /** The clock is off when more than half of the peers' clocks say so. */
    private void checkClock() {
        if (peers.isEmpty() && now() - clockComparedMillis < CLOCK_MEMORY.toMillis()) {
            // A link that just broke makes no clock right.
            return;
        }
        if (!peers.isEmpty()) {
            clockComparedMillis = now();
        }
        long allowed = parts.settings().maximumClockOffset().toMillis();
        List<Long> off =
                peers.values().stream()
                        .map(Peer::clockOffsetMillis)
                        .filter(offset -> Math.abs(offset) > allowed)
                        .sorted()
                        .toList();
        boolean isOff = off.size() * 2 > peers.size();
        if (isOff && !isClockOff) {
            Duration offset = Duration.ofMillis(off.get(off.size() / 2));
            parts.clock()
                    .accept(
                            Optional.of(
                                    "this machine's clock differs from the peers' by "
                                            + offset.abs().toSeconds()
                                            + " s ("
                                            + (offset.isNegative()
                                                    ? "theirs are behind"
                                                    : "theirs are ahead")
                                            + "); allowed: "
                                            + allowed / 1000
                                            + " s. Set the clock right"));
        } else if (!isOff && isClockOff) {
            parts.clock().accept(Optional.empty());
        }
        isClockOff = isOff;
    }

    private void show() {
        parts.status()
                .set(
                        new HubStatus(
                                peers.values().stream().map(Peer::status).toList(),
                                plan.size(),
                                counts));
    }
}

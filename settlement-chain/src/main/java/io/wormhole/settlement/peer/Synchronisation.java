package io.wormhole.settlement.peer;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.block.HeaderVerifier;
import io.wormhole.settlement.block.Judgement;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.relay.CompactBlock;
import io.wormhole.settlement.relay.Rebuilt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a node comes to the blocks that its peers have, as decisions: what they say goes in, what to
 * do comes out. Headers first, bodies from several peers at once, new blocks in their short form.
 * Time comes in as an argument; for one owner.
 *
 * @param <P> how a peer is named
 */
public final class Synchronisation<P> {
    // Short forms are worth a question only near the head, where transactions wait already.
    private static final int MOST_COMPACT = 2;

    private final ChainReads chain;
    private final HeaderVerifier headers;
    private final SyncPlan<P> plan;
    private final long requestTimeoutMillis;
    private final Map<P, Told> peers = new LinkedHashMap<>();
    private final Map<Hash, P> importingFrom = new HashMap<>();
    private final CompactRelay<P> compact = new CompactRelay<>();

    private static final class Told {
        private Hash head;
        private long headersAskedAt = Long.MIN_VALUE;

        Told(Hash head) {
            this.head = head;
        }

        boolean isAskedForHeaders(long now, long timeoutMillis) {
            return headersAskedAt != Long.MIN_VALUE && now - headersAskedAt < timeoutMillis;
        }
    }

    /** One decision in the making. */
    private final class Turn {
        private final long now;
        private final List<SyncStep<P>> steps = new ArrayList<>();

        Turn(long now) {
            this.now = now;
        }

        List<SyncStep<P>> end() {
            pump(this);
            return List.copyOf(steps);
        }
    }

    /**
     * A node that knows nobody yet.
     *
     * @param requestTimeoutMillis how long a peer may take to answer
     */
    public Synchronisation(ChainReads chain, HeaderVerifier headers, long requestTimeoutMillis) {
        this.chain = chain;
        this.headers = headers;
        this.plan = new SyncPlan<>(requestTimeoutMillis);
        this.requestTimeoutMillis = requestTimeoutMillis;
    }

    /** How many headers wait for their bodies, or their bodies for import. */
    public int waiting() {
        return plan.size();
    }

    // --- peers -----------------------------------------------------------------------------------

    /** A peer has greeted and told its head. */
    public List<SyncStep<P>> greeted(P peer, Hash head, long height, long nowMillis) {
        Turn turn = new Turn(nowMillis);
        peers.put(peer, new Told(head));
        plan.peerHas(peer, height);
        if (!isHere(head)) {
            askForHeaders(turn, peer, Optional.empty());
        }
        return turn.end();
    }

    /** A peer is gone: from here on what it has sent or promised does not count. */
    public List<SyncStep<P>> gone(P peer, long nowMillis) {
        forget(peer);
        return new Turn(nowMillis).end();
    }

    private void forget(P peer) {
        peers.remove(peer);
        plan.peerGone(peer);
        compact.peerGone(peer);
    }

    private void punish(Turn turn, P peer, String why) {
        if (peers.containsKey(peer)) {
            forget(peer);
            turn.steps.add(new SyncStep.Punish<>(peer, why));
        }
    }

    /** Time has passed: late questions are asked of others. */
    public List<SyncStep<P>> tick(long nowMillis) {
        Turn turn = new Turn(nowMillis);
        plan.expired(nowMillis).forEach(late -> turn.steps.add(new SyncStep.Late<>(late)));
        plan.unobtainable().forEach(this::reject);
        for (Map.Entry<P, Told> peer : peers.entrySet()) {
            if (!isHere(peer.getValue().head) && plan.hasRoom()) {
                askForHeaders(turn, peer.getKey(), Optional.empty());
            }
        }
        return turn.end();
    }

    // --- headers ---------------------------------------------------------------------------------

    /** A peer's head has moved. */
    public List<SyncStep<P>> headAnnounced(P peer, BlockHeader header, long nowMillis) {
        return headAnnounced(peer, header, Optional.empty(), nowMillis);
    }

    /**
     * A peer's head has moved.
     *
     * @param pushed the short form of its block, if it came along
     */
    public List<SyncStep<P>> headAnnounced(
            P peer, BlockHeader header, Optional<SyncStep.Pushed> pushed, long nowMillis) {
        Turn turn = new Turn(nowMillis);
        Told told = peers.get(peer);
        if (told == null) {
            return List.of();
        }
        Hash hash = header.hash();
        told.head = hash;
        if (isHere(hash)) {
            plan.peerHas(peer, header.height().value());
        } else if (isHere(header.previous())) {
            plan.peerHas(peer, header.height().value());
            if (take(turn, peer, header)) {
                pushed.ifPresent(form -> takePushed(turn, peer, form));
            }
        } else {
            askForHeaders(turn, peer, Optional.empty());
        }
        return turn.end();
    }

    private void takePushed(Turn turn, P peer, SyncStep.Pushed pushed) {
        CompactBlock form = pushed.compact();
        boolean isTooMany = CompactRelay.isTooMany(pushed.added(), form);
        if (!isTooMany
                && isWorthItsShortForm(form.hash())
                && plan.askedOf(form.hash(), peer, turn.now)) {
            compact.ask(form.hash(), peer);
            compact.arrived(peer, form);
            turn.steps.add(new SyncStep.Rebuild<>(form, pushed.added()));
        }
    }

    /** A peer has answered with headers. */
    public List<SyncStep<P>> headers(P peer, List<BlockHeader> answer, long nowMillis) {
        Turn turn = new Turn(nowMillis);
        Told told = peers.get(peer);
        if (told == null) {
            return List.of();
        }
        told.headersAskedAt = Long.MIN_VALUE;
        Optional<BlockHeader> last = Optional.empty();
        for (BlockHeader header : answer) {
            boolean isUsable =
                    isHere(header.hash())
                            || (isHere(header.previous())
                                    && plan.hasRoom()
                                    && take(turn, peer, header));
            if (!isUsable) {
                break;
            }
            last = Optional.of(header);
        }
        if (last.isPresent() && peers.containsKey(peer)) {
            plan.peerHas(peer, last.get().height().value());
            if (answer.size() == Wire.MAXIMUM_HEADERS && plan.hasRoom()) {
                askForHeaders(turn, peer, last.map(BlockHeader::hash));
            }
        }
        return turn.end();
    }

    private boolean isHere(Hash hash) {
        return plan.isWanted(hash) || chain.has(hash);
    }

    /** Checks a header and wants its body; says no when it is not for now. */
    private boolean take(Turn turn, P peer, BlockHeader header) {
        if (!HeaderVerifier.isNotTooFarAhead(header, turn.now)) {
            turn.steps.add(new SyncStep.Ahead<>(peer, header));
            return false;
        }
        HeaderContext context =
                chain.contextAfter(header.previous(), plan::header)
                        .orElseThrow(() -> new IllegalStateException("the parent is here"));
        Optional<Judgement.Invalid> invalid = headers.check(context, header);
        if (invalid.isPresent()) {
            punish(
                    turn,
                    peer,
                    "an invalid header: %s (%s)"
                            .formatted(invalid.get().reason(), invalid.get().code()));
            return false;
        }
        plan.want(header);
        return true;
    }

    private void askForHeaders(Turn turn, P peer, Optional<Hash> from) {
        Told told = peers.get(peer);
        if (told == null || told.isAskedForHeaders(turn.now, requestTimeoutMillis)) {
            return;
        }
        told.headersAskedAt = turn.now;
        List<Hash> locator = new ArrayList<>();
        from.ifPresent(locator::add);
        locator.addAll(chain.locator());
        turn.steps.add(new SyncStep.AskHeaders<>(peer, List.copyOf(locator)));
    }

    // --- blocks ----------------------------------------------------------------------------------

    /** A peer has sent a block. One that nobody asked for, or too late, is of no use; no harm. */
    public List<SyncStep<P>> body(P peer, BareBlock block, long nowMillis) {
        if (peers.containsKey(peer)) {
            plan.receive(peer, block);
        }
        return new Turn(nowMillis).end();
    }

    /** A peer does not have a block after all. */
    public List<SyncStep<P>> missing(P peer, List<Hash> blocks, long nowMillis) {
        for (Hash block : blocks) {
            if (compact.askedOf(block).filter(peer::equals).isPresent()) {
                compact.giveUp(block);
            }
            plan.missing(peer, block);
        }
        return new Turn(nowMillis).end();
    }

    /** A peer has sent a block's short form. */
    public List<SyncStep<P>> compact(P peer, CompactBlock block, long nowMillis) {
        Turn turn = new Turn(nowMillis);
        if (plan.isWanted(block.hash()) && compact.arrived(peer, block)) {
            turn.steps.add(new SyncStep.Rebuild<>(block, List.of()));
        }
        return turn.end();
    }

    /** A peer has sent what was missing of a block. */
    public List<SyncStep<P>> parts(
            P peer, Hash block, List<SignedTransaction> parts, long nowMillis) {
        Turn turn = new Turn(nowMillis);
        Optional<CompactBlock> known = compact.partsArrived(peer, block);
        if (known.isPresent() && CompactRelay.isTooMany(parts, known.get())) {
            punish(turn, peer, "more transactions than the block has");
        } else {
            known.ifPresent(awaiting -> turn.steps.add(new SyncStep.Rebuild<>(awaiting, parts)));
        }
        return turn.end();
    }

    /** What became of {@link SyncStep.Rebuild}. */
    public List<SyncStep<P>> rebuilt(Rebuilt result, long nowMillis) {
        Turn turn = new Turn(nowMillis);
        Hash hash = result.block();
        Optional<P> peer = compact.askedOf(hash);
        if (peer.isEmpty()) {
            return turn.end();
        }
        if (result instanceof Rebuilt.Whole whole) {
            plan.receive(peer.get(), whole.content().bare());
            return turn.end();
        }
        boolean isWorthAsking =
                result instanceof Rebuilt.Lacks lacks && lacks.places().size() <= Wire.MAXIMUM_IDS;
        Optional<P> asked = isWorthAsking ? compact.askForParts(hash) : Optional.empty();
        if (result instanceof Rebuilt.Lacks lacks && asked.isPresent()) {
            turn.steps.add(new SyncStep.AskParts<>(asked.get(), hash, lacks.places()));
        } else {
            compact.giveUp(hash);
            plan.reopen(hash);
        }
        return turn.end();
    }

    /** What became of {@link SyncStep.Import}. */
    public List<SyncStep<P>> imported(ImportResult result, long nowMillis) {
        Turn turn = new Turn(nowMillis);
        @Nullable P from = importingFrom.remove(result.block());
        if (result instanceof ImportResult.Imported || result instanceof ImportResult.Known) {
            plan.done(result.block());
            compact.done(result.block());
        } else {
            reject(result.block());
        }
        if (result instanceof ImportResult.Invalid invalid && from != null) {
            punish(
                    turn,
                    from,
                    "an invalid block: %s (%s)".formatted(invalid.reason(), invalid.code()));
        }
        return turn.end();
    }

    private void reject(Hash block) {
        plan.reject(block).forEach(compact::done);
    }

    /** Does what can be done now: imports what has arrived, asks for what is missing. */
    private void pump(Turn turn) {
        for (SyncPlan.Received<P> body : plan.importable(chain::has)) {
            importingFrom.put(body.block().hash(), body.from());
            turn.steps.add(new SyncStep.Import<>(body.block()));
        }
        for (SyncPlan.Request<P> request : plan.requests(turn.now)) {
            List<Hash> whole = new ArrayList<>(request.blocks());
            whole.removeIf(block -> isAskedInShort(turn, request.peer(), block));
            if (!whole.isEmpty()) {
                turn.steps.add(new SyncStep.AskBlocks<>(request.peer(), List.copyOf(whole)));
            }
        }
    }

    private boolean isAskedInShort(Turn turn, P peer, Hash block) {
        boolean isNew = isWorthItsShortForm(block);
        if (isNew) {
            compact.ask(block, peer);
            turn.steps.add(new SyncStep.AskCompact<>(peer, block));
        }
        return isNew;
    }

    private boolean isWorthItsShortForm(Hash block) {
        return plan.size() <= MOST_COMPACT
                && compact.isFit(block)
                && plan.header(block).filter(each -> chain.has(each.previous())).isPresent();
    }
}

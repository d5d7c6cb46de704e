package io.wormhole.settlement.simulation;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.block.HeaderVerifier;
import io.wormhole.settlement.block.Proposal;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.HeadChange;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.chain.PendingTransactions;
import io.wormhole.settlement.mempool.MempoolLimits;
import io.wormhole.settlement.peer.SyncPlan;
import io.wormhole.settlement.store.StoredBlock;
import io.wormhole.settlement.validator.EvidenceWatch;
import io.wormhole.settlement.validator.Voting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An honest node: the real chain, pool, sync plan, voting and evidence, driven by letters and ticks
 * in place of actors.
 */
class SimulatedNode {
    private static final long REQUEST_TIMEOUT_MILLIS = 2_000;
    private static final long REPORT_PATIENCE_BLOCKS = 8;
    private static final int MOST_HEADERS = 512;

    final int id;
    final KeyPair key;
    final World world;
    SimulatedDisk disk;
    Chain chain;
    PendingTransactions pool;
    boolean isUp = true;
    boolean isCareless;
    long clockOffsetMillis;
    final TreeSet<Integer> banned = new TreeSet<>();
    private final Optional<Checkpoint> trusted;
    private final Voting voting;
    private final Map<Hash, Integer> importingFrom = new HashMap<>();
    private SyncPlan<Integer> plan;
    private EvidenceWatch watch;
    private long nextReportHeight;

    SimulatedNode(World world, int id, Optional<Checkpoint> trusted) {
        this.world = world;
        this.id = id;
        this.key = SharedWork.key(id);
        this.trusted = trusted;
        this.disk = new SimulatedDisk(world.shared);
        this.voting =
                new Voting(
                        key,
                        world.shared.genesis().networkId(),
                        world.shared.genesis().parameters().finality());
        start();
    }

    private void start() {
        chain = world.shared.open(disk, trusted);
        pool =
                new PendingTransactions(
                        world.shared.genesis(),
                        chain.signatures(),
                        MempoolLimits.defaults(),
                        chain.headLedger(),
                        chain.head().index().height());
        plan = new SyncPlan<>(REQUEST_TIMEOUT_MILLIS);
        watch = new EvidenceWatch(world.shared.genesis().parameters().finality());
        importingFrom.clear();
        nextReportHeight = 0;
    }

    /** Stops at once; what was not forced to the disk is gone. */
    void crash(int blocksLostByDatabase) {
        isUp = false;
        world.counts.merge("crashes", 1, Integer::sum);
        disk = disk.afterCrash(blocksLostByDatabase);
    }

    void restart() {
        isUp = true;
        start();
        announce();
        vote();
    }

    long clock() {
        return world.now() + clockOffsetMillis;
    }

    // --- time ------------------------------------------------------------------------------------

    /** Some time has passed: late requests are made anew, and others are told what is here. */
    void tick() {
        plan.expired(clock());
        plan.unobtainable().forEach(plan::reject);
        pump();
        announce();
        List<Hash> ids = pool.pool().ids();
        if (!ids.isEmpty()) {
            world.send(id, world.anyPeerOf(id), new Letter.Waiting(ids));
        }
    }

    /** The node has found a proof of work for a block on its head. */
    void mine() {
        if (chain.alarm().isEmpty()) {
            publish(mineOn(chain.head(), pool.inOrder(), clock()));
        }
    }

    Block mineOn(StoredBlock parent, List<SignedTransaction> candidates, long time) {
        HeaderContext context = chain.contextAfter(parent);
        return world.shared.mine(
                context,
                chain.open(parent.header()),
                candidates,
                new Proposal(
                        key.address(),
                        Math.max(time, world.shared.earliestTimeMillis(context)),
                        new Hash(Bytes.of(world.bytes(Hash.SIZE)))));
    }

    void publish(Block block) {
        take(block);
    }

    // --- blocks ----------------------------------------------------------------------------------

    final ImportResult take(Block block) {
        ImportResult result = chain.importBlock(block, clock());
        if (result instanceof ImportResult.Imported imported) {
            world.note(id, block.hash());
            block.transactions().forEach(this::look);
            imported.change().ifPresent(this::moved);
            onImported(imported.stored());
        }
        return result;
    }

    void onImported(StoredBlock stored) {}

    private void moved(HeadChange change) {
        world.counts.merge("undone", change.undone().size(), Integer::sum);
        List<StoredBlock> undone = new ArrayList<>(change.undone());
        Collections.reverse(undone);
        pool.onHead(
                chain.headLedger(),
                chain.head().index().height(),
                transactions(undone),
                transactions(change.applied()));
        announce();
        vote();
        report();
    }

    private List<SignedTransaction> transactions(List<StoredBlock> blocks) {
        return blocks.stream()
                .flatMap(block -> world.shared.block(block.index().hash()).transactions().stream())
                .toList();
    }

    void announce() {
        BlockHeader head = chain.head().header();
        if (head.height().value() > 0) {
            world.broadcast(id, new Letter.Head(head));
        }
    }

    // --- votes -----------------------------------------------------------------------------------

    void vote() {
        if (chain.alarm().isPresent() || !isUp) {
            return;
        }
        Voting.Decision decision =
                voting.decide(chain.head(), chain.headLedger().finality(), disk.lastVote());
        if (decision instanceof Voting.Decision.Sign sign) {
            disk.record(sign.vote(), !isCareless);
            if (world.crashesNow(id)) {
                return;
            }
            submit(sign.signed());
        } else if (decision instanceof Voting.Decision.Repeat repeat) {
            submit(repeat.signed());
        }
    }

    private void look(SignedTransaction transaction) {
        if (transaction.transaction().body() instanceof FinalityTransaction.Vote) {
            watch.see(transaction);
        }
    }

    void report() {
        List<FinalityTransaction.Evidence> open = watch.open(chain.headLedger().finality());
        long height = chain.head().index().height();
        if (open.isEmpty() || height < nextReportHeight) {
            return;
        }
        world.counts.merge("reports", 1, Integer::sum);
        nextReportHeight = height + REPORT_PATIENCE_BLOCKS;
        Nonce nonce = pool.nextNonce(key.address());
        submit(
                Transaction.of(
                                key.publicKey(),
                                nonce,
                                world.shared.genesis().parameters().minimumGasPrice(),
                                open.get(0))
                        .signedBy(key, world.shared.genesis().networkId()));
    }

    /** Offenders that this node has found. */
    EvidenceWatch watch() {
        return watch;
    }

    // --- transactions ----------------------------------------------------------------------------

    boolean submit(SignedTransaction transaction) {
        boolean isNew = !pool.pool().contains(transaction.id());
        Submission answer = pool.offer(transaction);
        if (isNew && chain.signatures().accepts(transaction, world.shared.genesis().networkId())) {
            look(transaction);
        }
        if (isNew && answer instanceof Submission.Accepted) {
            world.broadcast(id, new Letter.Transactions(List.of(transaction)));
        }
        return !(answer instanceof Submission.Refused refused
                && refused.code().equals("bad-signature"));
    }

    // --- letters ---------------------------------------------------------------------------------

    final void receive(int from, Letter letter) {
        if (!isUp || banned.contains(from)) {
            return;
        }
        handle(from, letter);
        if (isUp) {
            pump();
        }
    }

    void handle(int from, Letter letter) {
        if (letter instanceof Letter.Head head) {
            onHead(from, head.header());
        } else if (letter instanceof Letter.AskHeaders ask) {
            world.send(id, from, new Letter.Headers(headersAfter(ask.locator())));
        } else if (letter instanceof Letter.Headers headers) {
            onHeaders(from, headers.headers());
        } else if (letter instanceof Letter.AskBlocks ask) {
            ask.hashes().forEach(hash -> world.send(id, from, bodyOrMissing(hash)));
        } else if (letter instanceof Letter.Body body) {
            plan.receive(from, body.block());
        } else if (letter instanceof Letter.Missing missing) {
            plan.missing(from, missing.hash());
        } else if (letter instanceof Letter.Transactions some) {
            for (SignedTransaction transaction : some.transactions()) {
                if (!submit(transaction)) {
                    ban(from);
                }
            }
        } else if (letter instanceof Letter.Waiting waiting) {
            List<Hash> unknown =
                    waiting.ids().stream().filter(each -> !pool.pool().contains(each)).toList();
            if (!unknown.isEmpty()) {
                world.send(id, from, new Letter.AskTransactions(unknown));
            }
        } else if (letter instanceof Letter.AskTransactions ask) {
            List<SignedTransaction> found =
                    ask.ids().stream().flatMap(each -> pool.pool().find(each).stream()).toList();
            world.send(id, from, new Letter.Transactions(found));
        }
    }

    private Letter bodyOrMissing(Hash hash) {
        return disk.body(hash).<Letter>map(Letter.Body::new).orElse(new Letter.Missing(hash));
    }

    private void ban(int peer) {
        banned.add(peer);
        world.counts.merge("bans", 1, Integer::sum);
        plan.peerGone(peer);
        world.banned(id, peer);
    }

    private boolean isHere(Hash hash) {
        return plan.isWanted(hash) || chain.block(hash).isPresent();
    }

    private void onHead(int from, BlockHeader header) {
        plan.peerHas(from, header.height().value());
        if (isHere(header.hash())) {
            return;
        }
        if (isHere(header.previous())) {
            want(from, header);
        } else {
            world.send(id, from, new Letter.AskHeaders(locator()));
        }
    }

    private void onHeaders(int from, List<BlockHeader> headers) {
        for (BlockHeader header : headers) {
            if (!isHere(header.hash()) && (!isHere(header.previous()) || !want(from, header))) {
                return;
            }
            plan.peerHas(from, header.height().value());
        }
    }

    private boolean want(int from, BlockHeader header) {
        if (!HeaderVerifier.isNotTooFarAhead(header, clock())) {
            return false;
        }
        if (world.shared.headers().check(contextAfter(header.previous()), header).isPresent()) {
            ban(from);
            return false;
        }
        plan.want(header);
        return true;
    }

    private HeaderContext contextAfter(Hash parent) {
        BlockHeader first = header(parent);
        List<Long> times = new ArrayList<>();
        BlockHeader at = first;
        times.add(at.timeMillis());
        while (at.height().value() > 0 && times.size() < 11) {
            at = header(at.previous());
            times.add(at.timeMillis());
        }
        return new HeaderContext(first, times);
    }

    private BlockHeader header(Hash hash) {
        return plan.header(hash).orElseGet(() -> chain.block(hash).orElseThrow().header());
    }

    private List<Hash> locator() {
        List<Hash> hashes = new ArrayList<>();
        long step = 1;
        for (long at = chain.head().index().height(); at > 0; at -= step) {
            disk.canonical(at).ifPresent(hashes::add);
            step = hashes.size() > 8 ? step * 2 : step;
        }
        disk.canonical(0).ifPresent(hashes::add);
        return hashes;
    }

    private List<BlockHeader> headersAfter(List<Hash> locator) {
        long from =
                locator.stream()
                        .flatMap(hash -> chain.block(hash).stream())
                        .filter(this::isOnChain)
                        .findFirst()
                        .map(block -> block.index().height() + 1)
                        .orElse(0L);
        List<BlockHeader> headers = new ArrayList<>();
        long to = Math.min(chain.head().index().height(), from + MOST_HEADERS - 1);
        for (long at = from; at <= to; at++) {
            disk.canonical(at)
                    .flatMap(chain::block)
                    .ifPresent(block -> headers.add(block.header()));
        }
        return headers;
    }

    private boolean isOnChain(StoredBlock block) {
        return disk.canonical(block.index().height())
                .filter(hash -> hash.equals(block.index().hash()))
                .isPresent();
    }

    /** Imports what has arrived, asks for what is missing. */
    private void pump() {
        List<SyncPlan.Received<Integer>> ready =
                plan.importable(hash -> chain.block(hash).isPresent());
        while (!ready.isEmpty() && isUp) {
            for (SyncPlan.Received<Integer> body : ready) {
                importingFrom.put(body.block().hash(), body.from());
                judged(take(body.block()));
                if (!isUp) {
                    return;
                }
            }
            ready = plan.importable(hash -> chain.block(hash).isPresent());
        }
        for (SyncPlan.Request<Integer> request : plan.requests(clock())) {
            world.send(id, request.peer(), new Letter.AskBlocks(request.blocks()));
        }
    }

    private void judged(ImportResult result) {
        Integer from = importingFrom.remove(result.block());
        if (result instanceof ImportResult.Imported || result instanceof ImportResult.Known) {
            plan.done(result.block());
        } else {
            plan.reject(result.block());
            if (result instanceof ImportResult.Invalid && from != null) {
                ban(from);
            }
        }
    }
}

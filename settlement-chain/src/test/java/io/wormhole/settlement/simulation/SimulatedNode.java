package io.wormhole.settlement.simulation;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.GenesisBlock;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.block.Proposal;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.HeadChange;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.chain.PendingTransactions;
import io.wormhole.settlement.mempool.MempoolLimits;
import io.wormhole.settlement.peer.ChainReads;
import io.wormhole.settlement.peer.StoredChain;
import io.wormhole.settlement.peer.SyncStep;
import io.wormhole.settlement.peer.Synchronisation;
import io.wormhole.settlement.relay.BlockRebuilder;
import io.wormhole.settlement.relay.Rebuilt;
import io.wormhole.settlement.store.StoredBlock;
import io.wormhole.settlement.validator.EvidenceWatch;
import io.wormhole.settlement.validator.Voting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An honest node: the real chain, pool, sync plan, voting and evidence, driven by letters and ticks
 * in place of actors.
 */
class SimulatedNode {
    private static final long REQUEST_TIMEOUT_MILLIS = 2_000;
    private static final long REPORT_PATIENCE_BLOCKS = 8;

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
    final ChainReads reads = new ChainReads(new Stored());
    private final BlockTalk talk = new BlockTalk(this);
    private final BlockRebuilder rebuilder;
    private final Deque<SyncStep<Integer>> steps = new ArrayDeque<>();
    Synchronisation<Integer> sync;
    private EvidenceWatch watch;
    private Contradictions heard = new Contradictions();
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
        this.rebuilder =
                new BlockRebuilder(
                        (header, transactions) ->
                                Optional.of(world.shared.block(header.hash()).witness()));
        start();
    }

    /** The blocks that this node has now. */
    private final class Stored implements StoredChain {
        @Override
        public long headHeight() {
            return chain.head().index().height();
        }

        @Override
        public Optional<BlockHeader> header(Hash block) {
            return chain.block(block).map(StoredBlock::header);
        }

        @Override
        public List<Hash> followed(long fromHeight, int most) {
            List<Hash> hashes = new ArrayList<>();
            long to = Math.min(headHeight(), fromHeight + most - 1);
            for (long at = fromHeight; at <= to; at++) {
                disk.canonical(at).ifPresent(hashes::add);
            }
            return hashes;
        }
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
        sync = new Synchronisation<>(reads, world.shared.headers(), REQUEST_TIMEOUT_MILLIS);
        steps.clear();
        Hash genesis = GenesisBlock.of(world.shared.genesis()).hash();
        for (int peer = 0; peer < world.plan.size(); peer++) {
            if (peer != id && !banned.contains(peer)) {
                perform(sync.greeted(peer, genesis, 0, clock()));
            }
        }
        watch = new EvidenceWatch(world.shared.genesis().parameters().finality());
        heard = new Contradictions();
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
        perform(sync.tick(clock()));
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
        take(block.bare());
    }

    // --- blocks ----------------------------------------------------------------------------------

    final ImportResult take(BareBlock block) {
        ImportResult result = chain.importBlock(block, clock());
        if (result instanceof ImportResult.Imported imported) {
            world.note(id, block.hash());
            block.transactions().forEach(this::hear);
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
        announce(talk.news(chain.head()));
        vote();
        report();
    }

    private List<SignedTransaction> transactions(List<StoredBlock> blocks) {
        return blocks.stream()
                .flatMap(block -> world.shared.block(block.index().hash()).transactions().stream())
                .toList();
    }

    /** Tells all others of the head, which most of them know. */
    final void announce() {
        announce(new Letter.Head(chain.head().header()));
    }

    void announce(Letter.Head head) {
        if (head.header().height().value() > 0) {
            world.broadcast(id, head);
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

    /** A rightly signed transaction has come, by itself or in a block. */
    private void hear(SignedTransaction transaction) {
        heard.note(transaction, world.elapsed());
        look(transaction);
    }

    private void look(SignedTransaction transaction) {
        if (transaction.transaction().body() instanceof FinalityTransaction.Vote) {
            watch.see(transaction, chain.headLedger().finality().epoch());
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

    /** Who has contradicted itself in what this node has heard since its last start. */
    Contradictions heard() {
        return heard;
    }

    /** Offenders that this node has found. */
    EvidenceWatch watch() {
        return watch;
    }

    /** Whether {@code validator} has a stake on the chain that this node follows. */
    boolean hasStake(Address validator) {
        return chain.headLedger().finality().validators().find(validator).isPresent();
    }

    // --- transactions ----------------------------------------------------------------------------

    boolean submit(SignedTransaction transaction) {
        boolean isNew = !pool.pool().contains(transaction.id());
        Submission answer = pool.offer(transaction);
        if (isNew && chain.signatures().accepts(transaction, world.shared.genesis().networkId())) {
            hear(transaction);
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
    }

    void handle(int from, Letter letter) {
        if (letter instanceof Letter.OfBlocks ofBlocks) {
            talk.heard(from, ofBlocks);
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

    private void ban(int peer) {
        banned.add(peer);
        world.counts.merge("bans", 1, Integer::sum);
        perform(sync.gone(peer, clock()));
        world.banned(id, peer);
    }

    // --- sync ------------------------------------------------------------------------------------

    /** Does what synchronisation wants done, and what comes of that. */
    void perform(List<SyncStep<Integer>> more) {
        boolean isUnderWay = !steps.isEmpty();
        steps.addAll(more);
        while (!isUnderWay && !steps.isEmpty()) {
            perform(steps.peek());
            steps.poll();
            if (!isUp) {
                steps.clear();
            }
        }
    }

    private void perform(SyncStep<Integer> step) {
        if (step instanceof SyncStep.AskHeaders<Integer> ask) {
            world.send(id, ask.peer(), new Letter.AskHeaders(ask.locator()));
        } else if (step instanceof SyncStep.AskBlocks<Integer> ask) {
            world.send(id, ask.peer(), new Letter.AskBlocks(ask.blocks()));
        } else if (step instanceof SyncStep.AskCompact<Integer> ask) {
            world.send(id, ask.peer(), new Letter.AskCompact(ask.block()));
        } else if (step instanceof SyncStep.AskParts<Integer> ask) {
            world.counts.merge("parts", 1, Integer::sum);
            world.send(id, ask.peer(), new Letter.AskParts(ask.block(), ask.places()));
        } else if (step instanceof SyncStep.Rebuild<Integer> rebuild) {
            rebuild(rebuild);
        } else if (step instanceof SyncStep.Import<Integer> ready) {
            ImportResult result = take(ready.block());
            if (isUp) {
                perform(sync.imported(result, clock()));
            }
        } else if (step instanceof SyncStep.Punish<Integer> punish) {
            ban(punish.peer());
        }
    }

    private void rebuild(SyncStep.Rebuild<Integer> step) {
        List<SignedTransaction> waiting =
                pool.pool().ids().stream()
                        .flatMap(each -> pool.pool().find(each).stream())
                        .toList();
        Rebuilt result = rebuilder.rebuild(step.compact(), step.sent(), waiting);
        if (result instanceof Rebuilt.Whole whole) {
            world.counts.merge("rebuilt", 1, Integer::sum);
            // One and the same content for all nodes, so that it is judged once.
            result = new Rebuilt.Whole(world.shared.keep(whole.content()));
        }
        perform(sync.rebuilt(result, clock()));
    }
}

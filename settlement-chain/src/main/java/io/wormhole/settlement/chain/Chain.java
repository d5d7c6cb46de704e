package io.wormhole.settlement.chain;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockJudge;
import io.wormhole.settlement.block.BlockWitness;
import io.wormhole.settlement.block.Effects;
import io.wormhole.settlement.block.GenesisBlock;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.block.HeaderVerifier;
import io.wormhole.settlement.block.Judgement;
import io.wormhole.settlement.consensus.CompactTarget;
import io.wormhole.settlement.consensus.ForkChoice;
import io.wormhole.settlement.consensus.IndexedBlock;
import io.wormhole.settlement.consensus.SafetyViolation;
import io.wormhole.settlement.consensus.WeakSubjectivity;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.SignatureCheck;
import io.wormhole.settlement.store.BlockCommit;
import io.wormhole.settlement.store.BlockStore;
import io.wormhole.settlement.store.CanonicalChange;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoredBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tree of valid blocks and the one chain of it that this node follows; for one owner, whose
 * thread the store may block. Time comes in as an argument.
 */
public final class Chain {
    /** How many ancestors the median time looks at. */
    private static final int MEDIAN_BLOCKS = 11;

    // For blocks whose time was judged when they were imported first.
    private static final long ANY_TIME = Long.MAX_VALUE / 2;

    /**
     * How far below the final block a fork may start to be looked at all. Such a fork is never
     * followed, but shows whether somebody holds something else to be final.
     */
    private static final long FORKS_BELOW_FINAL = 64;

    private final Genesis genesis;
    private final BlockStore store;
    private final NodeCache nodes;
    private final SignatureCheck signatures;
    private final BlockJudge verifier;
    private final Optional<Checkpoint> trusted;
    private final Tree tree;
    private final Pruning pruning;
    private ForkChoice choice;
    private StoredBlock head;
    private StoredBlock finalBlock;
    private Ledger headLedger;
    private boolean isRestoring;
    private boolean isPruningDue;

    private Chain(ChainMemory memory, Judges judges) {
        this.genesis = memory.genesis();
        this.store = memory.store();
        this.nodes = memory.nodes();
        this.trusted = memory.trusted();
        this.signatures = judges.signatures();
        this.verifier = judges.blocks();
        this.tree = new Tree(store);
        this.pruning = memory.pruning();
        this.head = stored(store.head().orElseThrow());
        this.finalBlock = stored(store.finalBlock().orElseThrow());
        store.blocksFrom(Math.max(0, finalBlock.index().height() - MEDIAN_BLOCKS))
                .forEach(tree::add);
        tree.prune(finalBlock.index());
        this.choice = restoredChoice();
        this.headLedger = open(head.header());
    }

    /**
     * Opens the chain in {@code store}; an empty store begins with genesis.
     *
     * @param nodes a cache over {@code store}
     * @param trusted a checkpoint from outside that every followed chain must contain
     */
    public static Chain open(
            Genesis genesis, ChainStore store, NodeCache nodes, Optional<Checkpoint> trusted) {
        return open(genesis, store, nodes, trusted, History.FULL);
    }

    /**
     * Opens the chain in {@code store}, keeping as many old states as {@code history} says.
     *
     * @param nodes a cache over {@code store}
     * @param trusted a checkpoint from outside that every followed chain must contain
     */
    public static Chain open(
            Genesis genesis,
            ChainStore store,
            NodeCache nodes,
            Optional<Checkpoint> trusted,
            History history) {
        return open(
                ChainMemory.keeping(history, genesis, store, nodes, trusted), Judges.of(genesis));
    }

    /** Opens the chain in {@code memory}, with others to judge blocks. */
    public static Chain open(ChainMemory memory, Judges judges) {
        if (memory.store().head().isEmpty()) {
            begin(memory.genesis(), memory.store());
        }
        Chain chain = new Chain(memory, judges);
        chain.isRestoring = true;
        for (BareBlock latest : memory.store().takeLatest()) {
            chain.importUnsettled(latest, ANY_TIME);
        }
        chain.isRestoring = false;
        memory.store().settle();
        return chain;
    }

    private static void begin(Genesis genesis, BlockStore store) {
        Block block = GenesisBlock.of(genesis);
        Map<Hash, Bytes> written = new HashMap<>();
        Ledger.atGenesis(genesis).commit(written::put);
        store.commit(
                new BlockCommit(
                        IndexedBlock.genesis(block.hash()),
                        block.header(),
                        block.bare().encoded(),
                        block.witness().encoded(),
                        List.of(),
                        List.of(),
                        written),
                Optional.of(new CanonicalChange(0, List.of(block.hash()), block.hash())));
    }

    private ForkChoice restoredChoice() {
        Checkpoint finalised = head.index().finalised();
        return new ForkChoice(
                head.index(),
                finalised.blockHash().equals(finalBlock.index().hash())
                        ? finalised
                        : checkpointOf(finalBlock),
                Optional.empty());
    }

    private Checkpoint checkpointOf(StoredBlock block) {
        int epochLength = genesis.parameters().finality().epochLength();
        return new Checkpoint(block.index().height() / epochLength, block.index().hash());
    }

    /** Verifies signatures, each once. */
    public SignatureCheck signatures() {
        return signatures;
    }

    /** The block that the node builds on. */
    public StoredBlock head() {
        return head;
    }

    /** The last block that is never undone. */
    public StoredBlock finalBlock() {
        return finalBlock;
    }

    /** Set when two conflicting checkpoints are final: the chain takes no more blocks. */
    public Optional<SafetyViolation> alarm() {
        return choice.alarm();
    }

    /** The state after the head. */
    public Ledger headLedger() {
        return headLedger;
    }

    /**
     * What a block looks at that would follow a stored one; empty when that cannot be found, or
     * when the block is not valid. Below the final block there may be no state any more, and
     * nothing to be gained.
     */
    public Optional<BlockWitness> witness(
            BlockHeader header, List<SignedTransaction> transactions) {
        return tree.block(header.previous())
                .filter(parent -> parent.index().height() >= finalBlock.index().height())
                .flatMap(
                        parent ->
                                verifier.witness(
                                        parent.header(),
                                        open(parent.header()),
                                        header,
                                        transactions));
    }

    /** The state after any stored block; reads nodes as they are needed, on any thread. */
    public Ledger open(BlockHeader header) {
        return Ledger.open(header.roots(), root -> AuthenticatedMap.open(root, nodes));
    }

    /** Blocks that are kept in memory. */
    public int treeSize() {
        return tree.size();
    }

    /** A block on any fork. */
    public Optional<StoredBlock> block(Hash hash) {
        return tree.block(hash);
    }

    /** What the rules need to know of the ancestors of a child of {@code parent}. */
    public HeaderContext contextAfter(StoredBlock parent) {
        List<Long> times = new ArrayList<>();
        Optional<StoredBlock> at = Optional.of(parent);
        while (at.isPresent() && times.size() < MEDIAN_BLOCKS) {
            times.add(at.get().header().timeMillis());
            at =
                    at.get().index().height() == 0
                            ? Optional.empty()
                            : tree.block(at.get().index().parent());
        }
        return new HeaderContext(parent.header(), times);
    }

    /** Checks a block, stores it where valid, and moves the head where fork choice says so. */
    public ImportResult importBlock(Block block, long nowMillis) {
        ImportResult result = importUnsettled(block, nowMillis);
        settle();
        return result;
    }

    /** The same for a block without its witness. */
    public ImportResult importBlock(BareBlock block, long nowMillis) {
        ImportResult result = importUnsettled(block, nowMillis);
        settle();
        return result;
    }

    /** Stores for good what {@link #importUnsettled} has taken in. */
    public void settle() {
        store.settle();
        if (isPruningDue) {
            isPruningDue = false;
            pruning.follow(finalBlock.index().height());
        }
    }

    /**
     * The same as {@link #importBlock}, but for good only with the next {@link #settle}: nobody may
     * be told before. Many blocks are stored faster together than one by one.
     */
    public ImportResult importUnsettled(Block block, long nowMillis) {
        return block.witness().hash().equals(block.header().roots().witness())
                ? importUnsettled(block.bare(), nowMillis)
                : new ImportResult.Invalid(
                        block.hash(), "wrong-witness", "the witness is not that of the header");
    }

    /** The same for a block without its witness, which this node finds. */
    public ImportResult importUnsettled(BareBlock block, long nowMillis) {
        Hash hash = block.hash();
        Hash parentHash = block.header().previous();
        if (tree.block(hash).isPresent()) {
            return new ImportResult.Known(hash);
        }
        if (choice.alarm().isPresent()) {
            return new ImportResult.Unwanted(
                    hash, "settlement has stopped: conflicting checkpoints are final");
        }
        Optional<StoredBlock> parent = tree.block(parentHash);
        if (parent.isEmpty()) {
            return new ImportResult.Orphan(hash, parentHash);
        }
        if (parent.get().index().height() < finalBlock.index().height() - FORKS_BELOW_FINAL) {
            return new ImportResult.Unwanted(
                    hash, "it is on a fork below the final block " + finalBlock.index().height());
        }
        if (!HeaderVerifier.isNotTooFarAhead(block.header(), nowMillis)) {
            return new ImportResult.Unwanted(
                    hash,
                    "its time is more than 9 minutes ahead of this node's clock; check both clocks");
        }
        return judge(block, parent.get());
    }

    private ImportResult judge(BareBlock block, StoredBlock parent) {
        Ledger before =
                parent.index().hash().equals(head.index().hash())
                        ? headLedger
                        : open(parent.header());
        Judgement judgement = verifier.apply(contextAfter(parent), before, block);
        if (judgement instanceof Judgement.Invalid invalid) {
            return new ImportResult.Invalid(block.hash(), invalid.code(), invalid.reason());
        }
        Judgement.Valid valid = (Judgement.Valid) judgement;
        StoredBlock stored =
                new StoredBlock(indexed(block, parent, valid.effects()), block.header());
        tree.add(stored);
        if (trusted.isPresent() && !isTrusted(stored.index(), trusted.get())) {
            tree.remove(block.hash());
            return new ImportResult.Invalid(
                    block.hash(),
                    "not-the-trusted-chain",
                    "its chain does not contain the trusted checkpoint " + trusted.get());
        }
        return accept(block, stored, valid);
    }

    private boolean isTrusted(IndexedBlock tip, Checkpoint checkpoint) {
        return WeakSubjectivity.isAllowed(tip, checkpoint, tree, genesis.parameters().finality());
    }

    private static IndexedBlock indexed(BareBlock block, StoredBlock parent, Effects effects) {
        IndexedBlock above = parent.index();
        return new IndexedBlock(
                block.hash(),
                above.hash(),
                Math.addExact(above.height(), 1),
                above.totalWork().add(CompactTarget.decode(block.header().targetBits()).work()),
                effects.justified(),
                effects.finalised());
    }

    private ImportResult accept(BareBlock block, StoredBlock stored, Judgement.Valid valid) {
        ForkChoice next = choice.onBlock(stored.index(), tree);
        Optional<HeadChange> change = next.alarm().isPresent() ? Optional.empty() : changeTo(next);
        Map<Hash, Bytes> written = new HashMap<>();
        Effects effects = valid.effects();
        NodeCache.Written fresh = effects.ledger().commit(written::put, nodes);
        BlockCommit commit =
                new BlockCommit(
                        stored.index(),
                        block.header(),
                        block.encoded(),
                        valid.witness().encoded(),
                        block.transactions().stream().map(SignedTransaction::id).toList(),
                        effects.facts(),
                        written);
        Optional<CanonicalChange> canonical = change.map(moved -> canonical(moved, next));
        if (isRestoring) {
            store.restore(commit, canonical);
        } else {
            store.add(commit, canonical);
        }
        fresh.keep();
        pruning.extended(stored(block.header().previous()).header(), block.header());
        choice = next;
        change.ifPresent(moved -> follow(moved, next));
        return new ImportResult.Imported(stored, change);
    }

    private Optional<HeadChange> changeTo(ForkChoice next) {
        boolean isFinalityNew = !next.finalised().equals(choice.finalised());
        if (next.head().hash().equals(head.index().hash())) {
            return isFinalityNew
                    ? Optional.of(new HeadChange(List.of(), List.of(), true))
                    : Optional.empty();
        }
        return Optional.of(tree.way(head, stored(next.head().hash()), isFinalityNew));
    }

    private CanonicalChange canonical(HeadChange change, ForkChoice next) {
        Hash finalHash = next.finalised().blockHash();
        if (change.applied().isEmpty()) {
            return new CanonicalChange(
                    next.head().height(), List.of(next.head().hash()), finalHash);
        }
        return new CanonicalChange(
                change.applied().get(0).index().height(),
                change.applied().stream().map(block -> block.index().hash()).toList(),
                finalHash);
    }

    private void follow(HeadChange change, ForkChoice next) {
        head = stored(next.head().hash());
        Ledger left = headLedger;
        headLedger = open(head.header());
        left.forgetIn(nodes, headLedger);
        if (change.isFinalityNew()) {
            finalBlock = stored(next.finalised().blockHash());
            tree.prune(finalBlock.index());
            isPruningDue = true;
        }
    }

    private StoredBlock stored(Hash hash) {
        return tree.stored(hash);
    }
}

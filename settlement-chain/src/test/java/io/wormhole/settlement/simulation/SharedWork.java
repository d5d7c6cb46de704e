package io.wormhole.settlement.simulation;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockAssembler;
import io.wormhole.settlement.block.BlockVerifier;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.block.HeaderVerifier;
import io.wormhole.settlement.block.Judgement;
import io.wormhole.settlement.block.Proposal;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.ChainMemory;
import io.wormhole.settlement.chain.Judges;
import io.wormhole.settlement.chain.Pruning;
import io.wormhole.settlement.consensus.CompactTarget;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.cuckoo.CuckooParameters;
import io.wormhole.settlement.cuckoo.CuckooSolver;
import io.wormhole.settlement.cuckoo.CuckooVariant;
import io.wormhole.settlement.cuckoo.Miner;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.genesis.Pacing;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.SignatureCheck;
import io.wormhole.settlement.store.BlockCommit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all simulated nodes would compute alike is computed once: the judgement of a block, a
 * signature, the content behind a hash. None of it depends on who asks.
 */
final class SharedWork implements AutoCloseable {
    static final long GENESIS_MILLIS = 1_000_000_000_000L;
    static final long SPACING_MILLIS = 1_000;

    private final Genesis genesis;
    private final HeaderVerifier headers;
    private final BlockAssembler assembler;
    private final CuckooSolver solver;
    private final Map<Hash, Bytes> nodes = new HashMap<>();
    private final Map<Hash, Block> blocks = new HashMap<>();
    private final Map<BareBlock, Judgement> judgements = new HashMap<>();
    private final Set<SignedTransaction> rightlySigned = ConcurrentHashMap.newKeySet();
    private final NodeCache cache =
            new NodeCache(hash -> Optional.ofNullable(nodes.get(hash)), 50_000);
    private final Judges judges;

    SharedWork(SortedMap<Address, Amount> accounts, SortedMap<Address, Amount> stakes) {
        this.genesis = new Genesis(parameters(), GENESIS_MILLIS, accounts, stakes);
        this.headers = new HeaderVerifier(genesis);
        SignatureCheck signatures =
                (transaction, network) -> {
                    boolean isRight =
                            rightlySigned.contains(transaction) || transaction.isSignedFor(network);
                    if (isRight) {
                        rightlySigned.add(transaction);
                    }
                    return isRight;
                };
        this.assembler = new BlockAssembler(genesis, signatures);
        this.solver = CuckooSolver.lean(genesis.parameters().cuckoo());
        BlockVerifier verifier = new BlockVerifier(genesis, signatures);
        this.judges =
                new Judges(
                        signatures,
                        (context, parent, block) -> judge(verifier, context, parent, block));
    }

    private static NetworkParameters parameters() {
        NetworkParameters usual = NetworkParameters.development();
        return new NetworkParameters(
                new CuckooParameters(CuckooVariant.CUCKATOO, 10, 2),
                new Pacing(
                        SPACING_MILLIS,
                        0,
                        288 * SPACING_MILLIS,
                        CompactTarget.EASIEST_BITS,
                        CompactTarget.EASIEST_BITS),
                FinalityRules.development(),
                usual.limits(),
                usual.money(),
                usual.names(),
                usual.channels(),
                usual.oracles());
    }

    private Judgement judge(
            BlockVerifier verifier, HeaderContext context, Ledger parent, BareBlock block) {
        Judgement known = judgements.get(block);
        if (known == null) {
            known = verifier.apply(context, parent, block);
            judgements.put(block, known);
        }
        return known;
    }

    Genesis genesis() {
        return genesis;
    }

    HeaderVerifier headers() {
        return headers;
    }

    Chain open(SimulatedDisk disk, Optional<Checkpoint> trusted) {
        return Chain.open(new ChainMemory(genesis, disk, cache, trusted, Pruning.NONE), judges);
    }

    void keep(BlockCommit commit) {
        nodes.putAll(commit.nodes());
        blocks.computeIfAbsent(commit.index().hash(), hash -> Block.decode(commit.block()));
    }

    /** Keeps a block that was just made, so that all nodes share it. */
    Block keep(Block block) {
        return blocks.computeIfAbsent(block.hash(), hash -> block);
    }

    Block block(Hash hash) {
        Block block = blocks.get(hash);
        if (block == null) {
            throw new IllegalStateException("no block " + hash);
        }
        return block;
    }

    /** A block with a proof of work on what {@code context} and {@code before} say. */
    Block mine(
            HeaderContext context,
            Ledger before,
            List<SignedTransaction> candidates,
            Proposal proposal) {
        Block unsolved = assembler.assemble(context, before, candidates, proposal).unsolved();
        return keep(solved(unsolved));
    }

    long earliestTimeMillis(HeaderContext context) {
        return assembler.earliestTimeMillis(context);
    }

    Block solved(Block unsolved) {
        CompactTarget target = CompactTarget.decode(unsolved.header().targetBits());
        Miner.Find find =
                Miner.search(
                                solver,
                                nonce ->
                                        unsolved.header()
                                                .withWork(nonce, List.of())
                                                .workBytes()
                                                .toArray(),
                                0,
                                proof ->
                                        target.isMetBy(
                                                HeaderVerifier.workHash(solver.parameters(), proof)
                                                        .toArray()),
                                () -> false)
                        .orElseThrow();
        return unsolved.withWork(
                find.nonce(), Arrays.stream(find.proof().edges()).boxed().toList());
    }

    static KeyPair key(int number) {
        byte[] seed = new byte[KeyPair.SEED_SIZE];
        Arrays.fill(seed, (byte) (number + 1));
        return KeyPair.ofSeed(Bytes.of(seed));
    }

    @Override
    public void close() {
        solver.close();
    }
}

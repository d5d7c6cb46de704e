package io.wormhole.settlement.chain;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockAssembler;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.block.HeaderVerifier;
import io.wormhole.settlement.block.Proposal;
import io.wormhole.settlement.consensus.CompactTarget;
import io.wormhole.settlement.cuckoo.CuckooSolver;
import io.wormhole.settlement.cuckoo.Miner;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoredBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A chain in a store of its own, and valid blocks for it on any parent. */
public final class Forge implements AutoCloseable {
    /** Three people with 1000 DSD each; Alice and Bob have a stake of 100 DSD each. */
    public static final Genesis GENESIS = genesis();

    private final ChainStore store;
    private final Chain chain;
    private final BlockAssembler assembler = new BlockAssembler(GENESIS);

    /** Opens the chain in {@code folder}, or begins one. */
    public Forge(Path folder) {
        this(ChainStore.open(folder.resolve("chain"), GENESIS.networkId(), 1 << 20), History.FULL);
    }

    /** The same in any store, with another number of old states. */
    public Forge(ChainStore store, History history) {
        this.store = store;
        this.chain =
                Chain.open(GENESIS, store, new NodeCache(store, 5_000), Optional.empty(), history);
    }

    private static Genesis genesis() {
        Amount dsd = Amount.of(1_000_000_000L);
        return Genesis.development(
                1_000_000,
                Map.of(
                        Alice.ADDRESS, dsd.times(1000),
                        Bob.ADDRESS, dsd.times(1000),
                        Mallory.ADDRESS, dsd.times(1000)),
                Map.of(Alice.ADDRESS, dsd.times(100), Bob.ADDRESS, dsd.times(100)));
    }

    /** The chain. */
    public Chain chain() {
        return chain;
    }

    /** Its store. */
    public ChainStore store() {
        return store;
    }

    /** A valid block on {@code parent}; {@code salt} tells siblings apart. */
    public Block block(StoredBlock parent, int salt, SignedTransaction... transactions) {
        HeaderContext context = chain.contextAfter(parent);
        Ledger before = chain.open(parent.header());
        byte[] entropy = new byte[Hash.SIZE];
        entropy[0] = (byte) salt;
        Block unsolved =
                assembler
                        .assemble(
                                context,
                                before,
                                List.of(transactions),
                                new Proposal(
                                        Mallory.ADDRESS,
                                        assembler.earliestTimeMillis(context),
                                        new Hash(Bytes.of(entropy))))
                        .unsolved();
        return solved(GENESIS, unsolved);
    }

    /** The block with a proof of work that meets its target. */
    public static Block solved(Genesis genesis, Block unsolved) {
        CompactTarget target = CompactTarget.decode(unsolved.header().targetBits());
        try (CuckooSolver solver = CuckooSolver.lean(genesis.parameters().cuckoo())) {
            Miner.Find find =
                    Miner.search(
                                    solver,
                                    nonce -> work(unsolved, nonce),
                                    0,
                                    proof ->
                                            target.isMetBy(
                                                    HeaderVerifier.workHash(
                                                                    solver.parameters(), proof)
                                                            .toArray()),
                                    () -> false)
                            .orElseThrow();
            return unsolved.withWork(
                    find.nonce(), Arrays.stream(find.proof().edges()).boxed().toList());
        }
    }

    private static byte[] work(Block block, long nonce) {
        return block.header().withWork(nonce, List.of()).workBytes().toArray();
    }

    /** Imports a block on {@code parent} and returns where it is stored. */
    public StoredBlock extend(StoredBlock parent, int salt, SignedTransaction... transactions) {
        ImportResult result =
                chain.importBlock(block(parent, salt, transactions), Long.MAX_VALUE / 4);
        if (result instanceof ImportResult.Imported imported) {
            return imported.stored();
        }
        throw new AssertionError("not imported: " + result);
    }

    /** Imports so many blocks on {@code parent}, with the votes of {@code voters}. */
    public StoredBlock extend(StoredBlock parent, int salt, int blocks, KeyPair... voters) {
        StoredBlock tip = parent;
        for (int i = 0; i < blocks; i++) {
            tip = extend(tip, salt, votes(tip, voters).toArray(SignedTransaction[]::new));
        }
        return tip;
    }

    /** The votes that may be in a block on {@code parent}. */
    public List<SignedTransaction> votes(StoredBlock parent, KeyPair... voters) {
        var rules = GENESIS.parameters().finality();
        long height = parent.index().height() + 1;
        if (rules.isCheckpoint(height)) {
            return List.of();
        }
        var state =
                chain.open(parent.header())
                        .finality()
                        .beginBlock(height, parent.index().hash(), rules)
                        .state();
        List<SignedTransaction> votes = new ArrayList<>();
        for (KeyPair voter : voters) {
            state.voteFor(voter.address())
                    .ifPresent(
                            vote ->
                                    votes.add(
                                            sign(
                                                    voter,
                                                    Nonce.ZERO,
                                                    Amount.ZERO,
                                                    new FinalityTransaction.Vote(
                                                            vote.source(), vote.target()))));
        }
        return votes;
    }

    /** A transfer of one DSD. */
    public SignedTransaction pay(KeyPair from, Address to, long nonce) {
        return sign(
                from,
                new Nonce(nonce),
                GENESIS.parameters().minimumGasPrice(),
                new Transfer(to, Amount.of(1_000_000_000L)));
    }

    private static SignedTransaction sign(
            KeyPair key, Nonce nonce, Amount price, TransactionBody body) {
        return Transaction.of(key.publicKey(), nonce, price, body)
                .signedBy(key, GENESIS.networkId());
    }

    @Override
    public void close() {
        store.close();
    }
}

package io.wormhole.benchmarks.ledger;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.settlement.block.Assembly;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockAssembler;
import io.wormhole.settlement.block.GenesisBlock;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.block.HeaderVerifier;
import io.wormhole.settlement.block.Proposal;
import io.wormhole.settlement.consensus.CompactTarget;
import io.wormhole.settlement.cuckoo.CuckooSolver;
import io.wormhole.settlement.cuckoo.Miner;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.SignatureCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Makes blocks of a development network, one after the other. */
final class Mint {
    private static final Amount WEALTH = Amount.of(1_000_000_000_000L);
    private static final int MEDIAN = 11;
    private static final Signature NO_SIGNATURE = new Signature(Bytes.of(new byte[64]));

    private final Genesis genesis;
    private final List<KeyPair> people = new ArrayList<>();
    private final BlockAssembler assembler;
    private final List<BlockHeader> headers = new ArrayList<>();
    private final List<Long> nonces = new ArrayList<>();
    private Ledger ledger;

    /** A network with so many people who pay, and so many accounts that only are. */
    Mint(int payers, int others) {
        TreeMap<Address, Amount> allocations = new TreeMap<>();
        for (int i = 0; i < payers; i++) {
            KeyPair key =
                    KeyPair.ofSeed(Hash.of(DomainTag.ENTROPY, Amount.of(i)).bytes());
            people.add(key);
            nonces.add(0L);
            allocations.put(key.address(), WEALTH);
        }
        for (int i = 0; i < others; i++) {
            allocations.put(other(i), WEALTH);
        }
        TreeMap<Address, Amount> stakes = new TreeMap<>();
        stakes.put(people.get(0).address(), Amount.of(100_000_000_000L));
        genesis = new Genesis(NetworkParameters.development(), 1_000_000, allocations, stakes);
        assembler = new BlockAssembler(genesis, SignatureCheck.DONE_BEFORE);
        ledger = Ledger.atGenesis(genesis);
        headers.add(GenesisBlock.of(genesis).header());
    }

    static Address other(int number) {
        return new Address(Hash.of(DomainTag.ADDRESS, Amount.of(number)));
    }

    Genesis genesis() {
        return genesis;
    }

    Ledger ledger() {
        return ledger;
    }

    void replace(Ledger same) {
        ledger = same;
    }

    List<BlockHeader> headers() {
        return headers;
    }

    HeaderContext context() {
        List<BlockHeader> recent =
                headers.subList(Math.max(0, headers.size() - MEDIAN), headers.size());
        return new HeaderContext(
                recent.get(recent.size() - 1),
                recent.stream().map(BlockHeader::timeMillis).toList());
    }

    /** The next transaction of a payer. */
    SignedTransaction sign(int payer, TransactionBody body) {
        nonces.set(payer, nonces.get(payer) + 1);
        return Transaction.of(
                        people.get(payer).publicKey(),
                        new Nonce(nonces.get(payer)),
                        Amount.of(10),
                        body)
                .signedBy(people.get(payer), genesis.networkId());
    }

    /** The next transaction of a payer without a signature, for who does not look at it. */
    SignedTransaction unsigned(int payer, TransactionBody body) {
        nonces.set(payer, nonces.get(payer) + 1);
        return new SignedTransaction(
                Transaction.of(
                        people.get(payer).publicKey(),
                        new Nonce(nonces.get(payer)),
                        Amount.of(10),
                        body),
                NO_SIGNATURE);
    }

    /** The vote of the one validator that may stand in a block at {@code height}. */
    List<SignedTransaction> votes(long height) {
        var rules = genesis.parameters().finality();
        if (rules.isCheckpoint(height)) {
            return List.of();
        }
        return ledger.finality()
                .beginBlock(height, headers.get(headers.size() - 1).hash(), rules)
                .state()
                .voteFor(people.get(0).address())
                .map(
                        vote ->
                                List.of(
                                        Transaction.of(
                                                        people.get(0).publicKey(),
                                                        Nonce.ZERO,
                                                        Amount.ZERO,
                                                        new FinalityTransaction.Vote(
                                                                vote.source(), vote.target()))
                                                .signedBy(people.get(0), genesis.networkId())))
                .orElse(List.of());
    }

    Address payer(int number) {
        return people.get(number).address();
    }

    Assembly assemble(List<SignedTransaction> transactions) {
        HeaderContext context = context();
        Assembly assembly =
                assembler.assemble(
                        context,
                        ledger,
                        transactions,
                        new Proposal(
                                people.get(0).address(),
                                assembler.earliestTimeMillis(context),
                                Hash.ZERO));
        if (!assembly.dropped().isEmpty()) {
            throw new IllegalStateException("refused: " + assembly.dropped().get(0).refusal());
        }
        return assembly;
    }

    /** A solved block of these transactions on the last one. */
    Block next(List<SignedTransaction> transactions) {
        return next(assemble(transactions));
    }

    /** What was assembled on the last block, solved. */
    Block next(Assembly assembly) {
        Block block = solved(assembly.unsolved());
        ledger = assembly.effects().ledger();
        headers.add(block.header());
        return block;
    }

    private Block solved(Block unsolved) {
        CompactTarget target = CompactTarget.decode(unsolved.header().targetBits());
        try (CuckooSolver solver = CuckooSolver.lean(genesis.parameters().cuckoo())) {
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
                                                    HeaderVerifier.workHash(
                                                                    solver.parameters(), proof)
                                                            .toArray()),
                                    () -> false)
                            .orElseThrow();
            return unsolved.withWork(
                    find.nonce(), Arrays.stream(find.proof().edges()).boxed().toList());
        }
    }
}

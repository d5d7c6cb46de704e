package io.wormhole.benchmarks.oracle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.ledger.BlockContext;
import io.wormhole.settlement.ledger.BlockSteps;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.Outcome;
import io.wormhole.settlement.ledger.SignatureCheck;
import io.wormhole.settlement.ledger.Transitions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The ledgers of a chain of a development network, block after block; signatures are not looked at. */
final class QuestionChain {
    private static final Signature NO_SIGNATURE = new Signature(Bytes.of(new byte[64]));
    private static final Amount WEALTH = Amount.of(1_000_000_000_000_000L);

    /** What a block took, in nanoseconds, and what its upkeep changed. */
    record Times(long upkeep, long block, int changed) {}

    /** A transaction's sender and body. */
    record Wish(KeyPair sender, TransactionBody body) {}

    private final NetworkParameters parameters = NetworkParameters.development();
    private final List<KeyPair> validators = people(0x100, 100);
    private final List<KeyPair> askers = people(0x200, 8);
    private final Genesis genesis;
    private Ledger ledger;
    private long height;

    QuestionChain() {
        TreeMap<Address, Amount> funds = new TreeMap<>();
        TreeMap<Address, Amount> stakes = new TreeMap<>();
        validators.forEach(who -> funds.put(who.address(), WEALTH));
        validators.forEach(who -> stakes.put(who.address(), Amount.of(100_000_000_000L)));
        askers.forEach(who -> funds.put(who.address(), WEALTH));
        genesis = new Genesis(parameters, 1_000_000, funds, stakes);
        ledger = Ledger.atGenesis(genesis);
    }

    private static List<KeyPair> people(int from, int count) {
        List<KeyPair> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(KeyPair.ofSeed(Hash.of(DomainTag.ENTROPY, Amount.of(from + i)).bytes()));
        }
        return people;
    }

    NetworkParameters parameters() {
        return parameters;
    }

    List<KeyPair> validators() {
        return validators;
    }

    List<KeyPair> askers() {
        return askers;
    }

    Ledger ledger() {
        return ledger;
    }

    long height() {
        return height;
    }

    Nonce nextNonce(KeyPair who) {
        return ledger.account(who.address()).orElseThrow().nonce().next();
    }

    /** The next block with these transactions; all must be taken. */
    Times next(List<Wish> wishes) {
        height++;
        BlockContext context =
                new BlockContext(
                        parameters,
                        genesis.networkId(),
                        new BlockHeight(height),
                        askers.get(0).address(),
                        SignatureCheck.DONE_BEFORE);
        long begun = System.nanoTime();
        ledger = BlockSteps.begin(ledger, context, hash(height - 1));
        long before = System.nanoTime();
        Outcome.Applied upkeep = BlockSteps.upkeep(ledger, context);
        long after = System.nanoTime();
        ledger = upkeep.ledger();
        Amount income = upkeep.rent();
        for (Wish wish : wishes) {
            Nonce nonce = nextNonce(wish.sender());
            income = income.plus(apply(wish, nonce, Amount.of(10), context));
        }
        if (!parameters.finality().isCheckpoint(height)) {
            finality(context);
        }
        ledger = BlockSteps.end(ledger, context, income);
        // What a header needs: all that changed is hashed.
        ledger.roots(Hash.ZERO, Hash.ZERO);
        long ended = System.nanoTime();
        int changed =
                (int)
                        upkeep.facts().stream()
                                .filter(LedgerFact.OracleChanged.class::isInstance)
                                .count();
        return new Times(after - before, ended - begun, changed);
    }

    private static Hash hash(long height) {
        return Hash.of(DomainTag.ENTROPY, Amount.of(height));
    }

    private void finality(BlockContext context) {
        for (KeyPair who : validators) {
            ledger.finality()
                    .voteFor(who.address())
                    .ifPresent(
                            vote ->
                                    apply(
                                            new Wish(
                                                    who,
                                                    new FinalityTransaction.Vote(
                                                            vote.source(), vote.target())),
                                            Nonce.ZERO,
                                            Amount.ZERO,
                                            context));
        }
    }

    private Amount apply(Wish wish, Nonce nonce, Amount gasPrice, BlockContext context) {
        Transaction transaction =
                Transaction.of(wish.sender().publicKey(), nonce, gasPrice, wish.body());
        Outcome outcome =
                Transitions.apply(
                        ledger, new SignedTransaction(transaction, NO_SIGNATURE), context);
        if (!(outcome instanceof Outcome.Applied applied)) {
            throw new IllegalStateException(
                    "refused: " + ((Outcome.Rejected) outcome).refusal().message());
        }
        ledger = applied.ledger();
        return applied.fee().plus(applied.rent());
    }
}

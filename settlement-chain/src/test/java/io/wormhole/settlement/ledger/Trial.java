package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.consensus.Progress;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.genesis.TestParameters;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ledger with Alice, Bob and Mallory on it, to which a test submits transactions. */
final class Trial {
    static final Amount GAS_PRICE = NetworkParameters.development().minimumGasPrice();
    static final long DSD = 1_000_000_000L;
    static final Amount WEALTH = Amount.of(1_000_000 * DSD);
    static final KeyPair MINER_KEYS = KeyPair.ofSeed(Alice.KEYS.publicKey().bytes());
    static final Address MINER = MINER_KEYS.address();

    private final NetworkParameters parameters;
    private final NetworkId network;
    private Ledger ledger;
    private long height = 10;

    private Trial(NetworkParameters parameters) {
        this.parameters = parameters;
        Map<Address, Amount> rich =
                Map.of(Alice.ADDRESS, WEALTH, Bob.ADDRESS, WEALTH, Mallory.ADDRESS, WEALTH);
        Map<Address, Amount> stakes = Map.of(Alice.ADDRESS, Amount.of(100 * DSD));
        Genesis genesis =
                new Genesis(parameters, 1_000_000, new TreeMap<>(rich), new TreeMap<>(stakes));
        this.network = genesis.networkId();
        this.ledger = Ledger.atGenesis(genesis);
    }

    /** On a development network, at height 10. */
    static Trial start() {
        return new Trial(NetworkParameters.development());
    }

    /** On a network with rent. */
    static Trial withRent(long perBlock, long deleteReward) {
        return new Trial(TestParameters.withRent(perBlock, deleteReward));
    }

    /** On a network with these parameters. */
    static Trial on(NetworkParameters parameters) {
        return new Trial(parameters);
    }

    Trial at(long newHeight) {
        height = newHeight;
        return this;
    }

    /** Begins the block at {@code newHeight}: does what is due about questions. */
    Outcome.Applied upkeepAt(long newHeight) {
        height = newHeight;
        Outcome.Applied applied = BlockSteps.upkeep(ledger, context());
        assertThat(LedgerAudit.held(applied.ledger()) + booked(applied.ledger()))
                .as("money before and after")
                .isEqualTo(LedgerAudit.held(ledger) + booked(ledger) - applied.rent().baseUnits());
        ledger = applied.ledger();
        return applied;
    }

    long height() {
        return height;
    }

    NetworkId network() {
        return network;
    }

    NetworkParameters parameters() {
        return parameters;
    }

    Ledger ledger() {
        return ledger;
    }

    void replace(Ledger changed) {
        ledger = changed;
    }

    BlockContext context() {
        return new BlockContext(
                parameters, network, new BlockHeight(height), MINER, SignatureCheck.FULL);
    }

    Amount balance(Address address) {
        return ledger.account(address).map(AccountEntry::balance).orElse(Amount.ZERO);
    }

    Nonce nextNonce(KeyPair sender) {
        return ledger.account(sender.address())
                .map(account -> account.nonce().next())
                .orElse(new Nonce(1));
    }

    SignedTransaction signed(KeyPair sender, TransactionBody body) {
        return signed(sender, body, 0, 0);
    }

    SignedTransaction signed(KeyPair sender, TransactionBody body, long time, long space) {
        return new Transaction(
                        sender.publicKey(),
                        nextNonce(sender),
                        GAS_PRICE,
                        time,
                        space,
                        Optional.empty(),
                        body)
                .signedBy(sender, network);
    }

    static SignedTransaction vote(
            KeyPair sender, NetworkId network, Checkpoint source, Checkpoint target) {
        return Transaction.of(
                        sender.publicKey(),
                        Nonce.ZERO,
                        Amount.ZERO,
                        new FinalityTransaction.Vote(source, target))
                .signedBy(sender, network);
    }

    /** Applies a transaction; every base unit must be accounted for. */
    Outcome submit(SignedTransaction transaction) {
        Outcome outcome = Transitions.apply(ledger, transaction, context());
        if (outcome instanceof Outcome.Applied applied) {
            long before = LedgerAudit.held(ledger) + booked(ledger);
            long after = LedgerAudit.held(applied.ledger()) + booked(applied.ledger());
            assertThat(after + applied.fee().baseUnits() + applied.rent().baseUnits())
                    .as("money before and after")
                    .isEqualTo(before);
            ledger = applied.ledger();
        }
        return outcome;
    }

    Outcome.Applied accept(SignedTransaction transaction) {
        Outcome outcome = submit(transaction);
        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
        return (Outcome.Applied) outcome;
    }

    Outcome.Applied accept(KeyPair sender, TransactionBody body) {
        return accept(signed(sender, body));
    }

    <R extends Refusal> R refuse(SignedTransaction transaction, Class<R> why) {
        Outcome outcome = submit(transaction);
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        Refusal refusal = ((Outcome.Rejected) outcome).refusal();
        assertThat(refusal).isInstanceOf(why);
        assertThat(refusal.code()).matches("[a-z]+(-[a-z]+)*");
        assertThat(refusal.message()).isNotBlank().doesNotContain("\n");
        return why.cast(refusal);
    }

    <R extends Refusal> R refuse(KeyPair sender, TransactionBody body, Class<R> why) {
        return refuse(signed(sender, body), why);
    }

    /** Makes the checkpoint of {@code epoch} the last final one. */
    void finalise(long epoch) {
        FinalityState state = ledger.finality();
        Checkpoint last = new Checkpoint(epoch, Alice.ADDRESS.hash());
        Progress progress =
                new Progress(
                        last,
                        last,
                        state.progress().dynasty(),
                        state.progress().dynastyFinalisedEpoch());
        ledger =
                ledger.withFinality(
                        new FinalityState(
                                state.votes(), progress, state.validators(), state.rewards()));
    }

    private static long booked(Ledger ledger) {
        return ledger.supply().burned().baseUnits() + ledger.supply().pool().baseUnits();
    }
}

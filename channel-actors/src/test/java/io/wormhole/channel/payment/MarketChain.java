package io.wormhole.channel.payment;

import io.wormhole.channel.decider.ChannelLedger;
import io.wormhole.channel.hop.HopRules;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A chain with little room in its blocks, prices that jump, and blocks that are undone. */
final class MarketChain {
    // So high that nobody follows, for less than the blocks to force; or high for long, so that
    // only who raises its price gets in.
    private static final int SPIKE_BLOCKS = 5;
    private static final Amount SPIKE = Amount.of(1_000);
    private static final int DEAR_BLOCKS = 80;
    private static final Amount DEAR = Amount.of(8);
    private static final int BLOCKS_BETWEEN = 12;

    private final SplittableRandom random;
    private final FakeSettlement chain;
    private final Map<Hash, ChannelTransaction> bodies = new HashMap<>();
    private final TreeMap<Long, Map<ChannelId, Set<Hash>>> stepped = new TreeMap<>();
    private FakeSettlement.State head;
    private FakeSettlement.State settled;
    private Amount high = Amount.ZERO;
    private long highUntil;

    MarketChain(SplittableRandom random, Map<Address, Amount> money, boolean remembers) {
        this.random = random;
        this.chain =
                new FakeSettlement(
                        TestNetwork.ID,
                        money,
                        new ChannelLedger(TestNetwork.ID, new VmContracts(), remembers));
        this.chain.follow(BlockHeight.ZERO, this::noticed);
        this.head = chain.state(Certainty.TENTATIVE);
        this.settled = head;
    }

    private CompletionStage<?> noticed(LedgerEvent event) {
        if (event instanceof LedgerEvent.BlockApplied block) {
            Map<ChannelId, Set<Hash>> ran = new HashMap<>();
            for (LedgerFact fact : block.facts()) {
                if (fact instanceof LedgerFact.TransactionApplied done
                        && bodies.get(done.transaction())
                                instanceof ChannelTransaction.ForceProgress step) {
                    ran.merge(step.channel(), Set.of(done.transaction()), MarketChain::both);
                }
            }
            stepped.put(block.height().value(), ran);
        } else if (event instanceof LedgerEvent.BlockUndone undone) {
            stepped.remove(undone.height().value());
        }
        return CompletableFuture.completedFuture(null);
    }

    private static Set<Hash> both(Set<Hash> one, Set<Hash> other) {
        Set<Hash> all = new HashSet<>(one);
        all.addAll(other);
        return Set.copyOf(all);
    }

    /** Opens channels for good. */
    void open(ChannelTerms terms, KeyPair one, KeyPair other) {
        Bytes content = terms.encoded();
        submit(
                one,
                new ChannelTransaction.Open(
                        terms,
                        List.of(
                                one.sign(DomainTag.CHANNEL_TERMS, TestNetwork.ID, content),
                                other.sign(DomainTag.CHANNEL_TERMS, TestNetwork.ID, content))),
                Amount.of(1),
                0,
                0);
        chain.mineFinal(1);
        refresh();
    }

    void setRoom(int transactions) {
        chain.setRoom(transactions);
    }

    /** Prices are high for the next blocks, when they have been low for long enough. */
    void spike() {
        long now = head.height().value();
        if (now > highUntil + BLOCKS_BETWEEN) {
            boolean dear = random.nextBoolean();
            high = dear ? DEAR : SPIKE;
            highUntil = now + 1 + random.nextInt(dear ? DEAR_BLOCKS : SPIKE_BLOCKS);
        }
    }

    /** Makes a block, perhaps a final one, or undoes one. */
    void tick(boolean calm) {
        chain.setLeastPrice(head.height().value() < highUntil ? high : Amount.ZERO);
        if (!calm && random.nextInt(25) == 0) {
            chain.reorganise(1, random.nextInt(4) == 0);
            chain.mine();
        }
        chain.mine();
        if (random.nextInt(3) > 0) {
            chain.finalise();
        }
        refresh();
    }

    private void refresh() {
        head = chain.state(Certainty.TENTATIVE);
        settled = chain.state(Certainty.FINAL);
    }

    BlockHeight height() {
        return head.height();
    }

    BlockHeight finalHeight() {
        return settled.height();
    }

    ChannelEntry entry(ChannelId channel, Certainty certainty) {
        FakeSettlement.State state = certainty == Certainty.FINAL ? settled : head;
        return Objects.requireNonNull(state.channels().get(channel));
    }

    /** Channels with steps that the block at this height may have run. */
    Map<ChannelId, Set<Hash>> stepped(BlockHeight height) {
        return stepped.getOrDefault(height.value(), Map.of());
    }

    List<Bytes> secrets(List<Hash> transactions) {
        return transactions.stream()
                .flatMap(id -> Optional.ofNullable(bodies.get(id)).stream())
                .flatMap(body -> secret(body).stream())
                .toList();
    }

    /** What waits shows a secret to whoever looks. */
    List<Bytes> waitingSecrets() {
        return secrets(chain.waiting().stream().map(SignedTransaction::id).toList());
    }

    private static Optional<Bytes> secret(ChannelTransaction body) {
        return body instanceof ChannelTransaction.ForceProgress step
                ? HopRules.secretIn(step.message())
                : Optional.empty();
    }

    FakeSettlement settlement() {
        return chain;
    }

    /** Brings it to the chain with the sender's next nonce. */
    SignedTransaction submit(
            KeyPair key, ChannelTransaction body, Amount price, long timeGas, long spaceGas) {
        SignedTransaction signed =
                new Transaction(
                                key.publicKey(),
                                chain.nextNonce(key.address()).toCompletableFuture().join(),
                                price,
                                timeGas,
                                spaceGas,
                                Optional.empty(),
                                body)
                        .signedBy(key, TestNetwork.ID);
        bring(signed);
        return signed;
    }

    void bring(SignedTransaction signed) {
        if (signed.transaction().body() instanceof ChannelTransaction body) {
            bodies.put(signed.id(), body);
        }
        chain.submit(signed).toCompletableFuture().join();
    }
}

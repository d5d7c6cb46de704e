package io.wormhole.benchmarks.channels;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.Following;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.settlement.LedgerObserver;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.settlement.SettlementHead;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A chain that takes every opening at once, so that nothing but channels is measured. */
final class OpenChain implements Settlement {
    private final NetworkId network;
    private final Map<ChannelId, ChannelEntry> entries = new ConcurrentHashMap<>();
    private final Map<Hash, BlockHeight> included = new ConcurrentHashMap<>();
    private final Map<Address, AtomicLong> nonces = new ConcurrentHashMap<>();
    private final List<LedgerObserver> observers = new CopyOnWriteArrayList<>();
    private final Map<ChannelId, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();
    private final AtomicLong looks = new AtomicLong();
    private long height = 10;

    OpenChain(NetworkId network) {
        this.network = network;
    }

    @Override
    public NetworkId network() {
        return network;
    }

    @Override
    public Amount gasPrice() {
        return Amount.of(1);
    }

    @Override
    public CompletionStage<List<Hash>> finalAnswers() {
        return done(List.of());
    }

    private static Hash hash(BlockHeight at) {
        return Hash.of(DomainTag.BLOCK, at);
    }

    @Override
    public synchronized CompletionStage<SettlementHead> head() {
        BlockHeight now = new BlockHeight(height);
        return done(new SettlementHead(now, hash(now), now, hash(now)));
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }

    @Override
    public synchronized CompletionStage<Submission> submit(SignedTransaction transaction) {
        height++;
        BlockHeight now = new BlockHeight(height);
        included.put(transaction.id(), now);
        next(transaction.transaction().sender().address()).incrementAndGet();
        if (transaction.transaction().body() instanceof ChannelTransaction.Challenge challenge) {
            Optional.ofNullable(awaited.get(challenge.channel()))
                    .ifPresent(answer -> answer.complete(null));
        }
        if (transaction.transaction().body() instanceof ChannelTransaction.Open open) {
            ChannelId channel = open.terms().id(network);
            entries.put(
                    channel,
                    new ChannelEntry(
                            open.terms(),
                            ChannelEntry.Phase.OPEN,
                            open.terms().initialState(network),
                            Nonce.ZERO,
                            0,
                            BlockHeight.ZERO,
                            now));
            tell(now, List.of(new LedgerFact.ChannelOpened(channel, open.terms())));
        }
        return done(new Submission.Accepted(transaction.id()));
    }

    /** A channel that was opened long ago. */
    void holds(ChannelTerms terms) {
        entries.put(
                terms.id(network),
                new ChannelEntry(
                        terms,
                        ChannelEntry.Phase.OPEN,
                        terms.initialState(network),
                        Nonce.ZERO,
                        0,
                        BlockHeight.ZERO,
                        new BlockHeight(1)));
    }

    /** The second participant closes with the opening state, in a block of its own. */
    synchronized void closesAlone(ChannelId channel) {
        height++;
        BlockHeight now = new BlockHeight(height);
        ChannelEntry open = entries.get(channel);
        ChannelEntry closing =
                new ChannelEntry(
                        open.terms(),
                        ChannelEntry.Phase.CLOSING,
                        open.recorded(),
                        open.agreed(),
                        1,
                        now.plus(open.terms().countdownBlocks()),
                        now);
        entries.put(channel, closing);
        Address closer = open.terms().participants().get(1).key().address();
        tell(
                now,
                List.of(
                        new LedgerFact.ChannelClosing(
                                channel, closer, open.recorded(), closing.closesAt())));
    }

    /** Complete when somebody shows a newer state of the channel. */
    CompletableFuture<Void> awaitChallenge(ChannelId channel) {
        return awaited.computeIfAbsent(channel, key -> new CompletableFuture<>());
    }

    /** How often channels were looked up in the last final block. */
    long looks() {
        return looks.get();
    }

    private void tell(BlockHeight now, List<LedgerFact> facts) {
        for (LedgerObserver observer : observers) {
            observer.onEvent(new LedgerEvent.BlockApplied(now, hash(now), facts));
            observer.onEvent(new LedgerEvent.Finalised(now, hash(now)));
        }
    }

    private AtomicLong next(Address address) {
        return nonces.computeIfAbsent(address, key -> new AtomicLong(1));
    }

    @Override
    public CompletionStage<TransactionStatus> transaction(Hash id) {
        BlockHeight at = included.get(id);
        return done(
                at == null
                        ? new TransactionStatus.Unknown()
                        : new TransactionStatus.Included(at, hash(at), Certainty.FINAL));
    }

    @Override
    public CompletionStage<Optional<InclusionProof>> inclusionProof(Hash id) {
        return done(Optional.empty());
    }

    @Override
    public CompletionStage<Optional<AccountEntry>> account(Address address, Certainty certainty) {
        return done(Optional.empty());
    }

    @Override
    public CompletionStage<Nonce> nextNonce(Address address) {
        return done(new Nonce(next(address).get()));
    }

    @Override
    public CompletionStage<Optional<ChannelEntry>> channel(ChannelId channel, Certainty certainty) {
        if (certainty == Certainty.FINAL) {
            looks.incrementAndGet();
        }
        return done(Optional.ofNullable(entries.get(channel)));
    }

    @Override
    public CompletionStage<Optional<NameEntry>> name(Name name, Certainty certainty) {
        return done(Optional.empty());
    }

    @Override
    public Following follow(BlockHeight after, LedgerObserver observer) {
        observers.add(observer);
        return () -> observers.remove(observer);
    }
}

package io.wormhole.settlement.node;

import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.Following;
import io.wormhole.protocol.settlement.LedgerObserver;
import io.wormhole.protocol.settlement.QuestionBook;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.chain.ChainEvents;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.light.LightClient;
import io.wormhole.settlement.light.LightStart;
import io.wormhole.settlement.light.TrustedCheckpoint;
import io.wormhole.settlement.peer.PeerHub;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A node that stores no chain: it follows headers and finality proofs, and believes full nodes
 * nothing that they cannot prove. Everything happens on one thread of its own, which may wait for
 * the network.
 */
public final class LightNode {
    private final LightSettings settings;
    private final Logger log;
    private final ScheduledExecutorService thread;
    private final List<ReconnectingGateway> gateways;
    private final LightClient client;
    private final LightReading reading;
    private final ChainEvents events;
    private final OwnTransactions own = new OwnTransactions();
    private final List<LightFollowing> followings = new ArrayList<>();
    private final CompletableFuture<NodeEnd> end = new CompletableFuture<>();
    private volatile LightStatus status;
    private volatile Amount gasPrice;
    private @Nullable ScheduledFuture<?> polling;
    private Hash handled = Hash.ZERO;
    private long answeredMillis;

    private LightNode(
            LightSettings settings,
            Logger log,
            ScheduledExecutorService thread,
            List<ReconnectingGateway> gateways,
            TrustedCheckpoint start) {
        this.settings = settings;
        this.log = log;
        this.thread = thread;
        this.gateways = gateways;
        this.client = new LightClient(settings.genesis(), start, List.copyOf(gateways));
        this.reading = new LightReading(client);
        this.events = new ChainEvents(client.history());
        this.gasPrice = settings.genesis().parameters().minimumGasPrice();
        this.status = look();
    }

    /**
     * Starts a light node. The stage fails with {@link NodeStartRefused} when there is nothing that
     * it may begin with; servers that cannot be reached yet are no reason.
     */
    public static CompletionStage<LightNode> start(ActorSystem<?> system, LightSettings settings) {
        ScheduledExecutorService thread = newThread();
        Links links =
                Links.of(
                        system,
                        LinkIdentity.of(settings.nodeKey().seed().toArray()),
                        LinkLimits.defaults()
                                .withMaxFrameBytes(PeerHub.frameBytes(settings.genesis())));
        return CompletableFuture.supplyAsync(
                        () -> {
                            List<ReconnectingGateway> gateways =
                                    settings.servers().stream()
                                            .map(
                                                    endpoint ->
                                                            new ReconnectingGateway(
                                                                    settings.genesis(),
                                                                    links,
                                                                    endpoint,
                                                                    settings.clock()))
                                            .toList();
                            LightNode node =
                                    new LightNode(
                                            settings,
                                            system.log(),
                                            thread,
                                            gateways,
                                            first(settings, gateways));
                            node.begin();
                            return node;
                        },
                        thread)
                .whenComplete(
                        (node, failure) -> {
                            if (failure != null) {
                                thread.shutdown();
                            }
                        });
    }

    private static ScheduledExecutorService newThread() {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        work -> {
                            Thread thread = new Thread(work, "settlement-light");
                            thread.setDaemon(true);
                            return thread;
                        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    /** The newest of what is stored and what was named; without either genesis. */
    private static TrustedCheckpoint first(
            LightSettings settings, List<ReconnectingGateway> gateways) {
        Genesis genesis = settings.genesis();
        Optional<TrustedCheckpoint> stored = stored(settings);
        long storedEpoch =
                stored.map(known -> known.epoch(genesis.parameters().finality())).orElse(-1L);
        TrustedCheckpoint start =
                settings.trusted()
                        .filter(named -> named.epoch() > storedEpoch)
                        .map(
                                named ->
                                        LightStart.named(genesis, named, gateways)
                                                .orElseThrow(
                                                        () ->
                                                                new NodeStartRefused(
                                                                        without(gateways) + named)))
                        .or(() -> stored)
                        .orElseGet(() -> TrustedCheckpoint.genesis(genesis));
        Optional<Duration> bound = LightStart.tooOldBy(genesis, start, settings.clock().millis());
        if (bound.isPresent()) {
            throw new NodeStartRefused(
                    "the last known final checkpoint, of epoch %d, is older than a stake is bound (%s): give a newer one from somebody you trust"
                            .formatted(start.epoch(genesis.parameters().finality()), bound.get()));
        }
        return start;
    }

    private static Optional<TrustedCheckpoint> stored(LightSettings settings) {
        try {
            return LightStart.stored(settings.state());
        } catch (IOException unreadable) {
            throw new NodeStartRefused("state of the light node: " + unreadable.getMessage());
        }
    }

    private void begin() {
        poll();
        polling =
                thread.scheduleWithFixedDelay(
                        this::poll,
                        settings.poll().toMillis(),
                        settings.poll().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private static String without(List<ReconnectingGateway> gateways) {
        return gateways.stream().anyMatch(ReconnectingGateway::isReached)
                ? "no full node's chain contains the trusted checkpoint "
                : "no full node was reached to begin at the trusted checkpoint ";
    }

    // --- on its thread ---------------------------------------------------------------------------

    private void poll() {
        try {
            client.poll();
            if (gateways.stream().anyMatch(ReconnectingGateway::isReached)) {
                answeredMillis = settings.clock().millis();
            }
            if (!client.checkpoint().hash().equals(handled)) {
                onFinal();
            }
            // One that cannot go on holds up no other.
            followings.forEach(this::again);
            followings.removeIf(LightFollowing::isClosed);
            client.forgetBelow(
                    followings.stream()
                            .mapToLong(LightFollowing::lowest)
                            .min()
                            .orElse(client.checkpoint().height()));
        } catch (LightClient.NoAnswer silence) {
            log.debug("The light node waits: {}", silence.getMessage());
        } catch (RuntimeException bug) {
            log.error("The light node ends", bug);
            end.complete(new NodeEnd(false, String.valueOf(bug.getMessage())));
            close();
        }
        status = look();
    }

    /** There is a new final checkpoint. */
    private void onFinal() {
        TrustedCheckpoint reached = client.checkpoint();
        gasPrice = reading.governance().applyTo(settings.genesis().parameters()).minimumGasPrice();
        own.settle(sender -> reading.account(sender, Certainty.FINAL).map(AccountEntry::nonce));
        own.all().forEach(this::offer);
        try {
            LightStart.keep(settings.state(), reached);
        } catch (IOException disk) {
            // An older checkpoint does as well; it only costs more at the next start.
            log.warn("The light node's state is not stored: {}", disk.toString());
        }
        handled = reached.hash();
    }

    private LightStatus look() {
        return new LightStatus(
                client.tip(),
                client.checkpoint().header(),
                gateways.size() - client.liars().size(),
                client.liars(),
                answeredMillis);
    }

    private void advance(LightFollowing following) {
        following.advance(
                client.tip().height().value(),
                client.checkpoint().height(),
                thread,
                () -> again(following));
    }

    private void again(LightFollowing following) {
        try {
            advance(following);
        } catch (LightClient.NoAnswer silence) {
            log.debug("A follower waits: {}", silence.getMessage());
        }
    }

    /** Hands a transaction to all servers; empty when none has answered. */
    private Optional<Submission> offer(SignedTransaction transaction) {
        Optional<Submission> said = Optional.empty();
        for (ReconnectingGateway gateway : gateways) {
            Optional<Submission> answer =
                    client.liars().containsKey(gateway.name())
                            ? Optional.empty()
                            : client.ask(gateway, asked -> gateway.submit(transaction));
            boolean isBetter =
                    said.isEmpty()
                            || answer.filter(Submission.Accepted.class::isInstance).isPresent();
            said = isBetter ? answer : said;
        }
        return said;
    }

    /** What a node of this network would say at once is not asked of one. */
    Submission submit(SignedTransaction transaction) {
        if (!transaction.isSignedFor(settings.genesis().networkId())) {
            return new Submission.Refused(
                    "bad-signature",
                    "the transaction is not signed by its sender for this network");
        }
        Submission said =
                offer(transaction)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "no full node was reached: " + client.liars()));
        if (said instanceof Submission.Accepted) {
            own.add(transaction);
        }
        return said;
    }

    LightReading reading() {
        return reading;
    }

    LightClient client() {
        return client;
    }

    OwnTransactions own() {
        return own;
    }

    // --- for everybody ---------------------------------------------------------------------------

    /** Runs work on the node's thread. */
    <T> CompletionStage<T> onThread(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread);
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.failedFuture(stopped);
        }
    }

    Following follow(BlockHeight after, LedgerObserver observer) {
        LightFollowing following = new LightFollowing(events, after, observer, log);
        onThread(
                        () -> {
                            followings.add(following);
                            again(following);
                            return following;
                        })
                .whenComplete(
                        (started, failure) -> {
                            if (failure != null) {
                                log.warn("A follower of the chain does not start", failure);
                            }
                        });
        return following;
    }

    Amount gasPrice() {
        return gasPrice;
    }

    /** The network. */
    public Genesis genesis() {
        return settings.genesis();
    }

    /** The chain as its users see it. */
    public Settlement settlement() {
        return new LightSettlement(this);
    }

    /** The questions to the world. */
    public QuestionBook questions() {
        return new LightSettlement(this);
    }

    /** Where it stands. */
    public LightStatus status() {
        return status;
    }

    /** Completes when the node has ended, however that came about. */
    public CompletionStage<NodeEnd> whenEnded() {
        return end.minimalCompletionStage();
    }

    /** Stops the node; the stage completes when its links are closed. */
    public CompletionStage<NodeEnd> stop() {
        onThread(
                        () -> {
                            close();
                            return end.complete(new NodeEnd(true, "stopped"));
                        })
                .whenComplete((done, failure) -> end.complete(new NodeEnd(true, "stopped")));
        return whenEnded();
    }

    private void close() {
        followings.forEach(LightFollowing::close);
        gateways.forEach(ReconnectingGateway::close);
        if (polling != null) {
            polling.cancel(false);
        }
        thread.shutdown();
    }
}

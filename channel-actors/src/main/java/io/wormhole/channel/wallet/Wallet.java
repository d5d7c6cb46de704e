package io.wormhole.channel.wallet;

import io.wormhole.channel.proto.TransactionSettled;
import io.wormhole.channel.proto.WalletEvent;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The wallet of one key. It signs one transaction at a time, stores it, submits it, and looks after
 * it at every new block until it is final: what fell out is submitted again, what lost its nonce
 * for good is signed again, what the rules refuse is given up and reported. A nonce that was given
 * up is the first to be used again, if need be by a transfer of nothing to oneself, so that later
 * transactions never wait behind a gap.
 */
public final class Wallet extends EventSourcedBehavior<Wallet.Command, WalletEvent, WalletMemory> {
    /** What the actor understands. */
    public sealed interface Command {}

    /**
     * Wants {@code body} on the chain, once per purpose; repeating a wish joins it.
     *
     * @param dataHash goes with the transaction, to prove that something existed
     * @param replyTo told when it is final or given up
     */
    public record Bring(
            String purpose,
            TransactionBody body,
            long timeGasLimit,
            long spaceGasLimit,
            Optional<Hash> dataHash,
            ActorRef<Payment> replyTo)
            implements Command {
        /** Without a data hash. */
        public Bring(
                String purpose,
                TransactionBody body,
                long timeGasLimit,
                long spaceGasLimit,
                ActorRef<Payment> replyTo) {
            this(purpose, body, timeGasLimit, spaceGasLimit, Optional.empty(), replyTo);
        }
    }

    /** The chain moved: look after what waits. */
    public record LookAfter() implements Command {}

    private record Priced(Wish wish, Nonce nonce) implements Command {}

    private record Answered(Attempt attempt, Submission submission) implements Command {}

    private record Seen(
            String purpose,
            SignedTransaction transaction,
            Optional<Nonce> finalNonce,
            Whereabouts found)
            implements Command {}

    private record NextSeen(Nonce next) implements Command {}

    private record SigningFailed(String what, Throwable cause) implements Command {}

    private record LookFailed(String purpose, Throwable cause) implements Command {}

    private static final int EVENTS_PER_SNAPSHOT = 200;
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final ActorContext<Command> context;
    private final KeyPair key;
    private final Settlement settlement;
    private final Wishes wishes = new Wishes();
    private final FeeBump bump = new FeeBump();
    private final Set<String> askedWhere = new HashSet<>();
    // Wishes are signed one after the other, so that two never get the same nonce.
    private boolean signing;

    private Wallet(ActorContext<Command> context, KeyPair key, Settlement settlement) {
        super(
                PersistenceId.of("wallet", key.address().toString()),
                SupervisorStrategy.restartWithBackoff(FIRST_RETRY, LAST_RETRY, 0.1));
        this.context = context;
        this.key = key;
        this.settlement = settlement;
    }

    /** The wallet of {@code key} on this chain. */
    public static Behavior<Command> create(KeyPair key, Settlement settlement) {
        return Behaviors.setup(context -> new Wallet(context, key, settlement));
    }

    @Override
    public WalletMemory emptyState() {
        return WalletMemory.EMPTY;
    }

    @Override
    public CommandHandler<Command, WalletEvent, WalletMemory> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Bring.class, this::bring)
                .onCommand(Priced.class, this::priced)
                .onCommand(Answered.class, this::answered)
                .onCommand(LookAfter.class, this::lookAfter)
                .onCommand(Seen.class, this::seen)
                .onCommand(NextSeen.class, this::nextSeen)
                .onCommand(SigningFailed.class, this::signingFailed)
                .onCommand(LookFailed.class, this::lookFailed)
                .build();
    }

    private Effect<WalletEvent, WalletMemory> bring(WalletMemory memory, Bring bring) {
        Optional<TransactionSettled> done = memory.settled(bring.purpose());
        if (done.isPresent()) {
            bring.replyTo().tell(WalletMemory.payment(done.get()));
            return Effect().none();
        }
        wishes.join(bring.purpose(), bring.replyTo());
        if (!memory.waiting().containsKey(bring.purpose())) {
            wishes.add(
                    new Wish(
                            bring.purpose(),
                            bring.body(),
                            bring.timeGasLimit(),
                            bring.spaceGasLimit(),
                            bring.dataHash(),
                            Optional.empty()));
            signNext();
        }
        return Effect().none();
    }

    private void signNext() {
        Optional<Wish> next = wishes.first();
        if (signing || next.isEmpty()) {
            return;
        }
        signing = true;
        context.pipeToSelf(
                settlement.nextNonce(key.address()),
                (nonce, failure) ->
                        nonce != null
                                ? new Priced(next.get(), nonce)
                                : new SigningFailed("asking for a nonce", failure));
    }

    private Effect<WalletEvent, WalletMemory> priced(WalletMemory memory, Priced priced) {
        Wish wish = priced.wish();
        wishes.remove(wish);
        Optional<SignedTransaction> waiting =
                Optional.ofNullable(memory.waiting().get(wish.purpose()));
        if (!waiting.equals(wish.replaces())) {
            // Served meanwhile, or the one to be replaced is not the last any more.
            signing = false;
            signNext();
            return Effect().none();
        }
        SignedTransaction signed;
        try {
            signed =
                    wish.signed(
                            key,
                            settlement.network(),
                            memory.freeNonce(priced.nonce()),
                            bump.first(settlement.gasPrice()));
        } catch (IllegalArgumentException malformed) {
            signing = false;
            return abandon(
                    wish.purpose(),
                    new Submission.Refused("malformed", String.valueOf(malformed.getMessage())));
        }
        return Effect()
                .persist(WalletMemory.preparedEvent(wish.purpose(), signed))
                .thenRun(after -> submit(new Attempt(wish.purpose(), signed, true, false)));
    }

    private void submit(Attempt attempt) {
        context.pipeToSelf(
                settlement.submit(attempt.transaction()),
                (submission, failure) -> {
                    if (submission != null) {
                        return new Answered(attempt, submission);
                    }
                    String what = "submitting " + attempt.purpose();
                    return attempt.first()
                            ? new SigningFailed(what, failure)
                            : new LookFailed(attempt.purpose(), failure);
                });
    }

    private Effect<WalletEvent, WalletMemory> answered(WalletMemory memory, Answered answered) {
        Attempt attempt = answered.attempt();
        if (attempt.first()) {
            signing = false;
        }
        boolean current = attempt.transaction().equals(memory.waiting().get(attempt.purpose()));
        if (current && answered.submission() instanceof Submission.Refused refused) {
            context.getLog()
                    .warn(
                            "{} refused: {}: {}",
                            attempt.purpose(),
                            refused.code(),
                            refused.reason());
            if (attempt.isLost(refused, memory.versions(attempt.purpose()))) {
                return abandon(attempt.purpose(), refused);
            }
        }
        signNext();
        return Effect().none();
    }

    private Effect<WalletEvent, WalletMemory> abandon(String purpose, Submission.Refused refused) {
        WalletEvent event =
                WalletEvent.newBuilder()
                        .setAbandoned(
                                WalletMemory.abandoned(purpose, refused.code(), refused.reason()))
                        .build();
        return Effect()
                .persist(event)
                .thenRun(
                        after -> {
                            wishes.refused(
                                    new Payment.Abandoned(
                                            purpose, refused.code(), refused.reason()));
                            signNext();
                        });
    }

    private Effect<WalletEvent, WalletMemory> lookAfter(WalletMemory memory, LookAfter tick) {
        memory.waiting()
                .forEach(
                        (purpose, transaction) -> {
                            if (askedWhere.add(purpose)) {
                                lookAfter(purpose, memory.versions(purpose));
                            }
                        });
        wishes.tick();
        signNext();
        if (!signing && !memory.waiting().isEmpty()) {
            context.pipeToSelf(
                    settlement.nextNonce(key.address()),
                    (next, failure) ->
                            next != null ? new NextSeen(next) : new LookFailed("", failure));
        }
        return Effect().none();
    }

    // In this order: when the nonce is used up in a final block, and the transaction is asked for
    // after that and is in no block, then another has used the nonce, and it can never be paid.
    private void lookAfter(String purpose, List<SignedTransaction> versions) {
        CompletionStage<Seen> seen =
                settlement
                        .account(key.address(), Certainty.FINAL)
                        .thenCompose(
                                account ->
                                        Whereabouts.of(versions, settlement)
                                                .thenApply(
                                                        found ->
                                                                new Seen(
                                                                        purpose,
                                                                        versions.get(0),
                                                                        account.map(a -> a.nonce()),
                                                                        found)));
        context.pipeToSelf(
                seen, (found, failure) -> found != null ? found : new LookFailed(purpose, failure));
    }

    private Effect<WalletEvent, WalletMemory> seen(WalletMemory memory, Seen seen) {
        askedWhere.remove(seen.purpose());
        SignedTransaction current = memory.waiting().get(seen.purpose());
        if (current == null || !current.equals(seen.transaction())) {
            return Effect().none();
        }
        TransactionStatus status = seen.found().status();
        if (status instanceof TransactionStatus.Included included
                && included.certainty() == Certainty.FINAL) {
            TransactionSettled done =
                    WalletMemory.settledEvent(seen.purpose(), seen.found().id(), included.height());
            Amount paid = memory.price(seen.purpose(), seen.found().id());
            return Effect()
                    .persist(WalletEvent.newBuilder().setSettled(done).build())
                    .thenRun(
                            after -> {
                                bump.taken(done.getPurpose(), paid);
                                wishes.settled(WalletMemory.payment(done));
                            });
        }
        if (status instanceof TransactionStatus.Pending && bump.isDue(seen.purpose())) {
            return raise(seen.purpose(), current);
        }
        if (status instanceof TransactionStatus.Unknown) {
            Nonce nonce = current.transaction().nonce();
            boolean gone = seen.finalNonce().filter(used -> !nonce.isAfter(used)).isPresent();
            if (gone) {
                wishes.add(Wish.again(seen.purpose(), current));
                signNext();
            } else {
                submit(new Attempt(seen.purpose(), current, false, true));
            }
        }
        return Effect().none();
    }

    private Effect<WalletEvent, WalletMemory> raise(String purpose, SignedTransaction waiting) {
        Optional<SignedTransaction> dearer =
                FeeBump.dearer(waiting, settlement.gasPrice(), key, settlement.network());
        if (dearer.isEmpty()) {
            context.getLog()
                    .warn(
                            "{} waits although it pays {} per unit of gas",
                            purpose,
                            waiting.transaction().gasPrice());
            return Effect().none();
        }
        bump.raisedTo(dearer.get().transaction().gasPrice());
        return Effect()
                .persist(WalletMemory.preparedEvent(purpose, dearer.get()))
                .thenRun(after -> submit(new Attempt(purpose, dearer.get(), false, false)));
    }

    // What was given up leaves a gap below those that wait.
    private Effect<WalletEvent, WalletMemory> nextSeen(WalletMemory memory, NextSeen seen) {
        if (!signing && wishes.first().isEmpty() && memory.waitsBehind(seen.next())) {
            wishes.add(Wish.gap(seen.next(), key.address()));
            signNext();
        }
        return Effect().none();
    }

    private Effect<WalletEvent, WalletMemory> signingFailed(
            WalletMemory memory, SigningFailed failed) {
        // The chain is stopping or starting: the next block or the next wish tries again.
        context.getLog().warn("{} failed: {}", failed.what(), String.valueOf(failed.cause()));
        signing = false;
        return Effect().none();
    }

    private Effect<WalletEvent, WalletMemory> lookFailed(WalletMemory memory, LookFailed failed) {
        askedWhere.remove(failed.purpose());
        context.getLog()
                .warn("{} not looked after: {}", failed.purpose(), String.valueOf(failed.cause()));
        return Effect().none();
    }

    @Override
    public EventHandler<WalletMemory, WalletEvent> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent(WalletMemory::after);
    }

    @Override
    public SignalHandler<WalletMemory> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (memory, signal) -> recovered())
                .build();
    }

    // Also after the journal failed: answers to what was asked before do not count any more.
    private void recovered() {
        signing = false;
        askedWhere.clear();
        context.getSelf().tell(new LookAfter());
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 2);
    }

    @Override
    public SnapshotAdapter<WalletMemory> snapshotAdapter() {
        return WalletMemory.adapter();
    }
}

package io.wormhole.channel.wallet;

import com.google.protobuf.ByteString;
import io.wormhole.channel.proto.TransactionSettled;
import io.wormhole.channel.proto.WalletEvent;
import io.wormhole.channel.proto.WalletSnapshot;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
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
 * The wallet of one key. It signs one transaction at a time with the next nonce, stores it, submits
 * it, and looks after it at every new block until it is final: what fell out is submitted again,
 * what lost its nonce is signed again, what the rules refuse is given up and reported.
 */
public final class Wallet extends EventSourcedBehavior<Wallet.Command, WalletEvent, WalletMemory> {
    /** What the actor understands. */
    public sealed interface Command {}

    /**
     * Wants {@code body} on the chain, once per purpose; repeating a wish joins it.
     *
     * @param replyTo told when it is final or given up
     */
    public record Bring(
            String purpose,
            TransactionBody body,
            long timeGasLimit,
            long spaceGasLimit,
            ActorRef<Payment> replyTo)
            implements Command {}

    /** The chain moved: look after what waits. */
    public record LookAfter() implements Command {}

    private record Priced(Bring wish, Nonce nonce) implements Command {}

    private record Answered(String purpose, Submission submission) implements Command {}

    private record Seen(String purpose, SignedTransaction transaction, TransactionStatus status)
            implements Command {}

    private record Lost(String purpose, SignedTransaction transaction, boolean nonceGone)
            implements Command {}

    private record Failed(String what, Throwable cause) implements Command {}

    private static final int EVENTS_PER_SNAPSHOT = 200;

    private final ActorContext<Command> context;
    private final KeyPair key;
    private final Settlement settlement;
    // Who waits for an answer; not stored, since whoever still cares asks again after a restart.
    private final Map<String, List<ActorRef<Payment>>> askers = new HashMap<>();
    // Wishes are priced one after the other, so that two never get the same nonce.
    private final Deque<Bring> wishes = new ArrayDeque<>();
    private boolean pricing;

    private Wallet(ActorContext<Command> context, KeyPair key, Settlement settlement) {
        super(PersistenceId.of("wallet", key.address().toString()));
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
                .onCommand(Lost.class, this::lost)
                .onCommand(Failed.class, this::failed)
                .build();
    }

    private Effect<WalletEvent, WalletMemory> bring(WalletMemory memory, Bring wish) {
        Optional<TransactionSettled> done = memory.settled(wish.purpose());
        if (done.isPresent()) {
            wish.replyTo().tell(settled(done.get()));
            return Effect().none();
        }
        List<ActorRef<Payment>> waiting =
                askers.computeIfAbsent(wish.purpose(), purpose -> new ArrayList<>());
        if (!waiting.contains(wish.replyTo())) {
            waiting.add(wish.replyTo());
        }
        boolean known =
                memory.waiting().containsKey(wish.purpose())
                        || wishes.stream().anyMatch(w -> w.purpose().equals(wish.purpose()));
        if (!known) {
            wishes.add(wish);
            priceNext();
        }
        return Effect().none();
    }

    private void priceNext() {
        Bring next = wishes.peek();
        if (pricing || next == null) {
            return;
        }
        pricing = true;
        context.pipeToSelf(
                settlement.nextNonce(key.address()),
                (nonce, failure) ->
                        nonce != null
                                ? new Priced(next, nonce)
                                : new Failed("asking for a nonce", failure));
    }

    private Effect<WalletEvent, WalletMemory> priced(WalletMemory memory, Priced priced) {
        Bring wish = priced.wish();
        SignedTransaction signed =
                new Transaction(
                                key.publicKey(),
                                priced.nonce(),
                                settlement.gasPrice(),
                                wish.timeGasLimit(),
                                wish.spaceGasLimit(),
                                Optional.empty(),
                                wish.body())
                        .signedBy(key, settlement.network());
        return Effect()
                .persist(prepared(wish.purpose(), signed))
                .thenRun(after -> submit(wish.purpose(), signed));
    }

    private void submit(String purpose, SignedTransaction signed) {
        context.pipeToSelf(
                settlement.submit(signed),
                (submission, failure) ->
                        submission != null
                                ? new Answered(purpose, submission)
                                : new Failed("submitting " + purpose, failure));
    }

    private Effect<WalletEvent, WalletMemory> answered(WalletMemory memory, Answered answered) {
        boolean first = !wishes.isEmpty() && wishes.peek().purpose().equals(answered.purpose());
        if (first) {
            wishes.remove();
            pricing = false;
        }
        if (answered.submission() instanceof Submission.Refused refused
                && memory.waiting().containsKey(answered.purpose())) {
            context.getLog()
                    .warn(
                            "{} refused: {}: {}",
                            answered.purpose(),
                            refused.code(),
                            refused.reason());
            WalletEvent event =
                    WalletEvent.newBuilder()
                            .setAbandoned(
                                    WalletMemory.abandoned(
                                            answered.purpose(), refused.code(), refused.reason()))
                            .build();
            return Effect()
                    .persist(event)
                    .thenRun(
                            after -> {
                                reply(
                                        answered.purpose(),
                                        new Payment.Abandoned(
                                                answered.purpose(),
                                                refused.code(),
                                                refused.reason()));
                                priceNext();
                            });
        }
        priceNext();
        return Effect().none();
    }

    private Effect<WalletEvent, WalletMemory> lookAfter(WalletMemory memory, LookAfter tick) {
        memory.waiting()
                .forEach(
                        (purpose, transaction) ->
                                context.pipeToSelf(
                                        settlement.transaction(transaction.id()),
                                        (status, failure) ->
                                                status != null
                                                        ? new Seen(purpose, transaction, status)
                                                        : new Failed(
                                                                "looking after " + purpose,
                                                                failure)));
        priceNext();
        return Effect().none();
    }

    private Effect<WalletEvent, WalletMemory> seen(WalletMemory memory, Seen seen) {
        SignedTransaction current = memory.waiting().get(seen.purpose());
        if (current == null || !current.equals(seen.transaction())) {
            return Effect().none();
        }
        if (seen.status() instanceof TransactionStatus.Included included
                && included.certainty() == Certainty.FINAL) {
            TransactionSettled done =
                    TransactionSettled.newBuilder()
                            .setPurpose(seen.purpose())
                            .setId(ByteString.copyFrom(current.id().bytes().toArray()))
                            .setHeight(included.height().value())
                            .build();
            return Effect()
                    .persist(WalletEvent.newBuilder().setSettled(done).build())
                    .thenRun(after -> reply(seen.purpose(), settled(done)));
        }
        if (seen.status() instanceof TransactionStatus.Unknown) {
            renew(seen.purpose(), current);
        }
        return Effect().none();
    }

    /** A transaction that is nowhere is sent again, signed anew if its nonce is gone. */
    private void renew(String purpose, SignedTransaction lost) {
        boolean underWay = !wishes.isEmpty() && wishes.peek().purpose().equals(purpose);
        if (underWay) {
            return;
        }
        context.pipeToSelf(
                lostNonce(lost),
                (gone, failure) ->
                        gone != null
                                ? new Lost(purpose, lost, gone)
                                : new Failed("looking after " + purpose, failure));
    }

    private Effect<WalletEvent, WalletMemory> lost(WalletMemory memory, Lost lost) {
        SignedTransaction current = memory.waiting().get(lost.purpose());
        if (current == null || !current.equals(lost.transaction())) {
            return Effect().none();
        }
        if (!lost.nonceGone()) {
            submit(lost.purpose(), current);
            return Effect().none();
        }
        Transaction old = current.transaction();
        boolean waits = wishes.stream().anyMatch(wish -> wish.purpose().equals(lost.purpose()));
        if (!waits) {
            wishes.add(
                    new Bring(
                            lost.purpose(),
                            old.body(),
                            old.timeGasLimit(),
                            old.spaceGasLimit(),
                            context.getSystem().ignoreRef()));
            priceNext();
        }
        return Effect().none();
    }

    // Only a final account proves it: on another branch the lost one could still be included, and
    // then it would be paid twice.
    private CompletionStage<Boolean> lostNonce(SignedTransaction lost) {
        return settlement
                .account(key.address(), Certainty.FINAL)
                .thenApply(
                        account ->
                                account.isPresent()
                                        && !lost.transaction()
                                                .nonce()
                                                .isAfter(account.get().nonce()));
    }

    private Effect<WalletEvent, WalletMemory> failed(WalletMemory memory, Failed failed) {
        // The chain is stopping or starting: the next block or the next wish tries again.
        context.getLog().warn("{} failed: {}", failed.what(), failed.cause().toString());
        pricing = false;
        return Effect().none();
    }

    private void reply(String purpose, Payment payment) {
        List<ActorRef<Payment>> waiting = askers.remove(purpose);
        if (waiting != null) {
            waiting.forEach(asker -> asker.tell(payment));
        }
    }

    private static Payment settled(TransactionSettled done) {
        return new Payment.Settled(
                done.getPurpose(),
                new Hash(Bytes.of(done.getId().toByteArray())),
                new BlockHeight(done.getHeight()));
    }

    private static WalletEvent prepared(String purpose, SignedTransaction signed) {
        return WalletEvent.newBuilder().setPrepared(WalletMemory.prepared(purpose, signed)).build();
    }

    @Override
    public EventHandler<WalletMemory, WalletEvent> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent(WalletMemory::after);
    }

    @Override
    public SignalHandler<WalletMemory> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(
                        RecoveryCompleted.class,
                        (memory, signal) -> context.getSelf().tell(new LookAfter()))
                .build();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 2);
    }

    @Override
    public SnapshotAdapter<WalletMemory> snapshotAdapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(WalletMemory memory) {
                return memory.toSnapshot();
            }

            @Override
            public WalletMemory fromJournal(Object stored) {
                return WalletMemory.ofSnapshot((WalletSnapshot) stored);
            }
        };
    }
}

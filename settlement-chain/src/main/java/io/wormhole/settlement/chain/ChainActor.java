package io.wormhole.settlement.chain;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.merkle.DamagedNodeException;
import io.wormhole.protocol.merkle.MissingNodeException;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Assembly;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.block.BlockAssembler;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.block.Proposal;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.mempool.MempoolLimits;
import io.wormhole.settlement.relay.BlockRebuilder;
import io.wormhole.settlement.relay.CompactBlock;
import io.wormhole.settlement.relay.Rebuilt;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoreException;
import io.wormhole.settlement.store.StoredBlock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Owns the chain and the waiting transactions. Runs where its thread may block. A failing store
 * ends it: nothing that was acknowledged is lost, and nothing is acknowledged that was not stored.
 */
public final class ChainActor extends AbstractBehavior<ChainActor.Command> {
    /** What the chain can be asked. */
    public sealed interface Command {}

    /** Takes in a block. */
    public record Import(BareBlock block, ActorRef<ImportResult> replyTo) implements Command {}

    /** Takes in a transaction. */
    public record Submit(SignedTransaction transaction, ActorRef<Submission> replyTo)
            implements Command {}

    /** Asks for the nonce of an account's next transaction. */
    public record AskNonce(Address address, ActorRef<Nonce> replyTo) implements Command {}

    /** Asks for waiting transactions; those that do not wait are left out of the answer. */
    public record AskWaiting(List<Hash> ids, ActorRef<Waiting> replyTo) implements Command {}

    /** The answer to {@link AskWaiting}. */
    public record Waiting(List<SignedTransaction> transactions) {}

    /** Asks which transactions neither wait nor are in a block. */
    public record AskUnknown(List<Hash> ids, ActorRef<Unknown> replyTo) implements Command {}

    /** The answer to {@link AskUnknown}. */
    public record Unknown(List<Hash> ids) {}

    /**
     * Makes a block of its short form, of what waits, and of what its sender has added.
     *
     * @param sent transactions that came after the short form
     */
    public record Rebuild(
            CompactBlock compact, List<SignedTransaction> sent, ActorRef<Rebuilt> replyTo)
            implements Command {}

    /** Asks for the ids of all waiting transactions. */
    public record AskWaitingIds(ActorRef<Unknown> replyTo) implements Command {}

    /**
     * Asks for a block on the present head to work on.
     *
     * @param round comes back in the answer, so that the asker knows which question it answers
     * @param own transactions that only this producer's block can hold; they come first
     */
    public record Propose(
            long round,
            Address producer,
            Hash entropy,
            List<SignedTransaction> own,
            ActorRef<Candidate> replyTo)
            implements Command {}

    /** Asks for news from now on, beginning with where the chain stands. */
    public record Subscribe(ActorRef<ChainNews> subscriber) implements Command {}

    private record Unsubscribe(ActorRef<ChainNews> subscriber) implements Command {}

    private record Settle() implements Command {}

    // Blocks that wait for each other to be stored; while as many more are on their way, none of
    // those who fetch and verify them waits.
    private static final int MOST_UNSETTLED = 16;

    /**
     * What the chain is made of.
     *
     * @param view where each new state is shown
     */
    public record Parts(
            Genesis genesis,
            ChainStore store,
            Chain chain,
            MempoolLimits limits,
            InstantSource clock,
            Shown<ChainView> view) {}

    private final Parts parts;
    private final Chain chain;
    private final PendingTransactions pending;
    private final BlockAssembler assembler;
    private final BlockRebuilder rebuilder;
    private final Set<ActorRef<ChainNews>> subscribers = new LinkedHashSet<>();
    // What is told of the imported blocks once they are stored.
    private final List<Runnable> owed = new ArrayList<>();
    private ChainView.Counts counts = ChainView.Counts.NONE;
    private boolean isMoved;

    private ChainActor(ActorContext<Command> context, Parts parts) {
        super(context);
        this.parts = parts;
        this.chain = parts.chain();
        this.pending =
                new PendingTransactions(
                        parts.genesis(),
                        chain.signatures(),
                        parts.limits(),
                        chain.headLedger(),
                        chain.head().index().height());
        this.assembler = new BlockAssembler(parts.genesis(), chain.signatures());
        this.rebuilder = new BlockRebuilder(chain::witness);
    }

    /** The chain's behaviour; stops when the store fails. */
    public static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(
                context -> {
                    ChainActor actor = new ChainActor(context, parts);
                    actor.show();
                    return actor;
                });
    }

    /** The view of a chain before its actor runs. */
    public static ChainView firstView(Chain chain) {
        return view(chain, 0, ChainView.Counts.NONE);
    }

    private static ChainView view(Chain chain, int waiting, ChainView.Counts counts) {
        return new ChainView(
                chain.head(),
                chain.finalBlock(),
                chain.headLedger(),
                chain.open(chain.finalBlock().header()),
                waiting,
                counts,
                chain.alarm());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Import.class, message -> guarded(() -> onImport(message)))
                .onMessage(Settle.class, message -> guarded(this::settle))
                .onMessage(Submit.class, message -> settled(() -> onSubmit(message)))
                .onMessage(AskNonce.class, message -> settled(() -> onAskNonce(message)))
                .onMessage(AskWaiting.class, message -> settled(() -> onAskWaiting(message)))
                .onMessage(AskUnknown.class, message -> settled(() -> onAskUnknown(message)))
                .onMessage(AskWaitingIds.class, message -> settled(() -> onAskWaitingIds(message)))
                .onMessage(Rebuild.class, message -> settled(() -> onRebuild(message)))
                .onMessage(Propose.class, message -> settled(() -> onPropose(message)))
                .onMessage(Subscribe.class, message -> settled(() -> onSubscribe(message)))
                .onMessage(Unsubscribe.class, this::onUnsubscribe)
                .build();
    }

    private Behavior<Command> guarded(Runnable work) {
        try {
            work.run();
            return this;
        } catch (StoreException | DamagedNodeException | MissingNodeException failure) {
            getContext()
                    .getLog()
                    .error(
                            "The settlement node stops, because its store fails: {}",
                            failure.getMessage());
            subscribers.forEach(subscriber -> subscriber.tell(new ChainNews.Failed(failure)));
            return Behaviors.stopped();
        }
    }

    /** Work that looks at the chain or tells of it: what was imported is stored first. */
    private Behavior<Command> settled(Runnable work) {
        return guarded(
                () -> {
                    settle();
                    work.run();
                });
    }

    /**
     * Takes a block in. It is stored together with those that wait behind it already, as a node
     * that catches up gets them faster than a disk is forced.
     */
    private void onImport(Import message) {
        long start = System.nanoTime();
        ImportResult result = chain.importUnsettled(message.block(), parts.clock().millis());
        counts = counts.plus(result, System.nanoTime() - start);
        if (owed.isEmpty()) {
            getContext().getSelf().tell(new Settle());
        }
        if (result instanceof ImportResult.Imported imported) {
            imported.change().ifPresent(change -> onHeadChange(change, message.block()));
            isMoved |= chain.alarm().isPresent();
            owed.add(() -> votesIn(message.block().transactions()));
        }
        owed.add(() -> message.replyTo().tell(result));
        if (owed.size() >= 2 * MOST_UNSETTLED) {
            settle();
        }
    }

    private void settle() {
        if (owed.isEmpty()) {
            return;
        }
        chain.settle();
        if (isMoved) {
            isMoved = false;
            show();
        }
        List<Runnable> now = List.copyOf(owed);
        owed.clear();
        now.forEach(Runnable::run);
    }

    private void onHeadChange(HeadChange change, BareBlock imported) {
        isMoved = true;
        List<SignedTransaction> returned = new ArrayList<>();
        List<StoredBlock> undone = new ArrayList<>(change.undone());
        Collections.reverse(undone);
        undone.forEach(block -> returned.addAll(transactions(block)));
        List<SignedTransaction> included = new ArrayList<>();
        for (StoredBlock block : change.applied()) {
            boolean isHere = block.index().hash().equals(imported.hash());
            included.addAll(isHere ? imported.transactions() : transactions(block));
        }
        pending.onHead(chain.headLedger(), chain.head().index().height(), returned, included);
        if (change.isReorganisation()) {
            getContext()
                    .getLog()
                    .info(
                            "Reorganisation: {} blocks undone, {} applied, head {}",
                            change.undone().size(),
                            change.applied().size(),
                            chain.head().index().height());
        }
    }

    private List<SignedTransaction> transactions(StoredBlock block) {
        Bytes bare = parts.store().bare(block.index().hash()).orElseThrow();
        return BareBlock.decode(bare).transactions();
    }

    private void show() {
        ChainView view = view(chain, pending.pool().size(), counts);
        parts.view().set(view);
        view.alarm()
                .ifPresent(
                        alarm ->
                                getContext()
                                        .getLog()
                                        .error(
                                                "SAFETY_VIOLATION: two conflicting checkpoints are final, settlement stops: {}",
                                                alarm));
        tell(new ChainNews.HeadMoved(view));
    }

    private void tell(ChainNews news) {
        subscribers.forEach(subscriber -> subscriber.tell(news));
    }

    private void onSubmit(Submit message) {
        SignedTransaction transaction = message.transaction();
        Hash id = transaction.id();
        boolean isKnown = pending.pool().contains(id);
        if (!isKnown && parts.store().inclusion(id).isPresent()) {
            message.replyTo().tell(new Submission.Accepted(id));
            return;
        }
        Submission submission = pending.offer(transaction);
        message.replyTo().tell(submission);
        if (!isKnown) {
            votesIn(List.of(transaction));
        }
        if (!isKnown && submission instanceof Submission.Accepted) {
            tell(new ChainNews.TransactionPooled(transaction));
        }
    }

    /** Tells of the rightly signed votes of validators among transactions. */
    private void votesIn(List<SignedTransaction> transactions) {
        transactions.stream()
                .filter(each -> each.transaction().body() instanceof FinalityTransaction.Vote)
                .filter(this::isOfValidator)
                .filter(vote -> chain.signatures().accepts(vote, parts.genesis().networkId()))
                .forEach(vote -> tell(new ChainNews.VoteSeen(vote)));
    }

    private boolean isOfValidator(SignedTransaction vote) {
        Address voter = vote.transaction().sender().address();
        return chain.headLedger().finality().validators().find(voter).isPresent();
    }

    private void onAskNonce(AskNonce message) {
        message.replyTo().tell(pending.nextNonce(message.address()));
    }

    private void onAskWaiting(AskWaiting message) {
        message.replyTo()
                .tell(
                        new Waiting(
                                message.ids().stream()
                                        .flatMap(id -> pending.pool().find(id).stream())
                                        .toList()));
    }

    private void onAskUnknown(AskUnknown message) {
        message.replyTo()
                .tell(
                        new Unknown(
                                message.ids().stream()
                                        .filter(id -> !pending.pool().contains(id))
                                        .filter(id -> parts.store().inclusion(id).isEmpty())
                                        .toList()));
    }

    private void onAskWaitingIds(AskWaitingIds message) {
        message.replyTo().tell(new Unknown(pending.pool().ids()));
    }

    private void onRebuild(Rebuild message) {
        List<SignedTransaction> waiting =
                pending.pool().ids().stream()
                        .flatMap(id -> pending.pool().find(id).stream())
                        .toList();
        message.replyTo().tell(rebuilder.rebuild(message.compact(), message.sent(), waiting));
    }

    private void onPropose(Propose message) {
        if (chain.alarm().isPresent()) {
            return;
        }
        HeaderContext context = chain.contextAfter(chain.head());
        long time = Math.max(parts.clock().millis(), assembler.earliestTimeMillis(context));
        List<SignedTransaction> candidates = new ArrayList<>(message.own());
        candidates.addAll(pending.inOrder());
        Assembly assembly =
                assembler.assemble(
                        context,
                        chain.headLedger(),
                        candidates,
                        new Proposal(message.producer(), time, message.entropy()));
        message.replyTo().tell(new Candidate(message.round(), assembly.unsolved()));
    }

    private void onSubscribe(Subscribe message) {
        subscribers.add(message.subscriber());
        getContext().watchWith(message.subscriber(), new Unsubscribe(message.subscriber()));
        message.subscriber().tell(new ChainNews.HeadMoved(parts.view().get()));
    }

    private Behavior<Command> onUnsubscribe(Unsubscribe message) {
        subscribers.remove(message.subscriber());
        return this;
    }
}

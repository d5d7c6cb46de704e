package io.wormhole.settlement.validator;

import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.genesis.Genesis;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Reports validators that cheat: looks at every vote that the node hears of, and brings two that
 * contradict each other to the chain until the offender has no stake any more. The reporter pays
 * the fee and earns the reporter's share.
 */
public final class EvidenceActor extends AbstractBehavior<EvidenceActor.Command> {
    /** What the reporter reacts to. */
    public sealed interface Command {}

    private record News(ChainNews news) implements Command {}

    private record NextNonce(Nonce nonce) implements Command {}

    private record Answered(Submission submission) implements Command {}

    private record Remembered(List<SignedTransaction> votes) implements Command {}

    private record NotRemembered(Throwable why) implements Command {}

    // After a report the chain gets so many blocks before the same is reported again.
    private static final long PATIENCE_BLOCKS = 8;

    private final Genesis genesis;
    private final KeyPair reporter;
    private final ActorRef<ChainActor.Command> chain;
    private final LongFunction<CompletionStage<List<SignedTransaction>>> past;
    private final ActorRef<Nonce> nonces;
    private final ActorRef<Submission> answers;
    private final EvidenceWatch watch;
    private Optional<ChainView> view = Optional.empty();
    private long nextReportHeight;

    private EvidenceActor(
            ActorContext<Command> context,
            Genesis genesis,
            KeyPair reporter,
            ActorRef<ChainActor.Command> chain,
            LongFunction<CompletionStage<List<SignedTransaction>>> past) {
        super(context);
        this.genesis = genesis;
        this.reporter = reporter;
        this.chain = chain;
        this.past = past;
        this.watch = new EvidenceWatch(genesis.parameters().finality());
        this.nonces = context.messageAdapter(Nonce.class, NextNonce::new);
        this.answers = context.messageAdapter(Submission.class, Answered::new);
    }

    /**
     * A reporter's behaviour; {@code reporter} pays for reports from its account.
     *
     * @param past finds the votes in the blocks up to a height, for what was heard before this
     *     start
     */
    public static Behavior<Command> create(
            Genesis genesis,
            KeyPair reporter,
            ActorRef<ChainActor.Command> chain,
            LongFunction<CompletionStage<List<SignedTransaction>>> past) {
        return Behaviors.setup(
                context -> {
                    EvidenceActor actor =
                            new EvidenceActor(context, genesis, reporter, chain, past);
                    chain.tell(
                            new ChainActor.Subscribe(
                                    context.messageAdapter(ChainNews.class, News::new)));
                    return actor;
                });
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(News.class, this::onNews)
                .onMessage(Remembered.class, this::onRemembered)
                .onMessage(NotRemembered.class, this::onNotRemembered)
                .onMessage(NextNonce.class, this::onNextNonce)
                .onMessage(Answered.class, this::onAnswered)
                .build();
    }

    private Behavior<Command> onNews(News message) {
        if (message.news() instanceof ChainNews.Failed) {
            return Behaviors.stopped();
        }
        if (message.news() instanceof ChainNews.VoteSeen seen) {
            see(seen.vote());
        } else if (message.news() instanceof ChainNews.HeadMoved moved) {
            if (view.isEmpty()) {
                remember(moved.view().head().index().height());
            }
            view = Optional.of(moved.view());
            reportWhatIsOpen(moved.view());
        }
        return this;
    }

    private void see(SignedTransaction vote) {
        watch.see(vote, epoch())
                .ifPresent(
                        proof ->
                                getContext()
                                        .getLog()
                                        .warn(
                                                "Validator {} cheats: it signed two votes that contradict each other",
                                                vote.transaction().sender().address()));
    }

    // Only now: from here on each block is told of, so that none falls between.
    private void remember(long headHeight) {
        getContext()
                .pipeToSelf(
                        past.apply(headHeight),
                        (votes, failure) ->
                                votes == null ? new NotRemembered(failure) : new Remembered(votes));
    }

    private Behavior<Command> onRemembered(Remembered remembered) {
        remembered.votes().forEach(this::see);
        view.ifPresent(this::reportWhatIsOpen);
        return this;
    }

    private Behavior<Command> onNotRemembered(NotRemembered failed) {
        getContext()
                .getLog()
                .warn("Votes before this start are not looked at: {}", failed.why().toString());
        return this;
    }

    private long epoch() {
        return view.map(now -> now.headLedger().finality().epoch()).orElse(0L);
    }

    private void reportWhatIsOpen(ChainView now) {
        boolean isDue = now.head().index().height() >= nextReportHeight;
        if (isDue && !watch.open(now.headLedger().finality()).isEmpty()) {
            nextReportHeight = now.head().index().height() + PATIENCE_BLOCKS;
            chain.tell(new ChainActor.AskNonce(reporter.address(), nonces));
        }
    }

    private Behavior<Command> onNextNonce(NextNonce answer) {
        List<FinalityTransaction.Evidence> open =
                view.map(now -> watch.open(now.headLedger().finality())).orElse(List.of());
        Nonce nonce = answer.nonce();
        Amount price = gasPrice();
        for (FinalityTransaction.Evidence evidence : open) {
            chain.tell(
                    new ChainActor.Submit(
                            Transaction.of(reporter.publicKey(), nonce, price, evidence)
                                    .signedBy(reporter, genesis.networkId()),
                            answers));
            nonce = nonce.next();
        }
        return this;
    }

    private Amount gasPrice() {
        return view.map(now -> now.headLedger().governance().applyTo(genesis.parameters()))
                .orElse(genesis.parameters())
                .minimumGasPrice();
    }

    private Behavior<Command> onAnswered(Answered answered) {
        if (answered.submission() instanceof Submission.Refused refused) {
            getContext().getLog().info("Evidence not taken now: {}", refused.reason());
        }
        return this;
    }
}

package io.wormhole.settlement.validator;

import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoreException;
import io.wormhole.settlement.store.StoredBlock;
import io.wormhole.settlement.store.VoteRecord;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Votes once per epoch for the checkpoint of the followed chain. Runs where its thread may block:
 * the vote is on the disk before it is sent.
 */
public final class ValidatorActor extends AbstractBehavior<ValidatorActor.Command> {
    /** What the validator reacts to. */
    public sealed interface Command {}

    /** Stops voting until {@link Resume}; {@code reason} is for the log. */
    public record Pause(String reason) implements Command {}

    /** Goes on after a {@link Pause}. */
    public record Resume() implements Command {}

    private record News(ChainNews news) implements Command {}

    /** A head has stood for a while. */
    private record Unmoved(StoredBlock head) implements Command {}

    // A block in a head's place is made before its maker hears of the head, and heard of as much
    // later: together less than this part of the spacing, or miners would be at odds all the time.
    private static final int PATIENCE_EIGHTHS = 5;

    private record Answered(Submission submission) implements Command {}

    private final Voting voting;
    private final ChainStore store;
    private final ActorRef<ChainActor.Command> chain;
    private final ActorRef<Submission> answers;
    private final TimerScheduler<Command> timers;
    private final Duration patience;
    private Optional<ChainView> latest = Optional.empty();
    private Optional<VoteRecord> last;
    private boolean isPaused;

    private record Parts(
            Genesis genesis, KeyPair key, ChainStore store, ActorRef<ChainActor.Command> chain) {}

    private ValidatorActor(
            ActorContext<Command> context, TimerScheduler<Command> timers, Parts parts) {
        super(context);
        Genesis genesis = parts.genesis();
        this.timers = timers;
        this.patience =
                Duration.ofMillis(
                        genesis.parameters().pacing().targetSpacingMillis() * PATIENCE_EIGHTHS / 8);
        this.voting = new Voting(parts.key(), genesis.networkId(), genesis.parameters().finality());
        this.store = parts.store();
        this.chain = parts.chain();
        this.answers = context.messageAdapter(Submission.class, Answered::new);
        this.last = store.lastVote(voting.address());
    }

    /** A validator's behaviour; votes with {@code key} where it has active stake. */
    public static Behavior<Command> create(
            Genesis genesis, KeyPair key, ChainStore store, ActorRef<ChainActor.Command> chain) {
        Parts parts = new Parts(genesis, key, store, chain);
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers -> {
                                    ActorRef<ChainNews> news =
                                            context.messageAdapter(ChainNews.class, News::new);
                                    chain.tell(new ChainActor.Subscribe(news));
                                    return new ValidatorActor(context, timers, parts);
                                }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(News.class, this::onNews)
                .onMessage(Unmoved.class, this::onUnmoved)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Pause.class, this::onPause)
                .onMessage(Resume.class, this::onResume)
                .build();
    }

    private Behavior<Command> onNews(News message) {
        if (message.news() instanceof ChainNews.Failed) {
            return Behaviors.stopped();
        }
        if (message.news() instanceof ChainNews.HeadMoved moved) {
            watch(moved.view());
            return vote(
                    moved.view(), voting.decide(moved.view().head(), finality(moved.view()), last));
        }
        return this;
    }

    private static FinalityState finality(ChainView view) {
        return view.headLedger().finality();
    }

    private void watch(ChainView view) {
        StoredBlock head = view.head();
        boolean isSame = latest.filter(before -> before.head().equals(head)).isPresent();
        latest = Optional.of(view);
        if (!isSame && voting.isWorthWatching(head)) {
            Unmoved later = new Unmoved(head);
            timers.startSingleTimer(later, later, patience);
        }
    }

    private Behavior<Command> onUnmoved(Unmoved unmoved) {
        Optional<ChainView> still = latest.filter(view -> view.head().equals(unmoved.head()));
        return still.isPresent()
                ? vote(
                        still.get(),
                        voting.decideUnmoved(unmoved.head(), finality(still.get()), last))
                : this;
    }

    private Behavior<Command> vote(ChainView view, Voting.Decision decision) {
        if (view.alarm().isPresent() || isPaused) {
            return this;
        }
        if (decision instanceof Voting.Decision.Sign sign) {
            try {
                store.recordVote(sign.vote());
            } catch (StoreException failure) {
                getContext()
                        .getLog()
                        .error(
                                "Voting stops, since votes cannot be stored: {}",
                                failure.getMessage());
                // The node ends with its validator and says why.
                throw failure;
            }
            last = Optional.of(sign.vote());
            send(sign.signed());
        } else if (decision instanceof Voting.Decision.Repeat repeat) {
            send(repeat.signed());
        }
        return this;
    }

    private void send(SignedTransaction vote) {
        chain.tell(new ChainActor.Submit(vote, answers));
    }

    private Behavior<Command> onAnswered(Answered answered) {
        if (answered.submission() instanceof Submission.Refused refused) {
            getContext().getLog().debug("Vote not taken: {}", refused.reason());
        }
        return this;
    }

    private Behavior<Command> onPause(Pause pause) {
        if (!isPaused) {
            getContext().getLog().warn("Voting stops: {}", pause.reason());
        }
        isPaused = true;
        return this;
    }

    private Behavior<Command> onResume(Resume resume) {
        isPaused = false;
        return this;
    }
}

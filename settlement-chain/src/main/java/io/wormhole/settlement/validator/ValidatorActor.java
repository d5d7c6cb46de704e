package io.wormhole.settlement.validator;

import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoreException;
import io.wormhole.settlement.store.VoteRecord;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

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

    private record Answered(Submission submission) implements Command {}

    private final Voting voting;
    private final ChainStore store;
    private final ActorRef<ChainActor.Command> chain;
    private final ActorRef<Submission> answers;
    private Optional<VoteRecord> last;
    private boolean isPaused;

    private ValidatorActor(
            ActorContext<Command> context,
            Voting voting,
            ChainStore store,
            ActorRef<ChainActor.Command> chain) {
        super(context);
        this.voting = voting;
        this.store = store;
        this.chain = chain;
        this.answers = context.messageAdapter(Submission.class, Answered::new);
        this.last = store.lastVote(voting.address());
    }

    /** A validator's behaviour; votes with {@code key} where it has active stake. */
    public static Behavior<Command> create(
            Genesis genesis, KeyPair key, ChainStore store, ActorRef<ChainActor.Command> chain) {
        Voting voting = new Voting(key, genesis.networkId(), genesis.parameters().finality());
        return Behaviors.setup(
                context -> {
                    ValidatorActor actor = new ValidatorActor(context, voting, store, chain);
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
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Pause.class, this::onPause)
                .onMessage(Resume.class, this::onResume)
                .build();
    }

    private Behavior<Command> onNews(News message) {
        if (message.news() instanceof ChainNews.Failed) {
            return Behaviors.stopped();
        }
        if (message.news() instanceof ChainNews.HeadMoved moved && !isPaused) {
            return vote(moved.view());
        }
        return this;
    }

    private Behavior<Command> vote(ChainView view) {
        if (view.alarm().isPresent()) {
            return this;
        }
        Voting.Decision decision = voting.decide(view.head(), view.headLedger().finality(), last);
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

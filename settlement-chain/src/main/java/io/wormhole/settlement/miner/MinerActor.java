package io.wormhole.settlement.miner;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.chain.Candidate;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.Pacing;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Mines on the head: waits for the minimum spacing, asks for a candidate, solves it on the given
 * executor, and begins anew when the head moves. Blocks without transactions are mined too, since
 * finality goes on by blocks.
 */
public final class MinerActor extends AbstractBehavior<MinerActor.Command> {
    /** What the miner reacts to. */
    public sealed interface Command {}

    /** Stops mining until {@link Resume}; {@code reason} is for the log. */
    public record Pause(String reason) implements Command {}

    /** Goes on after a {@link Pause}. */
    public record Resume() implements Command {}

    private record News(ChainNews news) implements Command {}

    private record Due(long round) implements Command {}

    private record Proposed(Candidate candidate) implements Command {}

    private record Solved(long round, Optional<Block> block) implements Command {}

    private record Broken(Throwable failure) implements Command {}

    private record Judged(ImportResult result) implements Command {}

    // A candidate older than this is made anew, with new transactions and a new time.
    private static final Duration CANDIDATE_AGE = Duration.ofSeconds(1);

    /**
     * What a miner needs.
     *
     * @param producer who is paid
     * @param votes what its blocks say to disputed questions
     * @param headers finds the header of a stored block
     * @param work where solving may compute
     */
    public record Parts(
            Genesis genesis,
            Address producer,
            BlockVotes votes,
            ActorRef<ChainActor.Command> chain,
            InstantSource clock,
            Function<Hash, Optional<BlockHeader>> headers,
            Executor work) {}

    private final Parts parts;
    private final TimerScheduler<Command> timers;
    private final Solving solving;
    private final SecureRandom random = new SecureRandom();
    private final ActorRef<Candidate> candidates;
    private final ActorRef<ImportResult> judgements;
    private final Turns turns;
    private Optional<ChainView> head = Optional.empty();
    private AtomicBoolean cancelled = new AtomicBoolean();
    private long round;
    private boolean isPaused;

    private MinerActor(ActorContext<Command> context, TimerScheduler<Command> timers, Parts parts) {
        super(context);
        this.parts = parts;
        this.timers = timers;
        this.turns = new Turns(hash -> parts.headers().apply(hash).flatMap(Turns.Made::of));
        this.solving = new Solving(parts.genesis().parameters().cuckoo());
        this.candidates = context.messageAdapter(Candidate.class, Proposed::new);
        this.judgements = context.messageAdapter(ImportResult.class, Judged::new);
    }

    /** A miner's behaviour. */
    public static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers -> {
                                    parts.chain()
                                            .tell(
                                                    new ChainActor.Subscribe(
                                                            context.messageAdapter(
                                                                    ChainNews.class, News::new)));
                                    return new MinerActor(context, timers, parts);
                                }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(News.class, this::onNews)
                .onMessage(Due.class, this::onDue)
                .onMessage(Proposed.class, this::onProposed)
                .onMessage(Solved.class, this::onSolved)
                .onMessage(Broken.class, this::onBroken)
                .onMessage(Judged.class, this::onJudged)
                .onMessage(Pause.class, this::onPause)
                .onMessage(Resume.class, this::onResume)
                .onSignal(
                        org.apache.pekko.actor.typed.PostStop.class,
                        stop -> {
                            cancelled.set(true);
                            parts.work().execute(solving::close);
                            return this;
                        })
                .build();
    }

    private Behavior<Command> onNews(News message) {
        if (message.news() instanceof ChainNews.HeadMoved moved) {
            Hash newHead = moved.view().head().index().hash();
            boolean isSame =
                    head.filter(old -> old.head().index().hash().equals(newHead)).isPresent();
            head = Optional.of(moved.view());
            if (!isSame) {
                note(moved.view().head().header());
                begin();
            }
            return this;
        }
        return message.news() instanceof ChainNews.Failed ? Behaviors.stopped() : this;
    }

    private void note(BlockHeader newHead) {
        Turns.Made.of(newHead).ifPresent(turns::follow);
        if (!newHead.producer().equals(parts.producer())) {
            turns.heard(parts.clock().millis() - newHead.timeMillis());
        }
    }

    /** Drops the work at hand and waits until a block on the head may come. */
    private void begin() {
        cancelled.set(true);
        round++;
        if (isPaused || head.isEmpty()) {
            timers.cancel(round());
            return;
        }
        Pacing pacing = parts.genesis().parameters().pacing();
        long sinceHead = parts.clock().millis() - head.get().head().header().timeMillis();
        // A head from the future (another clock is ahead) must not make this miner wait for long.
        long wait =
                Math.max(
                        0,
                        Math.min(
                                pacing.minimumSpacingMillis(),
                                pacing.minimumSpacingMillis() - sinceHead));
        timers.startSingleTimer(
                round(), new Due(round), Duration.ofMillis(wait + turnMillis(head.get())));
    }

    /** On a paced network miners would else all find a block at once, and all but one be undone. */
    private long turnMillis(ChainView on) {
        Hash hash = on.head().index().hash();
        return turns.turnMillis(parts.genesis().parameters().pacing().minimumSpacingMillis())
                * turns.before(parts.producer(), hash);
    }

    private static String round() {
        return "round";
    }

    private Behavior<Command> onDue(Due due) {
        if (due.round() == round && !isPaused) {
            byte[] entropy = new byte[Hash.SIZE];
            random.nextBytes(entropy);
            parts.chain()
                    .tell(
                            new ChainActor.Propose(
                                    round,
                                    parts.producer(),
                                    Hash.of(DomainTag.ENTROPY, Bytes.of(entropy)),
                                    votes(),
                                    candidates));
        }
        return this;
    }

    private List<SignedTransaction> votes() {
        return head.flatMap(
                        view ->
                                parts.votes()
                                        .forBlock(
                                                view.headLedger(),
                                                parts.producer(),
                                                new BlockHeight(view.head().index().height() + 1)))
                .map(List::of)
                .orElse(List.of());
    }

    private Behavior<Command> onProposed(Proposed message) {
        Candidate candidate = message.candidate();
        boolean isOnHead =
                head.filter(
                                view ->
                                        view.head()
                                                .index()
                                                .hash()
                                                .equals(candidate.block().header().previous()))
                        .isPresent();
        if (candidate.round() == round && isOnHead && !isPaused) {
            solve(candidate);
        }
        return this;
    }

    private void solve(Candidate candidate) {
        cancelled.set(true);
        AtomicBoolean mine = new AtomicBoolean();
        cancelled = mine;
        long solvedRound = round;
        long firstNonce = random.nextLong();
        long deadline = System.nanoTime() + CANDIDATE_AGE.toNanos();
        getContext()
                .pipeToSelf(
                        CompletableFuture.supplyAsync(
                                () ->
                                        solving.solve(
                                                candidate.block(),
                                                firstNonce,
                                                () ->
                                                        mine.get()
                                                                || System.nanoTime() - deadline
                                                                        > 0),
                                parts.work()),
                        (block, failure) ->
                                failure == null
                                        ? new Solved(solvedRound, block)
                                        : new Broken(failure));
    }

    private Behavior<Command> onSolved(Solved solved) {
        if (solved.round() != round || isPaused) {
            return this;
        }
        if (solved.block().isEmpty()) {
            return onDue(new Due(round));
        }
        parts.chain().tell(new ChainActor.Import(solved.block().get().bare(), judgements));
        return this;
    }

    private Behavior<Command> onBroken(Broken broken) {
        getContext()
                .getLog()
                .error("Mining failed; trying again with the next head", broken.failure());
        return this;
    }

    private Behavior<Command> onJudged(Judged judged) {
        if (judged.result() instanceof ImportResult.Imported imported) {
            // A block that does not become the head has lost a race: the head has moved anyway.
            getContext().getLog().debug("Mined block {}", imported.stored().index().height());
        } else if (judged.result() instanceof ImportResult.Invalid invalid) {
            getContext()
                    .getLog()
                    .error("Own block refused: {} ({})", invalid.reason(), invalid.code());
            begin();
        }
        return this;
    }

    private Behavior<Command> onPause(Pause pause) {
        if (!isPaused) {
            getContext().getLog().warn("Mining stops: {}", pause.reason());
        }
        isPaused = true;
        begin();
        return this;
    }

    private Behavior<Command> onResume(Resume resume) {
        if (isPaused) {
            getContext().getLog().info("Mining goes on");
            isPaused = false;
            begin();
        }
        return this;
    }
}

package io.wormhole.settlement.node;

import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.Shown;
import io.wormhole.settlement.miner.MinerActor;
import io.wormhole.settlement.peer.HubParts;
import io.wormhole.settlement.peer.PeerHub;
import io.wormhole.settlement.validator.EvidenceActor;
import io.wormhole.settlement.validator.ValidatorActor;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/** Runs the actors of one node; when one of them ends, the node ends. */
final class NodeGuardian extends AbstractBehavior<NodeGuardian.Command> {
    /** What the guardian reacts to. */
    sealed interface Command {}

    /** Starts talking to peers. */
    record Connect(HubParts hub, CompletableFuture<ActorRef<PeerHub.Command>> started)
            implements Command {}

    /** Starts mining and voting, as far as the parts say so. */
    record Produce(
            Optional<MinerActor.Parts> miner,
            Optional<Behavior<ValidatorActor.Command>> validator,
            Optional<Behavior<EvidenceActor.Command>> reporter)
            implements Command {}

    /** The clock is off, or right again. */
    record ClockSays(Optional<String> fault) implements Command {}

    /** Ends the node. */
    record Stop() implements Command {}

    private record News(ChainNews news) implements Command {}

    /** Where the guardian reports. */
    record Reports(
            CompletableFuture<ActorRef<ChainActor.Command>> chain,
            Shown<Optional<String>> paused,
            CompletableFuture<NodeEnd> end) {}

    private final Reports reports;
    private @Nullable ActorRef<MinerActor.Command> miner;
    private @Nullable ActorRef<ValidatorActor.Command> validator;
    private NodeEnd end = new NodeEnd(true, "stopped");

    private NodeGuardian(ActorContext<Command> context, Reports reports) {
        super(context);
        this.reports = reports;
    }

    static Behavior<Command> create(ChainActor.Parts chain, Reports reports) {
        return Behaviors.setup(
                context -> {
                    NodeGuardian guardian = new NodeGuardian(context, reports);
                    ActorRef<ChainActor.Command> actor =
                            context.spawn(
                                    ChainActor.create(chain),
                                    "chain",
                                    DispatcherSelector.fromConfig(RunningParts.CHAIN_DISPATCHER));
                    context.watch(actor);
                    actor.tell(
                            new ChainActor.Subscribe(
                                    context.messageAdapter(ChainNews.class, News::new)));
                    reports.chain().complete(actor);
                    return guardian;
                });
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Connect.class, this::onConnect)
                .onMessage(Produce.class, this::onProduce)
                .onMessage(ClockSays.class, this::onClockSays)
                .onMessage(News.class, this::onNews)
                .onMessage(Stop.class, stop -> Behaviors.stopped())
                .onSignal(Terminated.class, this::onTerminated)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private Behavior<Command> onConnect(Connect connect) {
        ActorRef<PeerHub.Command> hub =
                getContext()
                        .spawn(
                                PeerHub.create(connect.hub()),
                                "peers",
                                DispatcherSelector.fromConfig(RunningParts.READ_DISPATCHER));
        getContext().watch(hub);
        connect.started().complete(hub);
        return this;
    }

    private Behavior<Command> onProduce(Produce produce) {
        produce.miner()
                .ifPresent(
                        parts -> {
                            ActorRef<MinerActor.Command> actor =
                                    getContext().spawn(MinerActor.create(parts), "miner");
                            getContext().watch(actor);
                            miner = actor;
                        });
        produce.validator()
                .ifPresent(
                        behavior -> {
                            ActorRef<ValidatorActor.Command> actor =
                                    getContext()
                                            .spawn(
                                                    behavior,
                                                    "validator",
                                                    DispatcherSelector.fromConfig(
                                                            RunningParts.CHAIN_DISPATCHER));
                            getContext().watch(actor);
                            validator = actor;
                        });
        produce.reporter()
                .ifPresent(
                        behavior -> getContext().watch(getContext().spawn(behavior, "evidence")));
        reports.paused().get().ifPresent(this::pause);
        return this;
    }

    private Behavior<Command> onClockSays(ClockSays says) {
        reports.paused().set(says.fault());
        if (says.fault().isPresent()) {
            pause(says.fault().get());
        } else {
            resume();
        }
        return this;
    }

    private void pause(String why) {
        if (miner != null) {
            miner.tell(new MinerActor.Pause(why));
        }
        if (validator != null) {
            validator.tell(new ValidatorActor.Pause(why));
        }
        getContext().getLog().warn("Clock: {}", why);
    }

    private void resume() {
        if (miner != null) {
            miner.tell(new MinerActor.Resume());
        }
        if (validator != null) {
            validator.tell(new ValidatorActor.Resume());
        }
    }

    private Behavior<Command> onNews(News message) {
        if (message.news() instanceof ChainNews.Failed failed) {
            end = new NodeEnd(false, String.valueOf(failed.reason().getMessage()));
        }
        return this;
    }

    private Behavior<Command> onTerminated(Terminated ended) {
        if (end.isOrderly()) {
            String part = ended.getRef().path().name();
            end =
                    new NodeEnd(
                            false,
                            ended instanceof ChildFailed failed
                                    ? part + " has failed: " + inWords(failed.getCause())
                                    : part + " has ended; see the log");
        }
        return Behaviors.stopped();
    }

    // What lies at the bottom says most, such as that no space is left.
    private static String inWords(Throwable failure) {
        String words = String.valueOf(failure.getMessage());
        for (Throwable next = failure; next != null; next = next.getCause()) {
            words = String.valueOf(next.getMessage());
        }
        return words;
    }

    private Behavior<Command> onPostStop(PostStop stop) {
        reports.end().complete(end);
        return this;
    }
}

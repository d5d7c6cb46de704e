package io.wormhole.settlement.peer;

import com.google.protobuf.ByteString;
import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkEnd;
import io.wormhole.cluster.link.LinkKey;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.peer.wire.Goodbye;
import io.wormhole.settlement.peer.wire.Hello;
import io.wormhole.settlement.peer.wire.LightQuestion;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.peer.wire.Transactions;
import io.wormhole.settlement.peer.wire.TransactionsWanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * One link to one peer. The next frame is asked for only when the one before is dealt with, so a
 * peer that sends fast waits for this node, not the other way round.
 */
final class PeerSession extends AbstractBehavior<PeerSession.Command> {
    /** What a session reacts to. */
    sealed interface Command {}

    /** Sends a message. */
    record Send(PeerMessage message) implements Command {}

    /** The hub has dealt with what this session gave it. */
    record Next() implements Command {}

    /** Ends the session, telling the peer why. */
    record Close(String reason) implements Command {}

    private record Frame(Optional<byte[]> bytes) implements Command {}

    private record Ended(LinkEnd end) implements Command {}

    private record HelloLate() implements Command {}

    private record Unknown(List<Hash> ids) implements Command {}

    private record Waiting(List<SignedTransaction> transactions) implements Command {}

    private record Judged(Submission submission) implements Command {}

    private record Served(@Nullable Throwable failure) implements Command {}

    private record SendFailed(Throwable failure) implements Command {}

    private static final Duration HELLO_TIMEOUT = Duration.ofSeconds(5);

    /**
     * What a session works with.
     *
     * @param hello what this side says first
     * @param isOutbound whether this side has dialled
     * @param server answers what the peer asks
     * @param blocking where reading the store may wait
     */
    record Parts(
            Link link,
            Hello hello,
            boolean isOutbound,
            ActorRef<PeerHub.Command> hub,
            ActorRef<ChainActor.Command> chain,
            PeerServer server,
            Executor blocking) {
        LinkKey key() {
            return link.remoteKey();
        }
    }

    private final Parts parts;
    private final TimerScheduler<Command> timers;
    private final PeerService service;
    private final ActorRef<ChainActor.Unknown> unknownIds;
    private final ActorRef<ChainActor.Waiting> waitingTransactions;
    private final ActorRef<Submission> judgements;
    private boolean isGreeted;
    private int unjudged;
    private boolean isSubmissionAsked;
    private Optional<String> fault = Optional.empty();

    private PeerSession(
            ActorContext<Command> context, TimerScheduler<Command> timers, Parts parts) {
        super(context);
        this.parts = parts;
        this.timers = timers;
        this.service = new PeerService(parts.server(), parts.blocking(), this::transmit);
        this.unknownIds =
                context.messageAdapter(
                        ChainActor.Unknown.class, answer -> new Unknown(answer.ids()));
        this.waitingTransactions =
                context.messageAdapter(
                        ChainActor.Waiting.class, answer -> new Waiting(answer.transactions()));
        this.judgements = context.messageAdapter(Submission.class, Judged::new);
    }

    static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers -> {
                                    PeerSession session = new PeerSession(context, timers, parts);
                                    session.begin();
                                    return session;
                                }));
    }

    private void begin() {
        timers.startSingleTimer(new HelloLate(), HELLO_TIMEOUT);
        getContext().pipeToSelf(parts.link().closed(), (end, failure) -> new Ended(end));
        send(PeerMessage.newBuilder().setHello(parts.hello()).build());
        receive();
    }

    private void receive() {
        getContext()
                .pipeToSelf(
                        parts.link().receive(),
                        (frame, failure) -> new Frame(failure == null ? frame : Optional.empty()));
    }

    private void send(PeerMessage message) {
        getContext()
                .pipeToSelf(
                        parts.link().send(message.toByteArray()),
                        (done, failure) -> failure == null ? NOTHING : new SendFailed(failure));
    }

    private static final Command NOTHING = new Served(null);

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Frame.class, this::onFrame)
                .onMessage(Next.class, this::onNext)
                .onMessage(Send.class, this::onSend)
                .onMessage(Close.class, this::onClose)
                .onMessage(Ended.class, this::onEnded)
                .onMessage(HelloLate.class, this::onHelloLate)
                .onMessage(Unknown.class, this::onUnknown)
                .onMessage(Waiting.class, this::onWaiting)
                .onMessage(Judged.class, this::onJudged)
                .onMessage(Served.class, this::onServed)
                .onMessage(SendFailed.class, this::onSendFailed)
                .onSignal(
                        org.apache.pekko.actor.typed.PostStop.class,
                        stop -> {
                            parts.link().close();
                            return this;
                        })
                .build();
    }

    private Behavior<Command> onFrame(Frame frame) {
        if (frame.bytes().isEmpty()) {
            // The link is over; its end comes as a message of its own.
            return this;
        }
        try {
            PeerMessage message = Wire.decode(frame.bytes().get());
            if (isGreeted) {
                handle(message);
            } else {
                greet(message);
            }
            return this;
        } catch (Misbehaviour bad) {
            return misbehaved(String.valueOf(bad.getMessage()));
        } catch (IllegalArgumentException malformed) {
            return misbehaved("malformed content: " + malformed.getMessage());
        }
    }

    private void greet(PeerMessage message) {
        if (message.hasGoodbye()) {
            handle(message);
            return;
        }
        if (!message.hasHello()) {
            throw new Misbehaviour("the first message is not a greeting");
        }
        timers.cancelAll();
        isGreeted = true;
        parts.hub()
                .tell(
                        new PeerHub.Greeted(
                                getContext().getSelf(),
                                parts.link(),
                                parts.isOutbound(),
                                message.getHello()));
    }

    private void handle(PeerMessage message) {
        switch (message.getContentCase()) {
            case TRANSACTIONS_ANNOUNCED -> announced(message);
            case TRANSACTIONS_WANTED -> wanted(message);
            case TRANSACTIONS -> take(message.getTransactions());
            case HEADERS_WANTED -> serve(service.headers(message));
            case BLOCKS_WANTED -> serve(service.blocks(message));
            case COMPACT_WANTED -> serve(service.compact(message));
            case PARTS_WANTED -> serve(service.parts(message.getPartsWanted()));
            case LIGHT_QUESTION -> serveLight(message.getLightQuestion());
            case BLOCK -> {
                BareBlock block = Messages.block(message.getBlock());
                parts.hub().tell(new PeerHub.BlockArrived(getContext().getSelf(), block));
            }
            case GOODBYE -> {
                String reason = message.getGoodbye().getReason();
                getContext()
                        .getLog()
                        .info("Peer {} says goodbye: {}", parts.link(), printable(reason));
                parts.link().close();
            }
            case HELLO -> throw new Misbehaviour("a second greeting");
            default -> parts.hub().tell(new PeerHub.FromPeer(getContext().getSelf(), message));
        }
    }

    private static String printable(String text) {
        return text.substring(0, Math.min(text.length(), Wire.MAXIMUM_TEXT))
                .replaceAll("[^\\x20-\\x7e]", "?");
    }

    private void announced(PeerMessage message) {
        List<Hash> ids =
                Wire.hashes(message.getTransactionsAnnounced().getIdsList(), Wire.MAXIMUM_IDS);
        parts.hub().tell(new PeerHub.PeerKnows(getContext().getSelf(), ids));
        parts.chain().tell(new ChainActor.AskUnknown(ids, unknownIds));
    }

    private Behavior<Command> onUnknown(Unknown unknown) {
        if (!unknown.ids().isEmpty()) {
            TransactionsWanted.Builder wanted = TransactionsWanted.newBuilder();
            unknown.ids().forEach(id -> wanted.addIds(Wire.bytes(id)));
            send(PeerMessage.newBuilder().setTransactionsWanted(wanted).build());
        }
        receive();
        return this;
    }

    private void wanted(PeerMessage message) {
        List<Hash> ids =
                Wire.hashes(message.getTransactionsWanted().getIdsList(), Wire.MAXIMUM_IDS);
        parts.chain().tell(new ChainActor.AskWaiting(ids, waitingTransactions));
    }

    private Behavior<Command> onWaiting(Waiting waiting) {
        serve(service.transactions(waiting.transactions()));
        return this;
    }

    private CompletionStage<Done> transmit(PeerMessage message) {
        return parts.link().send(message.toByteArray());
    }

    private void take(Transactions message) {
        Wire.require(message.getTransactionsCount(), Wire.MAXIMUM_IDS, "transactions");
        List<SignedTransaction> transactions = new ArrayList<>();
        for (ByteString encoded : message.getTransactionsList()) {
            transactions.add(SignedTransaction.decode(Wire.bytes(encoded)));
        }
        unjudged = transactions.size();
        if (unjudged == 0) {
            receive();
            return;
        }
        parts.hub()
                .tell(
                        new PeerHub.PeerKnows(
                                getContext().getSelf(),
                                transactions.stream().map(SignedTransaction::id).toList()));
        transactions.forEach(
                transaction -> parts.chain().tell(new ChainActor.Submit(transaction, judgements)));
    }

    private Behavior<Command> onJudged(Judged judged) {
        if (judged.submission() instanceof Submission.Refused refused
                && refused.code().equals("bad-signature")) {
            return misbehaved("a transaction with a wrong signature");
        }
        if (isSubmissionAsked) {
            isSubmissionAsked = false;
            serve(transmit(LightWire.answer(judged.submission())));
            return this;
        }
        unjudged--;
        if (unjudged == 0) {
            receive();
        }
        return this;
    }

    private void serveLight(LightQuestion question) {
        LightWire.require(question);
        if (question.hasSubmission()) {
            isSubmissionAsked = true;
            parts.chain().tell(new ChainActor.Submit(LightWire.submission(question), judgements));
            return;
        }
        serve(service.light(question));
    }

    private void serve(CompletionStage<?> work) {
        getContext()
                .pipeToSelf(
                        work,
                        (done, failure) -> failure == null ? new Next() : new Served(failure));
    }

    private Behavior<Command> onServed(Served served) {
        if (served.failure() != null) {
            getContext().getLog().debug("Could not serve {}", parts.link(), served.failure());
            parts.link().close();
        }
        return this;
    }

    private Behavior<Command> onNext(Next next) {
        receive();
        return this;
    }

    private Behavior<Command> onSend(Send message) {
        send(message.message());
        return this;
    }

    private Behavior<Command> onSendFailed(SendFailed failed) {
        getContext().getLog().debug("Could not send to {}", parts.link(), failed.failure());
        parts.link().close();
        return this;
    }

    private Behavior<Command> onClose(Close close) {
        goodbye(close.reason());
        return this;
    }

    private void goodbye(String reason) {
        parts.link()
                .send(
                        PeerMessage.newBuilder()
                                .setGoodbye(Goodbye.newBuilder().setReason(reason))
                                .build()
                                .toByteArray())
                .whenComplete((done, failure) -> parts.link().close());
    }

    private Behavior<Command> onHelloLate(HelloLate late) {
        return misbehaved("no greeting within " + HELLO_TIMEOUT.toSeconds() + " s");
    }

    private Behavior<Command> misbehaved(String what) {
        if (fault.isEmpty()) {
            fault = Optional.of(what);
            goodbye(what);
        }
        return this;
    }

    private Behavior<Command> onEnded(Ended ended) {
        boolean isAtFault = fault.isPresent() || ended.end().cause().peerAtFault();
        parts.hub()
                .tell(
                        new PeerHub.SessionEnded(
                                getContext().getSelf(),
                                parts.key(),
                                fault.orElse(ended.end().toString()),
                                isAtFault));
        return Behaviors.stopped();
    }
}

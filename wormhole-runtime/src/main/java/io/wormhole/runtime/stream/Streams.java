package io.wormhole.runtime.stream;

import io.wormhole.channel.decider.DoneRequests;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.node.ChannelService;
import io.wormhole.channel.stream.PaymentStream;
import io.wormhole.channel.stream.StreamMeter;
import io.wormhole.channel.stream.StreamTerms;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/**
 * The payment streams of a node. They live as long as its process: after a restart at most the
 * exposure limit of each is unpaid, and a new one begins. Thread-safe.
 */
public final class Streams {
    private static final int MOST = 1_000;
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final Map<String, Running> streams = new ConcurrentSkipListMap<>();
    // Payments by the name of their request: what the channel says later counts as well.
    private final Map<String, CompletableFuture<Done>> asked = new ConcurrentHashMap<>();
    private volatile Optional<ChannelService> channels = Optional.empty();

    private static final class Running {
        private final ChannelId channel;
        private final int me;
        private final Optional<PaymentStream> paying;
        private final Optional<Delivery> delivering;
        private volatile boolean ended;

        Running(
                ChannelId channel,
                int me,
                Optional<PaymentStream> paying,
                Optional<Delivery> delivering) {
            this.channel = channel;
            this.me = me;
            this.paying = paying;
            this.delivering = delivering;
        }

        StreamView view(String id) {
            StreamMeter meter =
                    paying.map(PaymentStream::meter)
                            .orElseGet(() -> delivering.orElseThrow().meter());
            return new StreamView(id, channel, paying.isPresent(), ended, meter);
        }
    }

    /** Streams that have not begun. */
    public Streams(InstantSource clock) {
        this.clock = clock;
    }

    /** Begins to work over these channels. */
    public void start(ChannelService over) {
        channels = Optional.of(over);
    }

    private ChannelService channels() {
        return channels.orElseThrow(() -> new StreamNotPossible("the node is starting"));
    }

    /**
     * Begins a stream to or from the partner of a channel.
     *
     * @param paying whether this node pays
     */
    public CompletionStage<StreamView> begin(ChannelId channel, boolean paying, StreamTerms terms) {
        return channels()
                .inspect(channel)
                .thenApply(
                        memory -> {
                            if (!(memory instanceof Open open) || open.doubtful()) {
                                throw new StreamNotPossible(
                                        "channel %s is not open but %s"
                                                .formatted(channel, memory.phase()));
                            }
                            return begin(channel, open.party().me(), paying, terms);
                        });
    }

    private boolean isDelivering(ChannelId channel) {
        return streams.values().stream()
                .anyMatch(
                        stream ->
                                stream.channel.equals(channel)
                                        && stream.delivering.isPresent()
                                        && !stream.ended);
    }

    synchronized StreamView begin(ChannelId channel, int me, boolean paying, StreamTerms terms) {
        if (streams.size() >= MOST) {
            streams.values().removeIf(stream -> stream.ended);
        }
        if (streams.size() >= MOST) {
            throw new StreamNotPossible("%d streams run already".formatted(MOST));
        }
        if (!paying && isDelivering(channel)) {
            // The same payment would count for both.
            throw new StreamNotPossible(
                    "a stream delivers in channel %s already: end it first".formatted(channel));
        }
        String id = UUID.randomUUID().toString();
        Running stream =
                paying
                        ? new Running(
                                channel,
                                me,
                                Optional.of(
                                        new PaymentStream(
                                                id,
                                                terms,
                                                (name, amount) -> pay(channel, me, name, amount),
                                                clock)),
                                Optional.empty())
                        : new Running(
                                channel,
                                me,
                                Optional.empty(),
                                Optional.of(new Delivery(terms, clock)));
        streams.put(id, stream);
        return stream.view(id);
    }

    // Failing to hear an answer in time is no answer: the channel tells it when it is known.
    private CompletionStage<Done> pay(ChannelId channel, int me, String payment, Amount amount) {
        String name = DoneRequests.ONCE + payment;
        CompletableFuture<Done> done = new CompletableFuture<>();
        CompletableFuture<Done> before = asked.putIfAbsent(name, done);
        if (before != null) {
            return before;
        }
        var unused = done.whenComplete((paid, failure) -> asked.remove(name));
        Update update = Update.of(new ChannelOperation.Pay(me, amount));
        ask(() -> channels().request(channel, name, update), done, AGAIN);
        return done;
    }

    // The channel may have lost the request: under its name it is asked again and happens once.
    static void ask(
            Supplier<CompletionStage<ChannelEntity.Answer>> request,
            CompletableFuture<Done> done,
            Duration again) {
        CompletionStage<ChannelEntity.Answer> asked;
        try {
            asked = request.get();
        } catch (RuntimeException notNow) {
            asked = CompletableFuture.failedFuture(notNow);
        }
        var unused =
                asked.whenComplete(
                        (answer, failure) -> {
                            if (answer instanceof ChannelEntity.Completed) {
                                done.complete(Done.done());
                            } else if (answer instanceof ChannelEntity.Refused refused) {
                                done.completeExceptionally(new StreamNotPossible(refused.reason()));
                            } else if (failure != null && !done.isDone()) {
                                CompletableFuture.delayedExecutor(
                                                again.toMillis(), TimeUnit.MILLISECONDS)
                                        .execute(() -> ask(request, done, again));
                            }
                        });
    }

    /** Something happened to a channel. */
    public void told(ChannelId channel, Effect notice) {
        if (notice instanceof Effect.TellCompleted completed) {
            Optional.ofNullable(asked.get(completed.request()))
                    .ifPresent(payment -> payment.complete(Done.done()));
        } else if (notice instanceof Effect.TellDropped dropped) {
            Optional.ofNullable(asked.get(dropped.request()))
                    .ifPresent(
                            payment ->
                                    payment.completeExceptionally(
                                            new StreamNotPossible(dropped.reason())));
        } else if (notice instanceof Effect.TellPartnerUpdate update) {
            for (ChannelOperation operation : update.update().operations()) {
                if (operation instanceof ChannelOperation.Pay pay) {
                    received(channel, pay);
                }
            }
        }
    }

    private void received(ChannelId channel, ChannelOperation.Pay pay) {
        for (Running stream : streams.values()) {
            if (stream.channel.equals(channel) && pay.from() != stream.me && !stream.ended) {
                stream.delivering.ifPresent(delivery -> delivery.paid(pay.amount()));
            }
        }
    }

    private Running stream(String id) {
        Running stream = streams.get(id);
        if (stream == null) {
            throw new IllegalArgumentException("no stream " + id);
        }
        return stream;
    }

    /**
     * So many units have come, or are to go out, in all. Complete when what is due is paid; fails
     * when so many cannot have come, or must not go out.
     */
    public CompletionStage<StreamView> delivered(String id, long units) {
        Running stream = stream(id);
        if (stream.ended) {
            throw new StreamNotPossible("the stream has ended");
        }
        if (stream.delivering.isPresent()) {
            stream.delivering.get().delivered(units);
            return CompletableFuture.completedFuture(stream.view(id));
        }
        return stream.paying.orElseThrow().delivered(units).thenApply(meter -> stream.view(id));
    }

    /** Ends a stream; who pays pays the rest first. */
    public CompletionStage<StreamView> end(String id) {
        Running stream = stream(id);
        CompletionStage<StreamMeter> last =
                stream.paying
                        .map(PaymentStream::end)
                        .orElseGet(
                                () ->
                                        CompletableFuture.completedFuture(
                                                stream.delivering.orElseThrow().meter()));
        return last.thenApply(
                meter -> {
                    stream.ended = true;
                    return stream.view(id);
                });
    }

    /** Whether there is such a stream since the start. */
    public boolean isKnown(String id) {
        return streams.containsKey(id);
    }

    /** A stream. */
    public StreamView view(String id) {
        return stream(id).view(id);
    }

    /** All streams since the start. */
    public List<StreamView> all() {
        return streams.entrySet().stream()
                .map(entry -> entry.getValue().view(entry.getKey()))
                .toList();
    }
}

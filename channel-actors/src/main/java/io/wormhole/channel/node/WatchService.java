package io.wormhole.channel.node;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.payment.IssuedInvoice;
import io.wormhole.channel.payment.OutgoingPayment;
import io.wormhole.channel.proto.WatchFrame;
import io.wormhole.channel.watch.WatchAnswer;
import io.wormhole.channel.watch.WatchClient;
import io.wormhole.channel.watch.WatchClientWorld;
import io.wormhole.channel.watch.WatchCodec;
import io.wormhole.channel.watch.WatchDesk;
import io.wormhole.channel.watch.WatchDeskStatus;
import io.wormhole.channel.watch.WatchDeskWorld;
import io.wormhole.channel.watch.WatchMessage;
import io.wormhole.channel.watch.WatchOffice;
import io.wormhole.channel.watch.WatchTerms;
import io.wormhole.channel.watch.WatchWish;
import io.wormhole.channel.watch.WatchedNode;
import io.wormhole.channel.watch.WatcherView;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.transaction.TransactionBody;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Watching for others, for pay, and being watched.
 *
 * <pre>{@code
 * WatchService watching = new WatchService(system, key, settlement, settings);
 * ChannelService channels =
 *         ChannelService.start(…, watching.hearing(payments.hearing(owner)), watching.keeper());
 * payments.start(channels);
 * watching.start(channels, payments);
 * watching.subscribe(watcher, WatchWish.monthly(maximumPrice));  // CompletionStage<WatchAnswer>
 * }</pre>
 */
public final class WatchService {
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PAYING = Duration.ofMinutes(2);
    private static final Duration BRINGING = Duration.ofMinutes(2);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);
    private static final long INVOICE_BLOCKS = 600;

    private final ActorSystem<?> system;
    private final KeyPair key;
    private final Settlement settlement;
    private final Settings settings;
    private volatile Optional<Running> running = Optional.empty();
    // Whether changes of channels are worth telling.
    private volatile boolean watched;
    private final Map<ChannelId, KnownChannel> doubtful = new ConcurrentHashMap<>();

    private record Running(
            ChannelService channels,
            PaymentService payments,
            ActorRef<WatchClient.Command> client,
            Optional<ActorRef<WatchDesk.Command>> desk) {}

    /**
     * What a node does of watching.
     *
     * @param offers empty: it watches for nobody
     * @param mostClients at any time
     */
    public record Settings(
            Optional<WatchTerms> offers, int mostClients, InstantSource clock, WatchAlarm alarm) {}

    /** The watching of {@code key}, which begins with {@link #start}. */
    public WatchService(
            ActorSystem<?> system, KeyPair key, Settlement settlement, Settings settings) {
        this.system = system;
        this.key = key;
        this.settlement = settlement;
        this.settings = settings;
    }

    /** An owner that hears what {@code owner} hears, and tells it. */
    public ChannelOwner hearing(ChannelOwner owner) {
        return new WatchOwner(owner, this);
    }

    /** Is told every change of a channel, to hand it over. */
    public ChannelKeeper keeper() {
        return new ChannelKeeper() {
            @Override
            public void all(List<ChannelId> channels) {
                // They are listed when somebody is to watch them.
            }

            @Override
            public void keep(ChannelId channel, KnownChannel memory) {
                if (watched) {
                    tell(new WatchClient.Kept(channel, memory));
                } else if (memory instanceof Open open && open.doubtful()) {
                    // Somebody may hold its state from when it was watched.
                    doubtful.put(channel, memory);
                    tellDoubtful();
                }
            }

            @Override
            public void forget(ChannelId channel) {
                tell(new WatchClient.Forget(channel));
            }
        };
    }

    // A channel that wakes in doubt may do so before there is anybody to tell.
    private void tellDoubtful() {
        if (running.isPresent()) {
            for (ChannelId channel : List.copyOf(doubtful.keySet())) {
                KnownChannel memory = doubtful.remove(channel);
                if (memory != null) {
                    tell(new WatchClient.Kept(channel, memory));
                }
            }
        }
    }

    private void tell(WatchClient.Command command) {
        running.ifPresent(now -> now.client().tell(command));
    }

    /** Begins, over channels and payments of the same key; call it before links come up. */
    public void start(ChannelService channels, PaymentService payments) {
        ClientWorld world = new ClientWorld(channels, payments);
        WatchedNode self = new WatchedNode(key, settlement.network(), world, () -> watched = true);
        Optional<ActorRef<WatchDesk.Command>> desk =
                settings.offers()
                        .map(
                                terms ->
                                        spawn(
                                                WatchDesk.create(
                                                        new WatchOffice(
                                                                key,
                                                                settlement.network(),
                                                                terms,
                                                                settings.mostClients(),
                                                                new DeskWorld(channels, payments)),
                                                        settlement),
                                                "watch-desk"));
        running =
                Optional.of(
                        new Running(
                                channels,
                                payments,
                                spawn(WatchClient.create(self), "watch-client"),
                                desk));
        tellDoubtful();
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        return system.systemActorOf(
                Behaviors.supervise(behavior)
                        .onFailure(
                                SupervisorStrategy.restartWithBackoff(
                                        FIRST_RETRY, LAST_RETRY, 0.1)),
                name,
                Props.empty());
    }

    private Running running() {
        return running.orElseThrow(() -> new IllegalStateException("not started"));
    }

    // ---- what the owner wants -------------------------------------------------------------------

    /** What a partner offers as a watcher. */
    public CompletionStage<WatchAnswer> terms(PublicKey watcher) {
        return ask(replyTo -> new WatchClient.AskTerms(watcher, replyTo), ASK_TIMEOUT);
    }

    /**
     * Has all channels watched by a partner until stopped, and pays for each period.
     *
     * @param wish most that is paid, for how long at least
     */
    public CompletionStage<WatchAnswer> subscribe(PublicKey watcher, WatchWish wish) {
        return ask(replyTo -> new WatchClient.Subscribe(watcher, wish, replyTo), PAYING);
    }

    /** Ends being watched by a partner. */
    public CompletionStage<WatchAnswer> stop(PublicKey watcher) {
        return ask(replyTo -> new WatchClient.Stop(watcher, replyTo), ASK_TIMEOUT);
    }

    /** The watchers of this node and what they hold. */
    public CompletionStage<List<WatcherView>> watchers() {
        return ask(WatchClient.Read::new, ASK_TIMEOUT);
    }

    private <T> CompletionStage<T> ask(
            Function<ActorRef<T>, WatchClient.Command> question, Duration timeout) {
        return AskPattern.ask(running().client(), question::apply, timeout, system.scheduler());
    }

    /** How much this node has to do as a watcher; empty when it watches for nobody. */
    public CompletionStage<Optional<WatchDeskStatus>> desk() {
        Optional<ActorRef<WatchDesk.Command>> desk = running().desk();
        if (desk.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletionStage<WatchDeskStatus> status =
                AskPattern.ask(desk.get(), WatchDesk.Inspect::new, ASK_TIMEOUT, system.scheduler());
        return status.thenApply(Optional::of);
    }

    // ---- what happens ---------------------------------------------------------------------------

    void told(ChannelId channel, Effect notice) {
        if (notice instanceof Effect.TellDoubt) {
            tell(new WatchClient.InDoubt(channel));
        }
    }

    void connected(PublicKey partner) {
        tell(new WatchClient.Linked(partner));
    }

    void disconnected(PublicKey partner) {
        tell(new WatchClient.Unlinked(partner));
    }

    void heard(PublicKey partner, WatchFrame frame) {
        WatchMessage message = WatchCodec.decode(frame);
        if (running.isEmpty()) {
            return;
        }
        boolean forDesk =
                message instanceof WatchMessage.Ask
                        || message instanceof WatchMessage.Hold
                        || message instanceof WatchMessage.Drop
                        || message instanceof WatchMessage.Fetch;
        if (!forDesk) {
            tell(new WatchClient.Heard(partner, message));
        } else if (running().desk().isPresent()) {
            running().desk().get().tell(new WatchDesk.Heard(partner, message));
        } else if (message instanceof WatchMessage.Ask) {
            say(
                    running().channels(),
                    partner,
                    new WatchMessage.Refused(
                            Optional.empty(), "not-offered", "this node watches for nobody", 0));
        }
    }

    private static void say(ChannelService channels, PublicKey partner, WatchMessage message) {
        channels.say(partner, WatchCodec.encode(message));
    }

    private final class ClientWorld implements WatchClientWorld {
        private final ChannelService channels;
        private final PaymentService payments;

        ClientWorld(ChannelService channels, PaymentService payments) {
            this.channels = channels;
            this.payments = payments;
        }

        @Override
        public void say(PublicKey watcher, WatchMessage message) {
            WatchService.say(channels, watcher, message);
        }

        @Override
        public CompletionStage<List<ChannelId>> channels() {
            return channels.channels();
        }

        @Override
        public CompletionStage<ChannelMemory> inspect(ChannelId channel) {
            return channels.inspect(channel);
        }

        @Override
        public CompletionStage<OutgoingPayment> pay(Invoice invoice, Amount maximumFee) {
            return payments.pay(invoice, maximumFee);
        }

        @Override
        public void prove(ChannelId channel, CoSignedState state) {
            // The same proof as from the partner: both have signed it.
            channels.perform(
                    channel,
                    new ChannelAction.Hear(
                            new ChannelMessage.Reestablish(state.nonce(), Optional.of(state))));
        }

        @Override
        public void alarm(PublicKey watcher, String code, String words) {
            settings.alarm().raise(watcher, code, words);
        }

        @Override
        public Instant now() {
            return settings.clock().instant();
        }
    }

    private final class DeskWorld implements WatchDeskWorld {
        private final ChannelService channels;
        private final PaymentService payments;

        DeskWorld(ChannelService channels, PaymentService payments) {
            this.channels = channels;
            this.payments = payments;
        }

        @Override
        public void say(PublicKey client, WatchMessage message) {
            WatchService.say(channels, client, message);
        }

        @Override
        public CompletionStage<Boolean> isPartner(PublicKey client) {
            return channels.channels(client).thenApply(theirs -> !theirs.isEmpty());
        }

        @Override
        public CompletionStage<Invoice> invoice(Amount price, String description) {
            return payments.invoice(price, description, INVOICE_BLOCKS);
        }

        @Override
        public CompletionStage<Optional<IssuedInvoice.State>> invoiceState(Hash hash) {
            return payments.invoice(hash).thenApply(found -> found.map(IssuedInvoice::state));
        }

        @Override
        public void bring(String purpose, TransactionBody body) {
            // The wallet goes on with it whether anybody waits for the answer or not.
            channels.bring(purpose, body, BRINGING);
        }

        @Override
        public void alarm(String code, String words) {
            settings.alarm().raise(key.publicKey(), code, words);
        }

        @Override
        public Instant now() {
            return settings.clock().instant();
        }
    }
}

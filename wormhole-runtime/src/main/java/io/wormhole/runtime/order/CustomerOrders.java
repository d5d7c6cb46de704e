package io.wormhole.runtime.order;

import com.google.protobuf.ByteString;
import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.runtime.proto.CustomerOrder;
import io.wormhole.runtime.proto.CustomerOrderChanged;
import io.wormhole.runtime.proto.CustomerOrdersSnapshot;
import io.wormhole.runtime.proto.OrderMessage;
import io.wormhole.runtime.proto.OrderProgress;
import io.wormhole.runtime.proto.OrderRequest;
import io.wormhole.runtime.proto.PackageChunk;
import io.wormhole.runtime.proto.PackageWanted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/** All orders of one customer, durable: asks makers, locks escrows, follows what is delivered. */
public final class CustomerOrders
        extends EventSourcedBehavior<
                CustomerOrders.Command, CustomerOrderChanged, Map<ByteString, CustomerOrder>> {
    /** What the actor understands. */
    public sealed interface Command {}

    /** Places an order; answered when stored. Its phase must be {@code requested}. */
    public record Place(CustomerOrder order, ActorRef<Done> replyTo) implements Command {}

    /** A maker said something; hostile until checked against what is stored. */
    public record Heard(PublicKey maker, OrderMessage message) implements Command {}

    /** The link to a maker is up: ask again for what it has not answered. */
    public record Connected(PublicKey maker) implements Command {}

    /** Asks for one order. */
    public record Inspect(Hash order, ActorRef<Optional<OrderView>> replyTo) implements Command {}

    /** Asks for all orders. */
    public record ListAll(ActorRef<List<OrderView>> replyTo) implements Command {}

    private record Look() implements Command {}

    private record AskAgain() implements Command {}

    private record Looked(ByteString order, @Nullable ChannelMemory channel) implements Command {}

    private record Answered(ByteString order, ChannelEntity.@Nullable Answer answer)
            implements Command {}

    private static final int EVENTS_PER_SNAPSHOT = 100;
    private static final int MOST_FAULT_CHARACTERS = 2_000;
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final ActorContext<Command> context;
    private final OrderWorld world;
    private final PackageStore packages;
    private final Map<ByteString, OrderProgress> progress = new HashMap<>();
    // Requested orders of which the maker has said nothing since the last time we asked again.
    private final Set<ByteString> unanswered = new HashSet<>();

    private CustomerOrders(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            OrderWorld world,
            PackageStore packages) {
        super(PersistenceId.of("customer-orders", world.self().toString()));
        this.context = context;
        this.world = world;
        this.packages = packages;
        ActorRef<ChannelNotice> notices =
                context.messageAdapter(ChannelNotice.class, notice -> new Look());
        context.getSystem()
                .eventStream()
                .tell(new EventStream.Subscribe<>(ChannelNotice.class, notices));
        timers.startTimerWithFixedDelay("tick", new Look(), TICK);
        timers.startTimerWithFixedDelay("silence", new AskAgain(), SILENCE);
    }

    /** The orders of the customer in {@code world}. */
    public static Behavior<Command> create(OrderWorld world, PackageStore packages) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers -> new CustomerOrders(context, timers, world, packages)));
    }

    @Override
    public Map<ByteString, CustomerOrder> emptyState() {
        return Map.of();
    }

    @Override
    public CommandHandler<Command, CustomerOrderChanged, Map<ByteString, CustomerOrder>>
            commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Place.class, this::place)
                .onCommand(Heard.class, this::heard)
                .onCommand(Connected.class, this::connected)
                .onCommand(Look.class, this::look)
                .onCommand(AskAgain.class, this::askAgain)
                .onCommand(Looked.class, this::looked)
                .onCommand(Answered.class, this::answered)
                .onCommand(Inspect.class, this::inspect)
                .onCommand(ListAll.class, this::listAll)
                .build();
    }

    private Effect<CustomerOrderChanged, Map<ByteString, CustomerOrder>> place(
            Map<ByteString, CustomerOrder> orders, Place place) {
        if (orders.containsKey(place.order().getOrder())) {
            return Effect().reply(place.replyTo(), Done.done());
        }
        return Effect()
                .persist(changed(place.order()))
                .thenRun(after -> request(place.order()))
                .thenReply(place.replyTo(), after -> Done.done());
    }

    private void request(CustomerOrder order) {
        OrderRequest request =
                OrderRequest.newBuilder()
                        .setOrder(order.getOrder())
                        .setChannel(order.getChannel())
                        .setLine(order.getLine())
                        .setPackageHash(order.getPackageHash())
                        .setPackageBytes(order.getPackageBytes())
                        .setCount(order.getCount())
                        .build();
        world.say(OrderRules.maker(order), OrderMessage.newBuilder().setRequest(request).build());
    }

    private Effect<CustomerOrderChanged, Map<ByteString, CustomerOrder>> heard(
            Map<ByteString, CustomerOrder> orders, Heard heard) {
        OrderMessage message = heard.message();
        Optional<CustomerOrder> found =
                Optional.ofNullable(orders.get(orderOf(message)))
                        .filter(order -> OrderRules.maker(order).equals(heard.maker()));
        if (found.isEmpty()) {
            return Effect().none();
        }
        CustomerOrder order = found.get();
        unanswered.remove(order.getOrder());
        boolean requested = order.getPhase().equals(OrderRules.REQUESTED);
        if (message.hasWanted() && requested) {
            sendChunk(order, message.getWanted());
        } else if (message.hasAccepted() && requested) {
            return accepted(order, message);
        } else if (message.hasRefused() && requested) {
            String faults = String.join("\n", message.getRefused().getFaultsList());
            return store(over(order, OrderRules.REFUSED, faults));
        } else if (message.hasProgress()) {
            progress.put(order.getOrder(), message.getProgress());
        } else if (message.hasStopped() && !OrderRules.isOver(order)) {
            context.getLog()
                    .warn("the maker stopped an order: {}", message.getStopped().getReason());
        }
        return Effect().none();
    }

    private static ByteString orderOf(OrderMessage message) {
        return switch (message.getMessageCase()) {
            case WANTED -> message.getWanted().getOrder();
            case ACCEPTED -> message.getAccepted().getOrder();
            case REFUSED -> message.getRefused().getOrder();
            case PROGRESS -> message.getProgress().getOrder();
            case STOPPED -> message.getStopped().getOrder();
            default -> ByteString.EMPTY;
        };
    }

    private void sendChunk(CustomerOrder order, PackageWanted wanted) {
        if (wanted.getOffset() == order.getPackageBytes()) {
            request(order);
            return;
        }
        try {
            Bytes content =
                    packages.chunk(OrderRules.hash(order.getPackageHash()), wanted.getOffset());
            PackageChunk chunk =
                    PackageChunk.newBuilder()
                            .setOrder(order.getOrder())
                            .setPackageHash(order.getPackageHash())
                            .setOffset(wanted.getOffset())
                            .setContent(ByteString.copyFrom(content.toArray()))
                            .build();
            world.say(OrderRules.maker(order), OrderMessage.newBuilder().setChunk(chunk).build());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Effect<CustomerOrderChanged, Map<ByteString, CustomerOrder>> accepted(
            CustomerOrder order, OrderMessage message) {
        Optional<String> objection = OrderRules.objection(order, message.getAccepted());
        if (objection.isPresent()) {
            return store(over(order, OrderRules.REFUSED, objection.get()));
        }
        return store(
                order.toBuilder()
                        .setPhase(OrderRules.ACCEPTED)
                        .setTerms(message.getAccepted())
                        .build());
    }

    private static CustomerOrder over(CustomerOrder order, String phase, String reason) {
        String cut =
                reason.length() <= MOST_FAULT_CHARACTERS
                        ? reason
                        : reason.substring(0, MOST_FAULT_CHARACTERS);
        return order.toBuilder().setPhase(phase).setReason(cut).build();
    }

    private Effect<CustomerOrderChanged, Map<ByteString, CustomerOrder>> store(
            CustomerOrder order) {
        return Effect()
                .persist(changed(order))
                .thenRun(after -> context.getSelf().tell(new Look()));
    }

    private static CustomerOrderChanged changed(CustomerOrder order) {
        return CustomerOrderChanged.newBuilder().setOrder(order).build();
    }

    private Effect<CustomerOrderChanged, Map<ByteString, CustomerOrder>> connected(
            Map<ByteString, CustomerOrder> orders, Connected connected) {
        orders.values().stream()
                .filter(order -> OrderRules.maker(order).equals(connected.maker()))
                .filter(order -> order.getPhase().equals(OrderRules.REQUESTED))
                .forEach(this::request);
        return Effect().none();
    }

    // A link that stands is no proof that the request arrived: the maker may have lost it in a
    // crash.
    private Effect<CustomerOrderChanged, Map<ByteString, CustomerOrder>> askAgain(
            Map<ByteString, CustomerOrder> orders, AskAgain again) {
        for (CustomerOrder order : orders.values()) {
            boolean requested = order.getPhase().equals(OrderRules.REQUESTED);
            if (requested && !unanswered.add(order.getOrder())) {
                request(order);
            } else if (!requested) {
                unanswered.remove(order.getOrder());
            }
        }
        return Effect().none();
    }

    private Effect<CustomerOrderChanged, Map<ByteString, CustomerOrder>> look(
            Map<ByteString, CustomerOrder> orders, Look look) {
        orders.values().stream().filter(order -> !OrderRules.isOver(order)).forEach(this::lookAt);
        return Effect().none();
    }

    private void lookAt(CustomerOrder order) {
        context.pipeToSelf(
                world.channel(OrderRules.channel(order)),
                (channel, failure) -> new Looked(order.getOrder(), channel));
    }

    private Effect<CustomerOrderChanged, Map<ByteString, CustomerOrder>> looked(
            Map<ByteString, CustomerOrder> orders, Looked looked) {
        CustomerOrder order = orders.get(looked.order());
        if (looked.channel() == null || order == null) {
            return Effect().none();
        }
        OrderRules.Step step = OrderRules.next(order, looked.channel(), world.network());
        if (step instanceof OrderRules.Step.Store stored) {
            return store(stored.order());
        }
        if (step instanceof OrderRules.Step.MakeOffer make) {
            offer(order, make);
        }
        return Effect().none();
    }

    private void offer(CustomerOrder order, OrderRules.Step.MakeOffer make) {
        context.pipeToSelf(
                world.perform(OrderRules.channel(order), new ChannelAction.MakeOffer(make.offer())),
                (answer, failure) -> new Answered(order.getOrder(), answer));
    }

    // A refusal changes nothing: the next look asks again, from the channel as it is then.
    private Effect<CustomerOrderChanged, Map<ByteString, CustomerOrder>> answered(
            Map<ByteString, CustomerOrder> orders, Answered answered) {
        if (answered.answer() instanceof ChannelEntity.Refused refused) {
            context.getLog().debug("the channel refused: {}", refused.reason());
        }
        return Effect().none();
    }

    private Effect<CustomerOrderChanged, Map<ByteString, CustomerOrder>> inspect(
            Map<ByteString, CustomerOrder> orders, Inspect inspect) {
        ByteString key = ByteString.copyFrom(inspect.order().bytes().toArray());
        return Effect()
                .reply(inspect.replyTo(), Optional.ofNullable(orders.get(key)).map(this::view));
    }

    private Effect<CustomerOrderChanged, Map<ByteString, CustomerOrder>> listAll(
            Map<ByteString, CustomerOrder> orders, ListAll list) {
        return Effect().reply(list.replyTo(), orders.values().stream().map(this::view).toList());
    }

    private OrderView view(CustomerOrder order) {
        return new OrderView(order, Optional.ofNullable(progress.get(order.getOrder())));
    }

    @Override
    public EventHandler<Map<ByteString, CustomerOrder>, CustomerOrderChanged> eventHandler() {
        return newEventHandlerBuilder()
                .forAnyState()
                .onAnyEvent(
                        (orders, event) -> {
                            Map<ByteString, CustomerOrder> next = new LinkedHashMap<>(orders);
                            next.put(event.getOrder().getOrder(), event.getOrder());
                            return Collections.unmodifiableMap(next);
                        });
    }

    @Override
    public SignalHandler<Map<ByteString, CustomerOrder>> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(
                        RecoveryCompleted.class,
                        (orders, signal) -> context.getSelf().tell(new Look()))
                .build();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 2);
    }

    @Override
    public SnapshotAdapter<Map<ByteString, CustomerOrder>> snapshotAdapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(Map<ByteString, CustomerOrder> orders) {
                return CustomerOrdersSnapshot.newBuilder().addAllOrders(orders.values()).build();
            }

            @Override
            public Map<ByteString, CustomerOrder> fromJournal(Object stored) {
                Map<ByteString, CustomerOrder> orders = new LinkedHashMap<>();
                ((CustomerOrdersSnapshot) stored)
                        .getOrdersList()
                        .forEach(order -> orders.put(order.getOrder(), order));
                return Collections.unmodifiableMap(orders);
            }
        };
    }
}

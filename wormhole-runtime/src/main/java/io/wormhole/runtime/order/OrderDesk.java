package io.wormhole.runtime.order;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.line.LineDefinition;
import io.wormhole.runtime.line.LineEntity;
import io.wormhole.runtime.line.LineService;
import io.wormhole.runtime.line.OrderCheck;
import io.wormhole.runtime.proto.JobAccepted;
import io.wormhole.runtime.proto.OrderAccepted;
import io.wormhole.runtime.proto.OrderMessage;
import io.wormhole.runtime.proto.OrderRefused;
import io.wormhole.runtime.proto.OrderRequest;
import io.wormhole.runtime.proto.PackageChunk;
import io.wormhole.runtime.proto.PackageWanted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Hears what partners' applications say. As a maker it gathers the ISA package of a request, has
 * the line check it whole, and answers; what is for the customer it passes on. Runs on a blocking
 * dispatcher, since packages and programs are files.
 */
public final class OrderDesk extends AbstractBehavior<OrderDesk.Command> {
    /** What the actor understands. */
    public sealed interface Command {}

    /** A partner's application said something; hostile until decoded. */
    public record Heard(PublicKey partner, Bytes payload) implements Command {}

    private record Considered(
            PublicKey customer,
            OrderRequest request,
            @Nullable Consideration outcome,
            @Nullable Throwable failure)
            implements Command {}

    private record TakenOn(
            PublicKey customer,
            OrderRequest request,
            @Nullable Outcome outcome,
            @Nullable Throwable failure)
            implements Command {}

    /** What the line said, and the terms that its job has stored. */
    private record Outcome(LineEntity.Reply reply, Optional<JobAccepted> job) {}

    /** What is known of the line and the channel that a request names. */
    private record Consideration(Optional<LineDefinition> line, ChannelMemory channel) {}

    private static final long ORDER_BLOCKS = 100_000;
    private static final int MOST_ARRIVING = 1_000;

    private final OrderWorld world;
    private final LineService lines;
    private final PackageStore packages;
    private final Path programs;
    private final ActorRef<CustomerOrders.Command> customerOrders;
    private final Bytes attestationKey;
    private final HeadHeight head;
    // Announced sizes of packages that are arriving; forgotten at a restart, when customers ask
    // again.
    private final Map<Hash, Long> arriving = new HashMap<>();
    private final Set<Hash> underConsideration = new HashSet<>();

    /** Height of the head, for deadlines. */
    @FunctionalInterface
    public interface HeadHeight {
        /** The height. */
        CompletionStage<Long> now();
    }

    /** What a desk works with. */
    public record Tools(
            OrderWorld world,
            LineService lines,
            PackageStore packages,
            Path programs,
            PublicKey attestationKey,
            HeadHeight head) {}

    private OrderDesk(
            ActorContext<Command> context,
            Tools tools,
            ActorRef<CustomerOrders.Command> customerOrders) {
        super(context);
        this.world = tools.world();
        this.lines = tools.lines();
        this.packages = tools.packages();
        this.programs = tools.programs();
        this.attestationKey = tools.attestationKey().bytes();
        this.head = tools.head();
        this.customerOrders = customerOrders;
    }

    /** The desk of one operator. */
    public static Behavior<Command> create(
            Tools tools, ActorRef<CustomerOrders.Command> customerOrders) {
        return Behaviors.setup(context -> new OrderDesk(context, tools, customerOrders));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Heard.class, this::heard)
                .onMessage(Considered.class, this::considered)
                .onMessage(TakenOn.class, this::takenOn)
                .build();
    }

    private Behavior<Command> heard(Heard heard) {
        try {
            OrderMessage message = OrderMessage.parseFrom(heard.payload().toArray());
            if (message.hasRequest()) {
                request(heard.partner(), message.getRequest());
            } else if (message.hasChunk()) {
                chunk(heard.partner(), message.getChunk());
            } else {
                customerOrders.tell(new CustomerOrders.Heard(heard.partner(), message));
            }
        } catch (InvalidProtocolBufferException | IllegalArgumentException malformed) {
            getContext()
                    .getLog()
                    .warn("{} sent a malformed order: {}", heard.partner(), malformed.getMessage());
        } catch (IOException disk) {
            getContext().getLog().error("packages cannot be stored: {}", disk.toString());
        }
        return this;
    }

    private void request(PublicKey customer, OrderRequest request) throws IOException {
        Hash hash = OrderRules.hash(request.getPackageHash());
        Hash order = OrderRules.hash(request.getOrder());
        long here;
        try {
            here = packages.arrived(hash, request.getPackageBytes());
        } catch (IllegalArgumentException tooLarge) {
            refuse(customer, request.getOrder(), List.of(String.valueOf(tooLarge.getMessage())));
            return;
        }
        if (!packages.has(hash)) {
            if (arriving.size() >= MOST_ARRIVING && !arriving.containsKey(hash)) {
                refuse(customer, request.getOrder(), List.of("too many packages are arriving"));
                return;
            }
            arriving.put(hash, request.getPackageBytes());
            want(customer, request.getOrder(), hash, here);
            return;
        }
        arriving.remove(hash);
        if (underConsideration.add(order)) {
            consider(customer, request);
        }
    }

    private void chunk(PublicKey customer, PackageChunk chunk) throws IOException {
        Hash hash = OrderRules.hash(chunk.getPackageHash());
        Long total = arriving.get(hash);
        if (total == null || chunk.getContent().size() > PackageStore.CHUNK) {
            return;
        }
        try {
            long here =
                    packages.add(
                            hash,
                            total,
                            chunk.getOffset(),
                            Bytes.of(chunk.getContent().toByteArray()));
            want(customer, chunk.getOrder(), hash, here);
        } catch (IllegalArgumentException bad) {
            arriving.remove(hash);
            refuse(customer, chunk.getOrder(), List.of(String.valueOf(bad.getMessage())));
        }
    }

    private void want(PublicKey customer, ByteString order, Hash hash, long offset) {
        PackageWanted wanted =
                PackageWanted.newBuilder()
                        .setOrder(order)
                        .setPackageHash(ByteString.copyFrom(hash.bytes().toArray()))
                        .setOffset(offset)
                        .build();
        world.say(customer, OrderMessage.newBuilder().setWanted(wanted).build());
    }

    private void consider(PublicKey customer, OrderRequest request) {
        Name name = new Name(request.getLine());
        ChannelId channel = new ChannelId(OrderRules.hash(request.getChannel()));
        getContext()
                .pipeToSelf(
                        lines.definition(name)
                                .thenCombine(world.channel(channel), Consideration::new),
                        (outcome, failure) -> new Considered(customer, request, outcome, failure));
    }

    private Behavior<Command> considered(Considered considered) throws IOException {
        OrderRequest request = considered.request();
        if (considered.outcome() == null) {
            underConsideration.remove(OrderRules.hash(request.getOrder()));
            getContext().getLog().warn("order not considered: {}", considered.failure());
            return this;
        }
        Optional<LineDefinition> line = considered.outcome().line();
        boolean partners =
                considered.outcome().channel() instanceof KnownChannel known
                        && known.party().partnerKey().equals(considered.customer());
        if (line.isEmpty() || !partners) {
            return unfit(
                    considered.customer(),
                    request,
                    List.of(
                            partners
                                    ? "no line " + request.getLine() + " is deployed here"
                                    : "no channel between us has this id"));
        }
        OrderCheck.Result result =
                new OrderCheck(line.get(), world.network(), programs, packages)
                        .check(
                                packages.file(OrderRules.hash(request.getPackageHash())),
                                request.getCount());
        if (result instanceof OrderCheck.Result.Unfit unfit) {
            return unfit(considered.customer(), request, unfit.faults());
        }
        takeOn(considered.customer(), request, (OrderCheck.Result.Fit) result);
        return this;
    }

    private Behavior<Command> unfit(PublicKey customer, OrderRequest request, List<String> faults) {
        underConsideration.remove(OrderRules.hash(request.getOrder()));
        refuse(customer, request.getOrder(), faults);
        return this;
    }

    private void takeOn(PublicKey customer, OrderRequest request, OrderCheck.Result.Fit fit) {
        CompletionStage<Outcome> outcome =
                head.now().thenCompose(height -> takeOn(job(customer, request, fit, height)));
        getContext()
                .pipeToSelf(
                        outcome, (done, failure) -> new TakenOn(customer, request, done, failure));
    }

    // A request that is repeated is answered with the terms of the first, which the job stored.
    private CompletionStage<Outcome> takeOn(JobAccepted job) {
        Name line = new Name(job.getLine());
        return lines.takeOn(line, job)
                .thenCompose(
                        reply ->
                                reply instanceof LineEntity.Done
                                        ? lines.job(line, OrderRules.hash(job.getOrder()))
                                                .thenApply(
                                                        stored ->
                                                                new Outcome(
                                                                        reply,
                                                                        stored.memory().terms()))
                                        : CompletableFuture.completedFuture(
                                                new Outcome(reply, Optional.empty())));
    }

    private static JobAccepted job(
            PublicKey customer, OrderRequest request, OrderCheck.Result.Fit fit, long height) {
        return JobAccepted.newBuilder()
                .setOrder(request.getOrder())
                .setCustomer(ByteString.copyFrom(customer.bytes().toArray()))
                .setChannel(request.getChannel())
                .setLine(request.getLine())
                .setDevice(fit.device())
                .setPackageHash(request.getPackageHash())
                .setPricePerCupBaseUnits(fit.pricePerUnit().baseUnits())
                .setCount(request.getCount())
                .setDeadline(height + ORDER_BLOCKS)
                .setProgramFile(fit.program().file().toString())
                .setProgramCommands(fit.program().commands())
                .setProgramSha256(fit.program().contentSha256())
                .build();
    }

    private Behavior<Command> takenOn(TakenOn taken) {
        ByteString order = taken.request().getOrder();
        underConsideration.remove(OrderRules.hash(order));
        if (taken.outcome() == null) {
            getContext().getLog().warn("order not taken on: {}", String.valueOf(taken.failure()));
        } else if (taken.outcome().reply() instanceof LineEntity.Refused refused) {
            refuse(taken.customer(), order, List.of(refused.reason()));
        } else {
            taken.outcome()
                    .job()
                    .filter(job -> customer(job).equals(taken.customer()))
                    .ifPresentOrElse(
                            job -> accept(taken.customer(), job),
                            () ->
                                    refuse(
                                            taken.customer(),
                                            order,
                                            List.of("an order of this id is somebody else's")));
        }
        return this;
    }

    private static PublicKey customer(JobAccepted job) {
        return new PublicKey(Bytes.of(job.getCustomer().toByteArray()));
    }

    private void accept(PublicKey customer, JobAccepted job) {
        OrderAccepted accepted =
                OrderAccepted.newBuilder()
                        .setOrder(job.getOrder())
                        .setPricePerCupBaseUnits(job.getPricePerCupBaseUnits())
                        .setCount(job.getCount())
                        .setAttestationKey(ByteString.copyFrom(attestationKey.toArray()))
                        .setDeadline(job.getDeadline())
                        .build();
        world.say(customer, OrderMessage.newBuilder().setAccepted(accepted).build());
    }

    private void refuse(PublicKey customer, ByteString order, List<String> faults) {
        OrderRefused refused =
                OrderRefused.newBuilder().setOrder(order).addAllFaults(faults).build();
        world.say(customer, OrderMessage.newBuilder().setRefused(refused).build());
    }
}

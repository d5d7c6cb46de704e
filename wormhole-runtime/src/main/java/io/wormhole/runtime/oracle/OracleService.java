package io.wormhole.runtime.oracle;

import io.wormhole.channel.node.ChannelService;
import io.wormhole.channel.wallet.Payment;
import io.wormhole.oracle.duty.DutyEntity;
import io.wormhole.oracle.duty.DutyMemory;
import io.wormhole.oracle.duty.DutyParts;
import io.wormhole.oracle.duty.Purse;
import io.wormhole.oracle.duty.QuestionFollower;
import io.wormhole.oracle.duty.Role;
import io.wormhole.oracle.feed.HttpFeed;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.runtime.line.DeviceMeasured;
import io.wormhole.runtime.notice.Webhook;
import io.wormhole.settlement.node.SettlementNode;
import io.wormhole.supervision.ChildSpec;
import io.wormhole.supervision.StableReferences;
import io.wormhole.supervision.Supervisor;
import io.wormhole.supervision.SupervisorSpec;
import io.wormhole.supervision.policy.Strategy;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The operator, challenger and voter of one node, under one supervisor. */
public final class OracleService {
    private static final String ROOT = "oracle";
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int RESTARTS = 5;
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final ActorSystem<?> system;
    private final ConfiguredFeeds feeds;

    private OracleService(ActorSystem<?> system, ConfiguredFeeds feeds) {
        this.system = system;
        this.feeds = feeds;
    }

    /** Starts the roles; they follow the chain from now on. */
    public static OracleService start(
            ActorSystem<?> system,
            KeyPair operator,
            SettlementNode node,
            ChannelService wallet,
            OracleConfig config) {
        Executor disk = system.dispatchers().lookup(DispatcherSelector.blocking());
        HttpClient client = HttpFeed.client();
        ConfiguredFeeds feeds =
                new ConfiguredFeeds(
                        config, new FeedConfig.Tools(client, InstantSource.system(), disk));
        OracleService service = new OracleService(system, feeds);
        DutyParts parts =
                new DutyParts(
                        node.settlement(),
                        node.questions(),
                        new NodePurse(operator, node, wallet),
                        node.genesis().parameters().oracles(),
                        feeds.plans(),
                        config.watches(),
                        config.budget(),
                        new OpenDecision(
                                config.webhook().map(to -> new Webhook(client, to, system.log())),
                                system.log()));
        system.systemActorOf(Supervisor.create(tree(parts)), "oracle-roles", Props.empty());
        system.systemActorOf(service.measurements(), "oracle-measurements", Props.empty());
        QuestionFollower.start(
                        node.settlement(),
                        node.questions(),
                        List.of(
                                service.actor(Role.OPERATOR),
                                service.actor(Role.CHALLENGER),
                                service.actor(Role.VOTER)))
                .whenComplete(
                        (following, failure) -> {
                            if (failure != null) {
                                system.log().error("questions are not followed", failure);
                            }
                        });
        return service;
    }

    private static SupervisorSpec tree(DutyParts parts) {
        SupervisorSpec.Builder tree =
                SupervisorSpec.named(ROOT)
                        .strategy(Strategy.ONE_FOR_ONE)
                        .intensity(RESTARTS, PERIOD);
        for (Role role : Role.values()) {
            tree.child(ChildSpec.worker(role.id(), () -> DutyEntity.create(role, parts)));
        }
        return tree.build();
    }

    private ActorRef<DutyEntity.Command> actor(Role role) {
        return StableReferences.get(system).to("/" + ROOT + "/" + role.id());
    }

    /** Asks a question; answers when the wish is stored. */
    public CompletionStage<DutyEntity.Said> ask(
            String request, DutyEntity.Wording wording, Optional<String> plan) {
        return ask(Role.OPERATOR, replyTo -> new DutyEntity.Ask(request, wording, plan, replyTo));
    }

    /** Lets a role say what holds. */
    public CompletionStage<DutyEntity.Said> decide(
            Role role, OracleId oracle, Answer answer, String reason) {
        return ask(role, replyTo -> new DutyEntity.Decide(oracle, answer, reason, replyTo));
    }

    /** What a role remembers. */
    public CompletionStage<DutyMemory> memory(Role role) {
        return ask(role, DutyEntity.Inspect::new);
    }

    /** Fills the series that name a device with what it measures. */
    private Behavior<DeviceMeasured> measurements() {
        return Behaviors.setup(
                context -> {
                    context.getSystem()
                            .eventStream()
                            .tell(
                                    new EventStream.Subscribe<>(
                                            DeviceMeasured.class, context.getSelf()));
                    return Behaviors.receive(DeviceMeasured.class)
                            .onMessage(DeviceMeasured.class, this::measured)
                            .build();
                });
    }

    private Behavior<DeviceMeasured> measured(DeviceMeasured measured) {
        feeds.measured(measured);
        return Behaviors.same();
    }

    /** A partner's value for a held feed; whoever may not hand it in is not listened to. */
    public void heard(PublicKey partner, Bytes payload) {
        try {
            PartnerReading reading = PartnerReading.decode(payload);
            if (!feeds.heard(partner, reading)) {
                system.log().warn("{} may not fill feed {}", partner.address(), reading.feed());
            }
        } catch (IllegalArgumentException malformed) {
            system.log().warn("{} sent a malformed reading: {}", partner, malformed.getMessage());
        }
    }

    /** Hands a value to a held feed or a series. */
    public void hand(String feed, String from, String value) {
        feeds.hand(feed, from, value);
    }

    private <T> CompletionStage<T> ask(
            Role role, Function<ActorRef<T>, DutyEntity.Command> question) {
        return AskPattern.ask(actor(role), question::apply, ASK_TIMEOUT, system.scheduler());
    }

    /** The node's wallet and miner. */
    private record NodePurse(KeyPair operator, SettlementNode node, ChannelService wallet)
            implements Purse {
        @Override
        public Address address() {
            return operator.address();
        }

        @Override
        public CompletionStage<Brought> bring(
                String purpose, TransactionBody body, Optional<Hash> dataHash) {
            return wallet.bring(purpose, body, dataHash, PATIENCE).thenApply(NodePurse::brought);
        }

        private static Brought brought(Payment payment) {
            return payment instanceof Payment.Settled settled
                    ? new Brought.Final(settled.transaction())
                    : refused((Payment.Abandoned) payment);
        }

        private static Brought refused(Payment.Abandoned payment) {
            return new Brought.Refused(payment.code(), payment.reason());
        }

        @Override
        public void voteWithBlocks(OracleId oracle, Answer answer) {
            node.blockVotes().decide(operator, oracle, answer);
        }
    }
}

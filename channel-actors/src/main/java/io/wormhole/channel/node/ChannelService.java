package io.wormhole.channel.node;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.entity.ChannelWorld;
import io.wormhole.channel.proto.RelayFrame;
import io.wormhole.channel.proto.WatchFrame;
import io.wormhole.channel.session.Sessions;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.channel.wallet.Payment;
import io.wormhole.channel.wallet.Wallet;
import io.wormhole.channel.watcher.ChannelWatcher;
import io.wormhole.cluster.journal.Journal;
import io.wormhole.cluster.link.LinkServer;
import io.wormhole.cluster.link.Links;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.transaction.TransactionBody;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** The channels, wallet, sessions and watcher of one operator. */
public final class ChannelService {
    private static final EntityTypeKey<ChannelEntity.Command> CHANNELS =
            EntityTypeKey.create(ChannelEntity.Command.class, "channel");
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(20);

    private final ActorSystem<?> system;
    private final Settlement settlement;
    private final ChannelKeeper keeper;
    private final ClusterSharding sharding;
    private final ActorRef<Wallet.Command> wallet;
    private final ActorRef<ChannelWatcher.Command> watcher;
    private final ActorRef<Sessions.Command> sessions;
    private final ActorRef<ChannelDirectory.Command> directory;
    private final ActorRef<ChannelWaker.Command> waker;
    private final Links links;
    private final ActorRef<Payment> transactions;
    private final ChainNews news;

    private ChannelService(
            ActorSystem<?> system,
            KeyPair key,
            Settlement settlement,
            Links links,
            ChannelOwner owner,
            ChannelKeeper keeper) {
        this.keeper = keeper;
        this.system = system;
        this.settlement = settlement;
        this.links = links;
        this.news = new ChainNews(settlement, system.log());
        this.sharding = ClusterSharding.get(system);
        Tools tools = new Tools(new UpdateRules(new VmContracts()), key);
        ChannelWorld world = new ServiceWorld(this, owner, keeper);
        sharding.init(
                Entity.of(
                                CHANNELS,
                                entity ->
                                        ChannelEntity.create(
                                                new ChannelId(Hash.ofHex(entity.getEntityId())),
                                                tools,
                                                world))
                        .withSettings(Awake.few(system)));
        transactions =
                spawn(
                        Behaviors.receive(Payment.class)
                                .onMessage(Payment.Abandoned.class, this::notTaken)
                                .onAnyMessage(settled -> Behaviors.same())
                                .build(),
                        "channel-transactions");
        wallet = spawn(Wallet.create(key, settlement), "wallet");
        watcher =
                spawn(
                        ChannelWatcher.create(settlement, this::tellChainSeen, this::chainMoved),
                        "channel-watcher");
        sessions =
                spawn(
                        Sessions.create(
                                links, settlement.network(), new PartnerEars(this, owner, key)),
                        "sessions");
        waker = spawn(ChannelWaker.create(), "channel-waker");
        directory =
                spawn(ChannelDirectory.create(key.address(), this::watchAll), "channel-directory");
        news.lookForAnswers();
    }

    /**
     * Starts the channels of {@code key}.
     *
     * @param links carries the identity of the same key
     */
    public static ChannelService start(
            ActorSystem<?> system,
            KeyPair key,
            Settlement settlement,
            Links links,
            ChannelOwner owner) {
        return start(system, key, settlement, links, owner, ChannelKeeper.NONE);
    }

    /** The same, with a keeper that is told every change. */
    public static ChannelService start(
            ActorSystem<?> system,
            KeyPair key,
            Settlement settlement,
            Links links,
            ChannelOwner owner,
            ChannelKeeper keeper) {
        return new ChannelService(system, key, settlement, links, owner, keeper);
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        return system.systemActorOf(behavior, name, Props.empty());
    }

    private void chainMoved(LedgerEvent event) {
        news.moved(event);
        wallet().tell(new Wallet.LookAfter());
    }

    ActorRef<Wallet.Command> wallet() {
        return wallet;
    }

    ActorRef<ChannelWatcher.Command> watcher() {
        return watcher;
    }

    ActorRef<Sessions.Command> sessions() {
        return sessions;
    }

    ActorRef<ChannelDirectory.Command> directory() {
        return directory;
    }

    ActorRef<Payment> transactions() {
        return transactions;
    }

    ChainNews news() {
        return news;
    }

    /** Listens for partners' links; the stage gives the bound address. */
    public CompletionStage<InetSocketAddress> listen(String host, int port) {
        return links.bind(host, port, link -> sessions.tell(new Sessions.Accepted(link)))
                .thenApply(LinkServer::address);
    }

    /** Keeps a link to a partner that can be reached there. */
    public void reach(PublicKey partner, String host, int port) {
        sessions.tell(new Sessions.Reach(partner, host, port));
    }

    /** Sends an application's payload to a partner, or drops it while there is no link. */
    public void say(PublicKey partner, Bytes payload) {
        if (payload.size() > Sessions.MAXIMUM_PAYLOAD) {
            throw new IllegalArgumentException("payload of " + payload.size() + " bytes");
        }
        sessions.tell(new Sessions.SayPayload(partner, payload));
    }

    /** Says this of payments to a partner, or drops it while there is no link. */
    void say(PublicKey partner, List<RelayFrame> frames) {
        sessions.tell(new Sessions.SayRelay(partner, frames));
    }

    /** Says something of watching to a partner, or drops it while there is no link. */
    void say(PublicKey partner, WatchFrame frame) {
        sessions.tell(new Sessions.SayWatch(partner, frame));
    }

    /** Proposes to open a channel; this operator is participant 0 of the terms. */
    public CompletionStage<ChannelEntity.Answer> open(ChannelTerms terms) {
        ChannelId channel = terms.id(settlement.network());
        return enlist(channel, terms.participants().get(1).key())
                .thenCompose(
                        done ->
                                perform(
                                        channel,
                                        new ChannelAction.Open(settlement.network(), terms)));
    }

    /** Puts a copy in the place of a channel's lost or older memory; it is in doubt then. */
    public CompletionStage<ChannelEntity.Answer> takeBack(KnownChannel copy) {
        ChannelId channel = copy.party().id();
        return enlist(channel, copy.party().partnerKey())
                .thenCompose(done -> perform(channel, new ChannelAction.TakeBack(copy)));
    }

    /** Lets something happen to a channel. */
    public CompletionStage<ChannelEntity.Answer> perform(ChannelId channel, ChannelAction action) {
        return entity(channel)
                .ask(replyTo -> new ChannelEntity.Perform(action, replyTo), ASK_TIMEOUT);
    }

    /**
     * Wants an update; answered when both have signed it, or it will not be. What is requested
     * while an update is under way rides together in the next one.
     *
     * @param request the caller's own name for it; asked again under the same name while it waits,
     *     it is done once
     */
    public CompletionStage<ChannelEntity.Answer> request(
            ChannelId channel, String request, Update update) {
        return entity(channel)
                .ask(replyTo -> new ChannelEntity.Request(request, update, replyTo), ASK_TIMEOUT);
    }

    /** The same for several; answered when all are. */
    CompletionStage<ChannelEntity.Answers> request(
            ChannelId channel, List<ChannelEntity.Wanted> wanted) {
        return entity(channel)
                .ask(replyTo -> new ChannelEntity.RequestAll(wanted, replyTo), ASK_TIMEOUT);
    }

    /** What this side remembers of a channel, when it is on the disk. */
    public CompletionStage<ChannelMemory> inspect(ChannelId channel) {
        return look(channel).thenCompose(memory -> durable().thenApply(done -> memory));
    }

    /** The same, also what the next crash may take back. */
    CompletionStage<ChannelMemory> look(ChannelId channel) {
        return entity(channel).ask(ChannelEntity.Inspect::new, ASK_TIMEOUT);
    }

    /**
     * What the chain was shown to hash-time-locks of a channel in some blocks above {@code after}.
     */
    public CompletionStage<ChainSecrets> chainSecrets(ChannelId channel, BlockHeight after) {
        return new ChainSecretReader(settlement).read(channel, after);
    }

    /** Complete when all that this node stored so far is on its disk. */
    CompletionStage<Done> durable() {
        return Journal.durable(system.classicSystem());
    }

    /** All channels that are not over. */
    public CompletionStage<List<ChannelId>> channels() {
        return listed(Optional.empty());
    }

    /** Those with one partner. */
    public CompletionStage<List<ChannelId>> channels(PublicKey partner) {
        return listed(Optional.of(partner));
    }

    private CompletionStage<List<ChannelId>> listed(Optional<PublicKey> partner) {
        return AskPattern.ask(
                directory,
                replyTo -> new ChannelDirectory.Read(partner, replyTo),
                ASK_TIMEOUT,
                system.scheduler());
    }

    /** Brings any transaction of this operator to the chain, once per purpose. */
    public CompletionStage<Payment> bring(String purpose, TransactionBody body, Duration timeout) {
        return bring(purpose, body, Optional.empty(), timeout);
    }

    /** The same, for a message to a contract that may use as much gas. */
    public CompletionStage<Payment> bring(
            String purpose, TransactionBody body, GasLimit gas, Duration timeout) {
        return bring(
                replyTo ->
                        new Wallet.Bring(
                                purpose, body, gas.time(), gas.space(), Optional.empty(), replyTo),
                timeout);
    }

    /** The same, with a data hash. */
    public CompletionStage<Payment> bring(
            String purpose, TransactionBody body, Optional<Hash> dataHash, Duration timeout) {
        return bring(replyTo -> new Wallet.Bring(purpose, body, 0, 0, dataHash, replyTo), timeout);
    }

    private CompletionStage<Payment> bring(
            Function<ActorRef<Payment>, Wallet.Command> wish, Duration timeout) {
        return AskPattern.ask(wallet, wish::apply, timeout, system.scheduler());
    }

    private EntityRef<ChannelEntity.Command> entity(ChannelId channel) {
        return sharding.entityRefFor(CHANNELS, channel.toString());
    }

    private CompletionStage<Done> enlist(ChannelId channel, PublicKey partner) {
        CompletionStage<Done> stored =
                AskPattern.ask(
                        directory,
                        replyTo -> new ChannelDirectory.Enlist(channel, partner, replyTo),
                        ASK_TIMEOUT,
                        system.scheduler());
        return stored.thenApply(
                done -> {
                    watcher.tell(new ChannelWatcher.Watch(channel));
                    return done;
                });
    }

    // Whatever the chain did meanwhile is told at once; what the channels themselves still wanted
    // may wait a little.
    private void watchAll(List<ChannelId> channels) {
        keeper.all(channels);
        channels.forEach(channel -> watcher.tell(new ChannelWatcher.Resume(channel)));
        waker.tell(new ChannelWaker.Wake(channels, this::look));
    }

    NetworkId network() {
        return settlement.network();
    }

    /** Its channels hear in turn that the link to their partner is up. */
    void partnerIsUp(PublicKey partner) {
        List<ChannelAction> up = List.of(new ChannelAction.Connected());
        listed(Optional.of(partner))
                .thenAccept(
                        theirs ->
                                waker.tell(
                                        new ChannelWaker.Wake(
                                                theirs,
                                                channel -> {
                                                    partnerDid(partner, channel, up);
                                                    return look(channel);
                                                })));
    }

    void partnerDid(PublicKey partner, ChannelId channel, List<ChannelAction> actions) {
        entity(channel).tell(new ChannelEntity.PartnerDid(partner, actions));
    }

    void refuseOpening(PublicKey partner, ChannelId channel, String objection) {
        sessions.tell(
                new Sessions.Say(
                        partner, channel, List.of(new ChannelMessage.OpenRefused(objection))));
    }

    void agree(PublicKey partner, ChannelId channel, ChannelMessage.OpenRequest request) {
        ChannelAction agree = new ChannelAction.Agree(settlement.network(), request);
        enlist(channel, partner)
                .whenComplete(
                        (done, failure) -> {
                            if (failure == null) {
                                tell(channel, agree);
                            } else {
                                // The opener asks again at the next block.
                                system.log().warn("{} not enlisted: {}", channel, failure);
                            }
                        });
    }

    // The wallet's purposes are "channel/purpose".
    private Behavior<Payment> notTaken(Payment.Abandoned payment) {
        String[] purpose = payment.purpose().split("/", 2);
        tell(
                new ChannelId(Hash.ofHex(purpose[0])),
                new ChannelAction.NotTaken(purpose[1], payment.code() + ": " + payment.reason()));
        return Behaviors.same();
    }

    private void tell(ChannelId channel, ChannelAction action) {
        entity(channel).tell(new ChannelEntity.Perform(action, system.ignoreRef()));
    }

    private void tellChainSeen(ChannelId channel, ChannelAction.ChainSeen seen) {
        tell(channel, seen);
    }
}

package io.wormhole.channel.session;

import com.google.protobuf.InvalidProtocolBufferException;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.proto.RelayFrame;
import io.wormhole.channel.proto.SessionFrame;
import io.wormhole.channel.proto.WatchFrame;
import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkKey;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the links to all partners of one operator and passes frames between them and a listener.
 */
public final class Sessions extends AbstractBehavior<Sessions.Command> {
    /** Version of the session protocol, said first on every link. */
    public static final int VERSION = 1;

    /** Largest application payload in bytes. */
    public static final int MAXIMUM_PAYLOAD = 1 << 20;

    /** Most messages about one channel in one frame. */
    public static final int SAID_AT_ONCE = 16;

    /** What the actor understands. */
    public sealed interface Command {}

    /** Remembers where a partner can be reached, and keeps a link to it. */
    public record Reach(PublicKey partner, String host, int port) implements Command {}

    /** Forgets where a partner can be reached; a link that is up stays up. */
    public record Forget(PublicKey partner) implements Command {}

    /** A partner opened a link to us. */
    public record Accepted(Link link) implements Command {}

    /** Sends a channel's messages in one frame, or drops them while there is no link. */
    public record Say(PublicKey partner, ChannelId channel, List<ChannelMessage> messages)
            implements Command {
        /** Copies the list; refuses more than fit into one frame. */
        public Say {
            messages = List.copyOf(messages);
            if (messages.isEmpty() || messages.size() > SAID_AT_ONCE) {
                throw new IllegalArgumentException(messages.size() + " messages at once");
            }
        }
    }

    /** Sends an application's payload, or drops it while there is no link. */
    public record SayPayload(PublicKey partner, Bytes payload) implements Command {}

    /** Says this of payments, or drops it when there is no link or it would not be known. */
    public record SayRelay(PublicKey partner, List<RelayFrame> frames) implements Command {
        /** Copies the list. */
        public SayRelay {
            frames = List.copyOf(frames);
        }
    }

    /** Says something of watching, or drops it when there is no link or it would not be known. */
    public record SayWatch(PublicKey partner, WatchFrame frame) implements Command {}

    private record Dialled(PublicKey partner, @Nullable Link link, @Nullable Throwable failure)
            implements Command {}

    private record Redial(PublicKey partner) implements Command {}

    private record Received(Session session, Optional<byte[]> frame, @Nullable Throwable failure)
            implements Command {}

    private record Sent(Session session, @Nullable Throwable failure) implements Command {}

    private final TimerScheduler<Command> timers;
    private final Links links;
    private final PublicKey self;
    private final NetworkId network;
    private final SessionListener listener;
    private final Map<PublicKey, Session> sessions = new HashMap<>();
    private final Map<PublicKey, PartnerRoute> routes = new HashMap<>();

    private Sessions(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Links links,
            NetworkId network,
            SessionListener listener) {
        super(context);
        this.timers = timers;
        this.self = new PublicKey(Bytes.of(links.key().bytes()));
        this.links = links;
        this.network = network;
        this.listener = listener;
    }

    /** The sessions of the operator whose identity {@code links} carry. */
    public static Behavior<Command> create(
            Links links, NetworkId network, SessionListener listener) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers -> new Sessions(context, timers, links, network, listener)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Reach.class, this::reach)
                .onMessage(Forget.class, this::forget)
                .onMessage(Accepted.class, this::accepted)
                .onMessage(Say.class, this::say)
                .onMessage(SayPayload.class, this::sayPayload)
                .onMessage(SayRelay.class, this::sayRelay)
                .onMessage(SayWatch.class, this::sayWatch)
                .onMessage(Dialled.class, this::dialled)
                .onMessage(Redial.class, redial -> dial(redial.partner()))
                .onMessage(Received.class, this::received)
                .onMessage(Sent.class, this::sent)
                .build();
    }

    private Behavior<Command> reach(Reach reach) {
        PartnerRoute known = routes.get(reach.partner());
        if (known != null && known.host().equals(reach.host()) && known.port() == reach.port()) {
            return this;
        }
        routes.put(reach.partner(), PartnerRoute.to(reach.host(), reach.port()));
        return dial(reach.partner());
    }

    private Behavior<Command> forget(Forget forget) {
        routes.remove(forget.partner());
        timers.cancel(forget.partner());
        return this;
    }

    private Behavior<Command> dial(PublicKey partner) {
        PartnerRoute route = routes.get(partner);
        if (route == null || route.dialling() || sessions.containsKey(partner)) {
            return this;
        }
        routes.put(partner, route.dialling(true));
        getContext()
                .pipeToSelf(
                        links.connect(
                                route.host(),
                                route.port(),
                                Optional.of(LinkKey.of(partner.bytes().toArray()))),
                        (link, failure) -> new Dialled(partner, link, failure));
        return this;
    }

    private Behavior<Command> dialled(Dialled dialled) {
        if (dialled.link() != null) {
            routes.computeIfPresent(dialled.partner(), (key, route) -> route.dialling(false));
            return start(dialled.partner(), dialled.link(), true);
        }
        getContext()
                .getLog()
                .info(
                        "no link to {} yet: {}",
                        dialled.partner(),
                        String.valueOf(dialled.failure()));
        redialLater(dialled.partner());
        return this;
    }

    private void redialLater(PublicKey partner) {
        PartnerRoute route = routes.get(partner);
        if (route != null) {
            routes.put(partner, route.retryLater());
            timers.startSingleTimer(partner, new Redial(partner), route.retry());
        }
    }

    private Behavior<Command> accepted(Accepted accepted) {
        PublicKey partner;
        try {
            partner = new PublicKey(Bytes.of(accepted.link().remoteKey().bytes()));
        } catch (IllegalArgumentException weakKey) {
            accepted.link().close();
            return this;
        }
        return start(partner, accepted.link(), false);
    }

    private Behavior<Command> start(PublicKey partner, Link link, boolean dialled) {
        Session old = sessions.get(partner);
        if (old != null && old.dialled != dialled && isDialledByLarger(partner, dialled)) {
            // Both dialled at once: both keep the link that the smaller key dialled.
            link.close();
            return this;
        }
        if (old != null) {
            // The partner opened it since it lost the one before.
            sessions.remove(partner);
            old.link.close();
            if (old.greeted) {
                listener.disconnected(partner, "replaced by a newer link");
            }
        }
        Session session = new Session(partner, link, dialled);
        sessions.put(partner, session);
        receiveNext(session);
        send(session, SessionFrames.hello(network));
        return this;
    }

    private boolean isDialledByLarger(PublicKey partner, boolean dialled) {
        boolean larger = self.bytes().compareTo(partner.bytes()) > 0;
        return dialled == larger;
    }

    private void receiveNext(Session session) {
        getContext()
                .pipeToSelf(
                        session.link.receive(),
                        (frame, failure) ->
                                new Received(
                                        session,
                                        frame != null ? frame : Optional.empty(),
                                        failure));
    }

    private Behavior<Command> received(Received received) {
        Session session = received.session();
        if (sessions.get(session.partner) != session) {
            return this;
        }
        if (received.frame().isEmpty()) {
            end(
                    session,
                    received.failure() == null ? "link closed" : received.failure().toString());
            return this;
        }
        try {
            hear(session, SessionFrame.parseFrom(received.frame().get()));
        } catch (InvalidProtocolBufferException
                | IllegalArgumentException
                | ArithmeticException malformed) {
            // Hostile or broken: this link ends, its channels lose nothing.
            end(session, "malformed frame: " + malformed.getMessage());
            return this;
        }
        if (sessions.get(session.partner) == session) {
            receiveNext(session);
        }
        return this;
    }

    private void hear(Session session, SessionFrame frame) {
        if (!session.greeted) {
            greet(session, frame);
            return;
        }
        switch (frame.getFrameCase()) {
            case CHANNEL ->
                    listener.heard(
                            session.partner,
                            SessionFrames.channel(frame.getChannel()),
                            SessionFrames.messages(frame.getChannel()));
            case APPLICATION ->
                    listener.heard(session.partner, SessionFrames.payload(frame.getApplication()));
            case RELAY -> listener.heard(session.partner, frame.getRelay());
            case RELAYS ->
                    SessionFrames.relays(frame.getRelays())
                            .forEach(relay -> listener.heard(session.partner, relay));
            case WATCH -> listener.heard(session.partner, frame.getWatch());
            case ERROR ->
                    getContext().getLog().warn("{} says: {}", session.partner, frame.getError());
            default -> throw new IllegalArgumentException("unexpected " + frame.getFrameCase());
        }
    }

    private void greet(Session session, SessionFrame frame) {
        if (!frame.hasHello()) {
            throw new IllegalArgumentException("a session begins with hello");
        }
        Features.check(frame.getHello(), VERSION, network);
        session.greeted = true;
        session.features = frame.getHello().getFeatures();
        routes.computeIfPresent(session.partner, (key, route) -> route.fresh());
        listener.connected(session.partner);
    }

    private Behavior<Command> say(Say say) {
        greeted(say.partner()).ifPresent(session -> send(session, SessionFrames.of(say)));
        return this;
    }

    private Behavior<Command> sayPayload(SayPayload say) {
        greeted(say.partner()).ifPresent(session -> send(session, SessionFrames.of(say)));
        return this;
    }

    private Behavior<Command> sayRelay(SayRelay say) {
        greeted(say.partner())
                .filter(session -> Features.has(session.features, Features.RELAY_FRAMES))
                .ifPresent(session -> sendAll(session, SessionFrames.of(say, session.features)));
        return this;
    }

    private Behavior<Command> sayWatch(SayWatch say) {
        greeted(say.partner())
                .filter(session -> Features.has(session.features, Features.WATCHING))
                .ifPresent(session -> send(session, SessionFrames.of(say)));
        return this;
    }

    private Optional<Session> greeted(PublicKey partner) {
        return Optional.ofNullable(sessions.get(partner)).filter(session -> session.greeted);
    }

    private void send(Session session, SessionFrame frame) {
        if (!session.enqueue(frame.toByteArray())) {
            // What is lost here is said again when the partners reestablish.
            end(session, "the partner reads too slowly");
            return;
        }
        sendNext(session);
    }

    private void sendAll(Session session, List<SessionFrame> frames) {
        for (SessionFrame frame : frames) {
            if (sessions.get(session.partner) == session) {
                send(session, frame);
            }
        }
    }

    private void sendNext(Session session) {
        for (Optional<byte[]> next = session.next(); next.isPresent(); next = session.next()) {
            getContext()
                    .pipeToSelf(
                            session.link.send(next.get()),
                            (done, failure) -> new Sent(session, failure));
        }
    }

    private Behavior<Command> sent(Sent sent) {
        Session session = sent.session();
        if (sessions.get(session.partner) != session) {
            return this;
        }
        if (sent.failure() != null) {
            end(session, "sending failed: " + sent.failure());
            return this;
        }
        session.sent();
        sendNext(session);
        return this;
    }

    private void end(Session session, String reason) {
        sessions.remove(session.partner);
        session.link.close();
        getContext().getLog().info("link to {} ended: {}", session.partner, reason);
        if (session.greeted) {
            listener.disconnected(session.partner, reason);
        }
        redialLater(session.partner);
    }
}

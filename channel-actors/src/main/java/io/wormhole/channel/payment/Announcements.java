package io.wormhole.channel.payment;

import io.wormhole.channel.route.AnnouncedChannel;
import io.wormhole.channel.route.Announcement;
import io.wormhole.channel.route.ChannelGraph;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.state.ChannelEntry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * What is known of channels that relay: announces the own ones, passes on those of others once the
 * chain confirms them, and forgets what is closed. Nothing is stored: neighbours say it again.
 */
final class Announcements extends AbstractBehavior<Announcements.Command> {
    /** What the actor understands. */
    sealed interface Command {}

    /** A neighbour announces a channel; {@code tries} counts how often it was looked up. */
    record Heard(PublicKey partner, Announcement announcement, int tries) implements Command {}

    /** The link to a neighbour is up: it is told everything. */
    record Linked(PublicKey partner) implements Command {}

    /** The link to a neighbour is gone. */
    record Unlinked(PublicKey partner) implements Command {}

    /** This node relays into this channel. */
    record Announce(AnnouncedChannel channel) implements Command {}

    /** The chain says that a channel is over. */
    record Closed(ChannelId channel) implements Command {}

    /** There is a new head: what it may confirm is looked at again. */
    record Block() implements Command {}

    /** Asks for all that is known. */
    record Read(ActorRef<ChannelGraph> replyTo) implements Command {}

    private record Checked(Heard heard, boolean holds) implements Command {}

    private static final int MOST_DIRECTIONS = 20_000;
    private static final int MOST_CHECKS = 256;
    private static final int MOST_UNCONFIRMED = 256;
    private static final int MOST_TRIES = 20;

    private final KeyPair key;
    private final Settlement settlement;
    private final InstantSource clock;
    private final BiConsumer<PublicKey, RelayMessage> say;
    private final Map<Direction, Announcement> known = new HashMap<>();
    private final Set<PublicKey> linked = new HashSet<>();
    // The own chain may be a little behind that of a neighbour.
    private final Map<Direction, Heard> unconfirmed = new LinkedHashMap<>();
    // What is to be checked when other checks are done: of each direction the newest.
    private final Map<Direction, Heard> waiting = new LinkedHashMap<>();
    private final KnownGraph graph;
    private int checks;

    private record Direction(ChannelId channel, PublicKey payer) {
        static Direction of(AnnouncedChannel channel) {
            return new Direction(channel.channel(), channel.payer());
        }
    }

    private Announcements(
            ActorContext<Command> context,
            KeyPair key,
            Settlement settlement,
            InstantSource clock,
            BiConsumer<PublicKey, RelayMessage> say,
            KnownGraph graph) {
        super(context);
        this.graph = graph;
        this.key = key;
        this.settlement = settlement;
        this.clock = clock;
        this.say = say;
    }

    static Behavior<Command> create(
            KeyPair key,
            Settlement settlement,
            InstantSource clock,
            BiConsumer<PublicKey, RelayMessage> say,
            KnownGraph graph) {
        return Behaviors.setup(
                context -> new Announcements(context, key, settlement, clock, say, graph));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Heard.class, this::heard)
                .onMessage(Checked.class, this::checked)
                .onMessage(Linked.class, this::linked)
                .onMessage(Unlinked.class, this::unlinked)
                .onMessage(Announce.class, this::announce)
                .onMessage(Closed.class, this::closed)
                .onMessage(Block.class, block -> block())
                .onMessage(Read.class, this::read)
                .build();
    }

    private Behavior<Command> heard(Heard heard) {
        if (isWanted(heard.announcement())) {
            waitForCheck(heard);
            checkNext();
        }
        return this;
    }

    private boolean isWanted(Announcement announcement) {
        return isNewer(announcement) && !announcement.channel().payer().equals(key.publicKey());
    }

    private void waitForCheck(Heard heard) {
        Announcement announcement = heard.announcement();
        Direction direction = Direction.of(announcement.channel());
        Heard before = waiting.get(direction);
        if (before == null && waiting.size() >= MOST_DIRECTIONS) {
            getContext().getLog().warn("{} announces more than can be checked", heard.partner());
        } else if (before == null || announcement.number() > before.announcement().number()) {
            waiting.put(direction, heard);
        }
    }

    private void checkNext() {
        while (checks < MOST_CHECKS && !waiting.isEmpty()) {
            Direction first = waiting.keySet().iterator().next();
            Heard heard = Objects.requireNonNull(waiting.remove(first));
            Announcement announcement = heard.announcement();
            if (isWanted(announcement) && announcement.isSigned(settlement.network())) {
                check(heard, announcement.channel());
            }
        }
    }

    private void check(Heard heard, AnnouncedChannel channel) {
        checks++;
        getContext()
                .pipeToSelf(
                        settlement.channel(channel.channel(), Certainty.FINAL),
                        (entry, failure) ->
                                new Checked(heard, entry != null && confirms(entry, channel)));
    }

    private boolean isNewer(Announcement announcement) {
        Announcement before = known.get(Direction.of(announcement.channel()));
        return before == null
                ? known.size() < MOST_DIRECTIONS
                : announcement.number() > before.number();
    }

    private static boolean confirms(Optional<ChannelEntry> entry, AnnouncedChannel channel) {
        if (entry.isEmpty() || entry.get().phase() != ChannelEntry.Phase.OPEN) {
            return false;
        }
        List<PublicKey> keys =
                entry.get().terms().participants().stream().map(Participant::key).toList();
        Amount total = entry.get().recorded().total();
        return keys.contains(channel.payer())
                && keys.contains(channel.payee())
                && total.covers(channel.most());
    }

    private Behavior<Command> checked(Checked checked) {
        checks--;
        Announcement announcement = checked.heard().announcement();
        if (!checked.holds()) {
            lookAgain(checked.heard());
        } else if (isNewer(announcement)) {
            take(announcement);
            spread(announcement, Optional.of(checked.heard().partner()));
        }
        checkNext();
        return this;
    }

    private void lookAgain(Heard heard) {
        if (heard.tries() < MOST_TRIES && unconfirmed.size() < MOST_UNCONFIRMED) {
            unconfirmed.put(
                    Direction.of(heard.announcement().channel()),
                    new Heard(heard.partner(), heard.announcement(), heard.tries() + 1));
        }
    }

    private Behavior<Command> block() {
        List<Heard> again = List.copyOf(unconfirmed.values());
        unconfirmed.clear();
        again.forEach(this::heard);
        return this;
    }

    private void take(Announcement announcement) {
        known.put(Direction.of(announcement.channel()), announcement);
        graph.changed();
    }

    private void spread(Announcement announcement, Optional<PublicKey> from) {
        for (PublicKey partner : linked) {
            if (from.filter(partner::equals).isEmpty()) {
                say.accept(partner, new RelayMessage.Announce(announcement));
            }
        }
    }

    private Behavior<Command> linked(Linked up) {
        linked.add(up.partner());
        known.values().forEach(it -> say.accept(up.partner(), new RelayMessage.Announce(it)));
        return this;
    }

    private Behavior<Command> unlinked(Unlinked down) {
        linked.remove(down.partner());
        return this;
    }

    private Behavior<Command> announce(Announce announce) {
        Announcement before = known.get(Direction.of(announce.channel()));
        if (before == null || !before.channel().equals(announce.channel())) {
            Announcement fresh =
                    Announcement.of(
                            announce.channel(),
                            Math.max(clock.millis(), before == null ? 0 : before.number() + 1),
                            key,
                            settlement.network());
            take(fresh);
            spread(fresh, Optional.empty());
        }
        return this;
    }

    private Behavior<Command> closed(Closed closed) {
        graph.changed();
        known.keySet().removeIf(direction -> direction.channel().equals(closed.channel()));
        return this;
    }

    private Behavior<Command> read(Read read) {
        read.replyTo().tell(graph.of(known.values().stream().map(Announcement::channel).toList()));
        return this;
    }
}

package io.wormhole.channel.route;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DirectedWeightedMultigraph;

/** What is known of other parties' channels; finds the cheapest way for a payment. */
public final class ChannelGraph {
    // A shorter way is worth this much in base units per channel, since each channel may fail.
    private static final double PER_CHANNEL = 1;
    private static final int ATTEMPTS = 50;

    private final Map<Direction, AnnouncedChannel> channels = new HashMap<>();

    private record Direction(ChannelId channel, PublicKey payer) {}

    /** A payment that a way is wanted for. */
    public record Wish(
            PublicKey payer,
            PublicKey payee,
            Amount amount,
            BlockHeight height,
            long finalBlocks) {}

    /** Adds a channel's direction, or replaces what was known of it. */
    public void add(AnnouncedChannel channel) {
        channels.put(new Direction(channel.channel(), channel.payer()), channel);
    }

    /** Forgets both directions of a channel. */
    public void remove(ChannelId channel) {
        channels.keySet().removeIf(direction -> direction.channel().equals(channel));
    }

    /** The same without what {@code route} uses up. */
    public ChannelGraph without(Route route) {
        ChannelGraph left = new ChannelGraph();
        left.channels.putAll(channels);
        for (Route.Leg leg : route.legs()) {
            AnnouncedChannel used = leg.channel();
            Amount most =
                    used.most().covers(leg.amount())
                            ? used.most().minus(leg.amount())
                            : Amount.ZERO;
            left.add(used.withMost(most));
        }
        return left;
    }

    /** The same with other directions added. */
    public ChannelGraph with(Collection<AnnouncedChannel> more) {
        ChannelGraph all = new ChannelGraph();
        all.channels.putAll(channels);
        more.forEach(all::add);
        return all;
    }

    /** All directions that are known. */
    public List<AnnouncedChannel> channels() {
        return List.copyOf(channels.values());
    }

    /**
     * The cheapest way out through one own channel and back through another.
     *
     * @param first the direction out
     * @param last the direction back
     */
    public Optional<Route> circle(Wish wish, AnnouncedChannel first, AnnouncedChannel last) {
        List<AnnouncedChannel> path = new ArrayList<>(List.of(first));
        if (!first.payee().equals(last.payer())) {
            Wish between =
                    new Wish(
                            first.payee(),
                            last.payer(),
                            wish.amount(),
                            wish.height(),
                            wish.finalBlocks());
            Optional<List<AnnouncedChannel>> middle =
                    without(wish.payer()).cheapest(between, Set.of(), Set.of());
            if (middle.isEmpty()) {
                return Optional.empty();
            }
            path.addAll(middle.get());
        }
        path.add(last);
        return path.size() > Route.MOST_LEGS || tooSmall(wish, path).isPresent()
                ? Optional.empty()
                : Optional.of(route(wish, path));
    }

    private ChannelGraph without(PublicKey party) {
        ChannelGraph others = new ChannelGraph();
        channels.forEach(
                (direction, channel) -> {
                    if (!channel.payer().equals(party) && !channel.payee().equals(party)) {
                        others.channels.put(direction, channel);
                    }
                });
        return others;
    }

    /**
     * The cheapest way.
     *
     * @param avoided channels that were tried in vain
     */
    public Optional<Route> find(Wish wish, Set<ChannelId> avoided) {
        Set<AnnouncedChannel> useless = new HashSet<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<List<AnnouncedChannel>> path = cheapest(wish, avoided, useless);
            if (path.isEmpty()) {
                return Optional.empty();
            }
            Optional<AnnouncedChannel> tooSmall = tooSmall(wish, path.get());
            if (tooSmall.isEmpty()) {
                return Optional.of(route(wish, path.get()));
            }
            useless.add(tooSmall.get());
        }
        return Optional.empty();
    }

    private Optional<List<AnnouncedChannel>> cheapest(
            Wish wish, Set<ChannelId> avoided, Set<AnnouncedChannel> useless) {
        DirectedWeightedMultigraph<PublicKey, AnnouncedChannel> graph =
                new DirectedWeightedMultigraph<>(AnnouncedChannel.class);
        graph.addVertex(wish.payer());
        graph.addVertex(wish.payee());
        channels.values().stream()
                .filter(channel -> channel.most().covers(wish.amount()))
                .filter(channel -> !avoided.contains(channel.channel()))
                .filter(channel -> !useless.contains(channel))
                .forEach(
                        channel -> {
                            graph.addVertex(channel.payer());
                            graph.addVertex(channel.payee());
                            graph.addEdge(channel.payer(), channel.payee(), channel);
                            graph.setEdgeWeight(channel, weight(wish, channel));
                        });
        GraphPath<PublicKey, AnnouncedChannel> path =
                DijkstraShortestPath.findPathBetween(graph, wish.payer(), wish.payee());
        return path == null || path.getLength() == 0 || path.getLength() > Route.MOST_LEGS
                ? Optional.empty()
                : Optional.of(path.getEdgeList());
    }

    // Only a guide for the search: what is paid is computed exactly afterwards.
    private static double weight(Wish wish, AnnouncedChannel channel) {
        boolean own = channel.payer().equals(wish.payer());
        return PER_CHANNEL + (own ? 0 : channel.fee(wish.amount()).baseUnits());
    }

    private static Optional<AnnouncedChannel> tooSmall(Wish wish, List<AnnouncedChannel> path) {
        Amount amount = wish.amount();
        for (int i = path.size() - 1; i >= 0; i--) {
            AnnouncedChannel channel = path.get(i);
            if (!channel.carries(amount)) {
                return Optional.of(channel);
            }
            amount = amount.plus(channel.fee(amount));
        }
        return Optional.empty();
    }

    // Of a path in which no channel is too small.
    private static Route route(Wish wish, List<AnnouncedChannel> path) {
        List<Route.Leg> backwards = new ArrayList<>();
        Amount amount = wish.amount();
        BlockHeight expiry = wish.height().plus(wish.finalBlocks());
        for (int i = path.size() - 1; i >= 0; i--) {
            AnnouncedChannel channel = path.get(i);
            backwards.add(new Route.Leg(channel, amount, expiry));
            amount = amount.plus(channel.fee(amount));
            expiry = expiry.plus(channel.expiryBlocks());
        }
        Collections.reverse(backwards);
        return new Route(backwards);
    }
}

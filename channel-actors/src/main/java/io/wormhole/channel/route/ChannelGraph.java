package io.wormhole.channel.route;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.AsGraphUnion;
import org.jgrapht.graph.AsWeightedGraph;
import org.jgrapht.graph.DirectedWeightedMultigraph;
import org.jgrapht.graph.MaskSubgraph;

/**
 * What is known of other parties' channels; finds the cheapest way for a payment. It never changes,
 * so that what a search needs is built once for all searches.
 */
public final class ChannelGraph {
    // A shorter way is worth this much in base units per channel, since each channel may fail.
    private static final double PER_CHANNEL = 1;
    private static final int ATTEMPTS = 50;

    private final Ways known;
    // In place of what is known of the same directions.
    private final Map<Direction, AnnouncedChannel> changed;

    private record Direction(ChannelId channel, PublicKey payer) {
        static Direction of(AnnouncedChannel channel) {
            return new Direction(channel.channel(), channel.payer());
        }
    }

    /** Directions, and the graph of them, which all that differ in few of them share. */
    private record Ways(
            Map<Direction, AnnouncedChannel> all, Graph<PublicKey, AnnouncedChannel> graph) {
        static Ways of(Collection<AnnouncedChannel> channels) {
            Map<Direction, AnnouncedChannel> all = new LinkedHashMap<>();
            channels.forEach(channel -> all.put(Direction.of(channel), channel));
            return new Ways(all, graphOf(all.values()));
        }
    }

    /** A payment that a way is wanted for. */
    public record Wish(
            PublicKey payer,
            PublicKey payee,
            Amount amount,
            BlockHeight height,
            long finalBlocks) {}

    private ChannelGraph(Ways known, Map<Direction, AnnouncedChannel> changed) {
        this.known = known;
        this.changed = changed;
    }

    /** These directions; of each the last. */
    public static ChannelGraph of(Collection<AnnouncedChannel> channels) {
        return new ChannelGraph(Ways.of(channels), Map.of());
    }

    private static DirectedWeightedMultigraph<PublicKey, AnnouncedChannel> graphOf(
            Collection<AnnouncedChannel> channels) {
        DirectedWeightedMultigraph<PublicKey, AnnouncedChannel> graph =
                new DirectedWeightedMultigraph<>(AnnouncedChannel.class);
        for (AnnouncedChannel channel : channels) {
            graph.addVertex(channel.payer());
            graph.addVertex(channel.payee());
            graph.addEdge(channel.payer(), channel.payee(), channel);
        }
        return graph;
    }

    /** The same without what {@code route} uses up. */
    public ChannelGraph without(Route route) {
        return with(
                route.legs().stream()
                        .map(
                                leg -> {
                                    Amount most = leg.channel().most();
                                    return leg.channel()
                                            .withMost(
                                                    most.covers(leg.amount())
                                                            ? most.minus(leg.amount())
                                                            : Amount.ZERO);
                                })
                        .toList());
    }

    /** The same with other directions added, or in place of what was known of them. */
    public ChannelGraph with(Collection<AnnouncedChannel> more) {
        Map<Direction, AnnouncedChannel> all = new LinkedHashMap<>(changed);
        more.forEach(channel -> all.put(Direction.of(channel), channel));
        return new ChannelGraph(known, all);
    }

    /** All directions that are known. */
    public List<AnnouncedChannel> channels() {
        Map<Direction, AnnouncedChannel> all = new LinkedHashMap<>(known.all());
        all.putAll(changed);
        return List.copyOf(all.values());
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
                    cheapest(
                            between,
                            channel ->
                                    !channel.payer().equals(wish.payer())
                                            && !channel.payee().equals(wish.payer()));
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

    /**
     * The cheapest way.
     *
     * @param avoided channels that were tried in vain
     */
    public Optional<Route> find(Wish wish, Set<ChannelId> avoided) {
        Set<AnnouncedChannel> useless = new HashSet<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<List<AnnouncedChannel>> path =
                    cheapest(
                            wish,
                            channel ->
                                    !avoided.contains(channel.channel())
                                            && !useless.contains(channel));
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
            Wish wish, Predicate<AnnouncedChannel> allowed) {
        DirectedWeightedMultigraph<PublicKey, AnnouncedChannel> ours = graphOf(changed.values());
        ours.addVertex(wish.payer());
        ours.addVertex(wish.payee());
        Graph<PublicKey, AnnouncedChannel> usable =
                new MaskSubgraph<>(
                        new AsGraphUnion<>(known.graph(), ours),
                        party -> false,
                        channel ->
                                isReplaced(channel)
                                        || !channel.most().covers(wish.amount())
                                        || !allowed.test(channel));
        GraphPath<PublicKey, AnnouncedChannel> path =
                DijkstraShortestPath.findPathBetween(
                        new AsWeightedGraph<>(
                                usable, channel -> weight(wish, channel), false, false),
                        wish.payer(),
                        wish.payee());
        return path == null || path.getLength() == 0 || path.getLength() > Route.MOST_LEGS
                ? Optional.empty()
                : Optional.of(path.getEdgeList());
    }

    private boolean isReplaced(AnnouncedChannel channel) {
        AnnouncedChannel now = changed.get(Direction.of(channel));
        return now != null && !now.equals(channel);
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

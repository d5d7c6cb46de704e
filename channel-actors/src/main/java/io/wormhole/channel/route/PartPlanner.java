package io.wormhole.channel.route;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.ledger.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Splits a payment into parts when no single way carries it. */
public final class PartPlanner {
    // Parts smaller than this share of the whole are not worth a lock.
    private static final int SMALLEST_SHARE = 64;

    private final Amount maximumFee;
    private final int mostParts;

    /** A planner of payments with at most these fees in all, and so many parts. */
    public PartPlanner(Amount maximumFee, int mostParts) {
        this.maximumFee = maximumFee;
        this.mostParts = mostParts;
    }

    /** Routes that deliver the amount together, or none. */
    public List<Route> plan(ChannelGraph graph, ChannelGraph.Wish wish, Set<ChannelId> avoided) {
        List<Route> parts = new ArrayList<>();
        ChannelGraph left = graph;
        Amount missing = wish.amount();
        Amount size = missing;
        Amount feeLeft = maximumFee;
        long smallest = Math.max(1, wish.amount().baseUnits() / SMALLEST_SHARE);
        while (!missing.isZero()) {
            Optional<Route> found = left.find(withAmount(wish, size), avoided);
            Amount limit = feeLeft;
            if (found.filter(route -> limit.covers(route.fees())).isPresent()) {
                Route route = found.get();
                parts.add(route);
                feeLeft = feeLeft.minus(route.fees());
                missing = missing.minus(size);
                left = left.without(route);
                size = size.min(missing);
            } else {
                size = Amount.of((size.baseUnits() + 1) / 2);
            }
            boolean tooSmall = size.baseUnits() < Math.min(smallest, missing.baseUnits());
            if (tooSmall
                    || (parts.size() >= mostParts && !missing.isZero())
                    || stops(size, found)) {
                return List.of();
            }
        }
        return List.copyOf(parts);
    }

    private static boolean stops(Amount size, Optional<Route> found) {
        return found.isEmpty() && size.baseUnits() <= 1;
    }

    private static ChannelGraph.Wish withAmount(ChannelGraph.Wish wish, Amount amount) {
        return new ChannelGraph.Wish(
                wish.payer(), wish.payee(), amount, wish.height(), wish.finalBlocks());
    }
}

package io.wormhole.oracle.market;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All orders of a batch at one price, so that being first in it earns nothing. A buyer of YES and a
 * buyer of NO together pay for a complete set: the price of NO is what that of YES leaves.
 */
public final class BatchAuction {
    private BatchAuction() {}

    /**
     * What a batch did.
     *
     * @param pricePpm of YES; without meaning when nothing was traded
     * @param volume complete sets made
     * @param yes shares of YES by order; orders that meet the price and got nothing have 0
     * @param no shares of NO by order
     */
    public record Result(
            long pricePpm, long volume, SortedMap<String, Long> yes, SortedMap<String, Long> no) {
        private static final Result NOTHING =
                new Result(0, 0, Collections.emptySortedMap(), Collections.emptySortedMap());

        /** Copies the maps. */
        public Result {
            yes = Collections.unmodifiableSortedMap(new TreeMap<>(yes));
            no = Collections.unmodifiableSortedMap(new TreeMap<>(no));
        }
    }

    /** Matches the orders of a batch: most volume, and the middle of the prices that give it. */
    public static Result match(List<Order> yes, List<Order> no) {
        requireOncePerSide(yes);
        requireOncePerSide(no);
        OptionalLong price = price(yes, no);
        if (price.isEmpty()) {
            return Result.NOTHING;
        }
        long yesPrice = price.getAsLong();
        long noPrice = Order.WHOLE_PPM - yesPrice;
        long volume = Math.min(wanted(yes, yesPrice), wanted(no, noPrice));
        return new Result(
                yesPrice, volume, fills(yes, yesPrice, volume), fills(no, noPrice, volume));
    }

    private static void requireOncePerSide(List<Order> orders) {
        Set<String> ids = new HashSet<>();
        for (Order order : orders) {
            if (!ids.add(order.id())) {
                throw new IllegalArgumentException(order.id() + " has two orders on one side");
            }
        }
    }

    private static OptionalLong price(List<Order> yes, List<Order> no) {
        SortedSet<Long> candidates = new TreeSet<>();
        yes.forEach(order -> candidates.add(order.limitPpm()));
        no.forEach(order -> candidates.add(Order.WHOLE_PPM - order.limitPpm()));
        long best = 0;
        long lowest = 0;
        long highest = 0;
        for (long candidate : candidates) {
            long volume = Math.min(wanted(yes, candidate), wanted(no, Order.WHOLE_PPM - candidate));
            if (volume > best) {
                best = volume;
                lowest = candidate;
            }
            if (volume == best) {
                highest = candidate;
            }
        }
        return best == 0 ? OptionalLong.empty() : OptionalLong.of((lowest + highest) / 2);
    }

    private static long wanted(List<Order> orders, long price) {
        long sum = 0;
        for (Order order : orders) {
            if (order.limitPpm() >= price) {
                sum = Math.addExact(sum, order.shares());
            }
        }
        return sum;
    }

    private static SortedMap<String, Long> fills(List<Order> orders, long price, long volume) {
        List<Order> inTurn =
                orders.stream()
                        .filter(order -> order.limitPpm() >= price)
                        .sorted(
                                Comparator.comparingLong(Order::limitPpm)
                                        .reversed()
                                        .thenComparing(Order::id))
                        .toList();
        TreeMap<String, Long> fills = new TreeMap<>();
        long left = volume;
        for (Order order : inTurn) {
            long got = Math.min(left, order.shares());
            fills.put(order.id(), got);
            left -= got;
        }
        return fills;
    }
}

package io.wormhole.oracle.market;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Answer;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A prediction market about one question. Whoever puts in one unit gets one YES and one NO, a
 * complete set; a batch auction makes sets of two buyers. The answer says which share is worth the
 * unit; without yes or no each is worth half of it. Immutable.
 *
 * @param unit collateral of one complete set in base units, 2 or more
 * @param yes shares of YES by holder, each above 0
 * @param no shares of NO by holder, each above 0; as many in all as of YES
 */
public record Market(long unit, SortedMap<String, Long> yes, SortedMap<String, Long> no) {
    /** Refuses a market that does not hold what its shares are worth. */
    public Market {
        yes = Collections.unmodifiableSortedMap(new TreeMap<>(yes));
        no = Collections.unmodifiableSortedMap(new TreeMap<>(no));
        if (unit < 2) {
            throw new IllegalArgumentException("a unit of %d; allowed: 2 or more".formatted(unit));
        }
        if (total(yes) != total(no)) {
            throw new IllegalArgumentException(
                    "%d shares of YES and %d of NO; they come in pairs"
                            .formatted(total(yes), total(no)));
        }
        Math.multiplyExact(total(yes), unit);
    }

    /** A market in which nobody holds anything. */
    public static Market empty(long unit) {
        return new Market(unit, Collections.emptySortedMap(), Collections.emptySortedMap());
    }

    /** All money in the market. */
    public Amount collateral() {
        return Amount.of(Math.multiplyExact(total(yes), unit));
    }

    /** The market after {@code holder} put in {@code sets} units for as many complete sets. */
    public Market mint(String holder, long sets) {
        requirePositive(sets);
        return new Market(unit, plus(yes, holder, sets), plus(no, holder, sets));
    }

    /** The market after {@code holder} gave back {@code sets} complete sets for their units. */
    public Market redeem(String holder, long sets) {
        requirePositive(sets);
        return new Market(unit, plus(yes, holder, -sets), plus(no, holder, -sets));
    }

    /** The market after {@code from} gave shares to {@code to}. */
    public Market give(boolean isYes, String from, String to, long shares) {
        requirePositive(shares);
        SortedMap<String, Long> side = plus(plus(isYes ? yes : no, from, -shares), to, shares);
        return isYes ? new Market(unit, side, no) : new Market(unit, yes, side);
    }

    private static void requirePositive(long shares) {
        if (shares <= 0) {
            throw new IllegalArgumentException("%d shares; allowed: 1 or more".formatted(shares));
        }
    }

    /**
     * A batch with what it costs.
     *
     * @param market after it
     * @param yesCosts what each buyer of YES pays
     * @param noCosts what each buyer of NO pays; all costs together are the new sets' collateral
     */
    public record Traded(
            Market market, Map<String, Amount> yesCosts, Map<String, Amount> noCosts) {}

    /** The market after a batch auction's result. */
    public Traded trade(BatchAuction.Result batch) {
        BigInteger whole = BigInteger.valueOf(batch.volume()).multiply(BigInteger.valueOf(unit));
        BigInteger byYes =
                whole.multiply(BigInteger.valueOf(batch.pricePpm()))
                        .divide(BigInteger.valueOf(Order.WHOLE_PPM));
        SortedMap<String, Long> moreYes = yes;
        for (Map.Entry<String, Long> fill : batch.yes().entrySet()) {
            moreYes = plus(moreYes, fill.getKey(), fill.getValue());
        }
        SortedMap<String, Long> moreNo = no;
        for (Map.Entry<String, Long> fill : batch.no().entrySet()) {
            moreNo = plus(moreNo, fill.getKey(), fill.getValue());
        }
        return new Traded(
                new Market(unit, moreYes, moreNo),
                Shares.divide(Amount.of(byYes.longValueExact()), batch.yes()),
                Shares.divide(Amount.of(whole.subtract(byYes).longValueExact()), batch.no()));
    }

    /**
     * What each holder gets by the answer; all of the collateral is paid out.
     *
     * @param answer empty where the question ended without one
     */
    public SortedMap<String, Amount> liquidate(Optional<Answer> answer) {
        long worthOfYes =
                switch (answer.orElse(Answer.BAD_QUESTION)) {
                    case YES -> unit;
                    case NO -> 0;
                    case BAD_QUESTION -> unit / 2;
                };
        TreeMap<String, Amount> paid = new TreeMap<>();
        pay(paid, yes, worthOfYes);
        pay(paid, no, unit - worthOfYes);
        return paid;
    }

    private static void pay(
            TreeMap<String, Amount> paid, SortedMap<String, Long> holders, long worth) {
        holders.forEach(
                (holder, shares) ->
                        paid.merge(
                                holder,
                                Amount.of(Math.multiplyExact(shares, worth)),
                                Amount::plus));
    }

    private static SortedMap<String, Long> plus(
            SortedMap<String, Long> side, String holder, long change) {
        long after = Math.addExact(side.getOrDefault(holder, 0L), change);
        if (after < 0) {
            throw new IllegalArgumentException(
                    "%s has %d shares, fewer than %d"
                            .formatted(holder, side.getOrDefault(holder, 0L), -change));
        }
        TreeMap<String, Long> changed = new TreeMap<>(side);
        if (after == 0) {
            changed.remove(holder);
        } else {
            changed.put(holder, after);
        }
        return changed;
    }

    private static long total(SortedMap<String, Long> side) {
        return side.values().stream().reduce(0L, Math::addExact);
    }
}

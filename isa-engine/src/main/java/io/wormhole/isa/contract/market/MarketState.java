package io.wormhole.isa.contract.market;

import io.wormhole.isa.contract.StateFields;
import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.OracleId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a market's account holds.
 *
 * @param question the oracle's question
 * @param unit what a complete set of one YES and one NO costs
 * @param holders who has shares
 * @param book orders that wait
 * @param history batches that traded, the newest first
 * @param worthOfYes what a YES is worth since the question is answered
 */
public record MarketState(
        OracleId question,
        Amount unit,
        List<Holder> holders,
        List<Order> book,
        List<Batch> history,
        Optional<Amount> worthOfYes) {
    /** Copies the lists. */
    public MarketState {
        holders = List.copyOf(holders);
        book = List.copyOf(book);
        history = List.copyOf(history);
    }

    /** Shares of one account. */
    public record Holder(Address address, long yes, long no) {}

    /** An order that waits; {@code limitPpm} in millionths of the unit. */
    public record Order(Address by, boolean isYes, long limitPpm, long count) {
        private boolean isPossible() {
            return count > 0
                    && count <= PredictionMarket.MOST_SHARES
                    && limitPpm > 0
                    && limitPpm < PredictionMarket.WHOLE_PPM;
        }
    }

    /** What one block traded: the price of YES in millionths of the unit, and how many sets. */
    public record Batch(long height, long pricePpm, long volume) {}

    /**
     * Whether the contract itself could have come here. Whoever makes a market chooses its first
     * state, and from another one its messages may fail for good.
     */
    public boolean isWellFormed() {
        boolean isUnit = !unit.isZero() && unit.baseUnits() % PredictionMarket.WHOLE_PPM == 0;
        boolean isWorth = worthOfYes.map(unit::covers).orElse(true);
        boolean areHolders =
                holders.stream().allMatch(holder -> holder.yes() >= 0 && holder.no() >= 0);
        return isUnit && isWorth && areHolders && isSide(true) && isSide(false);
    }

    private boolean isSide(boolean isYes) {
        List<Order> side = book.stream().filter(order -> order.isYes() == isYes).toList();
        return side.size() <= PredictionMarket.MOST_ORDERS
                && side.stream().map(Order::by).distinct().count() == side.size()
                && side.stream().allMatch(Order::isPossible);
    }

    /**
     * Whether this is well-formed and {@code balance} pays for all shares and orders. Nobody should
     * put money into a market of which that is not so.
     */
    public boolean isCoveredBy(Amount balance) {
        return isWellFormed() && due().compareTo(BigInteger.valueOf(balance.baseUnits())) <= 0;
    }

    private BigInteger due() {
        BigInteger yes = BigInteger.ZERO;
        BigInteger no = BigInteger.ZERO;
        for (Holder holder : holders) {
            yes = yes.add(BigInteger.valueOf(holder.yes()));
            no = no.add(BigInteger.valueOf(holder.no()));
        }
        BigInteger whole = BigInteger.valueOf(unit.baseUnits());
        BigInteger ofYes =
                worthOfYes.map(worth -> BigInteger.valueOf(worth.baseUnits())).orElse(whole);
        // Before the answer a set is worth the unit, whichever of the two it will be.
        BigInteger due =
                worthOfYes.isPresent()
                        ? yes.multiply(ofYes).add(no.multiply(whole.subtract(ofYes)))
                        : yes.max(no).multiply(whole);
        BigInteger part = whole.divide(BigInteger.valueOf(PredictionMarket.WHOLE_PPM));
        for (Order order : book) {
            due =
                    due.add(
                            part.multiply(BigInteger.valueOf(order.limitPpm()))
                                    .multiply(BigInteger.valueOf(order.count())));
        }
        return due;
    }

    /**
     * Reads the state of a contract account.
     *
     * @throws IllegalArgumentException when it is no market's
     */
    public static MarketState read(Bytes state) {
        TupleValue both = StateFields.tuple(ValueCodec.decode(state), 2);
        TupleValue terms = StateFields.tuple(both.get(0), 2);
        TupleValue progress = StateFields.tuple(both.get(1), 5);
        // The contract compares it with the block's before it does anything.
        if (StateFields.integer(progress.get(2)) < 0) {
            throw new IllegalArgumentException("a height below zero");
        }
        long worth = StateFields.integer(progress.get(4));
        return new MarketState(
                new OracleId(StateFields.hash(terms.get(0))),
                Amount.of(StateFields.integer(terms.get(1))),
                holders(progress.get(0)),
                orders(progress.get(1)),
                batches(progress.get(3)),
                worth < 0 ? Optional.empty() : Optional.of(Amount.of(worth)));
    }

    private static List<Holder> holders(Value value) {
        if (!(value instanceof MapValue map)) {
            throw new IllegalArgumentException("a map of holders is needed, found " + value);
        }
        List<Holder> holders = new ArrayList<>();
        for (Value key : map.keys()) {
            TupleValue has = StateFields.tuple(map.get(key).orElseThrow(), 2);
            holders.add(
                    new Holder(
                            StateFields.address(key),
                            StateFields.integer(has.get(0)),
                            StateFields.integer(has.get(1))));
        }
        return holders;
    }

    private static List<Order> orders(Value value) {
        List<Order> orders = new ArrayList<>();
        for (Value each : StateFields.list(value)) {
            TupleValue order = StateFields.tuple(each, 4);
            orders.add(
                    new Order(
                            StateFields.address(order.get(0)),
                            side(order.get(1)),
                            StateFields.integer(order.get(2)),
                            StateFields.integer(order.get(3))));
        }
        return orders;
    }

    private static boolean side(Value value) {
        if (value instanceof BoolValue side) {
            return side.value();
        }
        throw new IllegalArgumentException("true or false is needed, found " + value);
    }

    private static List<Batch> batches(Value value) {
        List<Batch> batches = new ArrayList<>();
        for (Value each : StateFields.list(value)) {
            TupleValue batch = StateFields.tuple(each, 3);
            batches.add(
                    new Batch(
                            StateFields.integer(batch.get(0)),
                            StateFields.integer(batch.get(1)),
                            StateFields.integer(batch.get(2))));
        }
        return batches;
    }
}

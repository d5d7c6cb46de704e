package io.wormhole.settlement.genesis;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.settlement.consensus.Asert;
import io.wormhole.settlement.consensus.ValidatorSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The beginning of a network. Its hash is the network's id. Immutable. */
public final class Genesis implements Canonical {
    /** Most first balances. */
    public static final int MAXIMUM_ALLOCATIONS = 100_000;

    private final NetworkParameters parameters;
    private final long timeMillis;
    private final SortedMap<Address, Amount> allocations;
    private final SortedMap<Address, Amount> stakes;

    // Asked for with every transaction, and the hash of perhaps some megabytes. Two threads may
    // both find it: it is the same.
    private @Nullable NetworkId networkId;

    /**
     * Refuses more money than the network may have, and stakes of nothing or below its minimum.
     *
     * @param parameters on what all nodes agree
     * @param timeMillis time of block 0, milliseconds since 1970-01-01 UTC
     * @param allocations first balances, at most {@value #MAXIMUM_ALLOCATIONS}
     * @param stakes first validators, active at once
     */
    public Genesis(
            NetworkParameters parameters,
            long timeMillis,
            SortedMap<Address, Amount> allocations,
            SortedMap<Address, Amount> stakes) {
        this.parameters = parameters;
        this.timeMillis = timeMillis;
        this.allocations = Collections.unmodifiableSortedMap(new TreeMap<>(allocations));
        this.stakes = Collections.unmodifiableSortedMap(new TreeMap<>(stakes));
        Range.require("genesis time in ms", timeMillis, 0, Long.MAX_VALUE / 2);
        Range.require("genesis accounts", allocations.size(), 0, MAXIMUM_ALLOCATIONS);
        Range.require("genesis stakes", stakes.size(), 0, ValidatorSet.MAX_VALIDATORS);
        if (!parameters.money().maximumSupply().covers(supply())) {
            throw new IllegalArgumentException(
                    "more money than the maximum supply " + parameters.money().maximumSupply());
        }
        Amount minimum = parameters.finality().minimumDeposit();
        // Votes of nothing could never make anything final.
        Amount least = minimum.isZero() ? Amount.of(1) : minimum;
        stakes.forEach(
                (validator, stake) -> {
                    if (!stake.covers(least)) {
                        throw new IllegalArgumentException(
                                "stake %s of %s; allowed: from %s"
                                        .formatted(stake, validator, least));
                    }
                });
    }

    /** On what all nodes agree. */
    public NetworkParameters parameters() {
        return parameters;
    }

    /** Time of block 0, milliseconds since 1970-01-01 UTC. */
    public long timeMillis() {
        return timeMillis;
    }

    /** First balances. */
    public SortedMap<Address, Amount> allocations() {
        return allocations;
    }

    /** First validators, active at once. */
    public SortedMap<Address, Amount> stakes() {
        return stakes;
    }

    /** A development network that begins at {@code timeMillis}. */
    public static Genesis development(
            long timeMillis, Map<Address, Amount> allocations, Map<Address, Amount> stakes) {
        return new Genesis(
                NetworkParameters.development(),
                timeMillis,
                new TreeMap<>(allocations),
                new TreeMap<>(stakes));
    }

    /** Decodes a genesis strictly. */
    public static Genesis decode(Bytes encoded) {
        return CanonicalReader.decode(encoded, Genesis::readFrom);
    }

    /** Reads parameters, time, balances and stakes, addresses ascending. */
    public static Genesis readFrom(CanonicalReader in) {
        return new Genesis(
                NetworkParameters.readFrom(in),
                in.readLong(),
                readAmounts(in, MAXIMUM_ALLOCATIONS),
                readAmounts(in, ValidatorSet.MAX_VALIDATORS));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(parameters).writeLong(timeMillis);
        writeAmounts(allocations, out);
        writeAmounts(stakes, out);
    }

    /** The network that begins here. */
    public NetworkId networkId() {
        NetworkId known = networkId;
        if (known == null) {
            known = new NetworkId(Hash.of(DomainTag.GENESIS, this));
            networkId = known;
        }
        return known;
    }

    /** Two of one network are the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Genesis genesis && genesis.networkId().equals(networkId());
    }

    @Override
    public int hashCode() {
        return networkId().hashCode();
    }

    @Override
    public String toString() {
        return "genesis of " + networkId();
    }

    /** All money at the beginning. */
    public Amount supply() {
        return total(allocations).plus(total(stakes));
    }

    /** The retarget rule of the network; block 0 is its anchor. */
    public Asert asert() {
        Pacing pacing = parameters.pacing();
        return new Asert(
                0,
                timeMillis - pacing.targetSpacingMillis(),
                pacing.initialTargetBits(),
                pacing.targetSpacingMillis(),
                pacing.halfLifeMillis(),
                pacing.limitTargetBits());
    }

    private static Amount total(SortedMap<Address, Amount> amounts) {
        return Amount.sum(amounts.values());
    }

    private static SortedMap<Address, Amount> readAmounts(CanonicalReader in, int maximum) {
        TreeMap<Address, Amount> amounts = new TreeMap<>();
        for (Entry entry : in.readList(maximum, Entry::readFrom)) {
            if (!amounts.isEmpty() && amounts.lastKey().compareTo(entry.address()) >= 0) {
                throw in.fault("addresses not in ascending order");
            }
            amounts.put(entry.address(), entry.amount());
        }
        return amounts;
    }

    private static void writeAmounts(SortedMap<Address, Amount> amounts, CanonicalWriter out) {
        List<Entry> entries = new ArrayList<>();
        amounts.forEach((address, amount) -> entries.add(new Entry(address, amount)));
        out.writeList(entries);
    }

    private record Entry(Address address, Amount amount) implements Canonical {
        static Entry readFrom(CanonicalReader in) {
            return new Entry(Address.readFrom(in), Amount.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(address).write(amount);
        }
    }
}

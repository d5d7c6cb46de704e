package io.wormhole.settlement.consensus;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * All stakes of a chain, those waiting to join and those waiting to be paid out included;
 * immutable.
 */
public final class ValidatorSet implements Canonical {
    /** How many stakes a network can hold at once. */
    public static final int MAX_VALIDATORS = 1024;

    private final SortedMap<Address, Validator> byAddress;

    private ValidatorSet(SortedMap<Address, Validator> byAddress) {
        if (byAddress.size() > MAX_VALIDATORS) {
            throw new IllegalArgumentException(
                    byAddress.size() + " validators; allowed: " + MAX_VALIDATORS);
        }
        this.byAddress = Collections.unmodifiableSortedMap(byAddress);
    }

    /** Returns the set of a genesis block, in which every stake is active at once. */
    public static ValidatorSet atGenesis(Map<Address, Amount> stakes) {
        TreeMap<Address, Validator> validators = new TreeMap<>();
        stakes.forEach(
                (address, deposit) ->
                        validators.put(address, Validator.atGenesis(address, deposit)));
        return new ValidatorSet(validators);
    }

    /** Reads a list of validators in ascending order of address. */
    public static ValidatorSet readFrom(CanonicalReader in) {
        TreeMap<Address, Validator> validators = new TreeMap<>();
        for (Validator validator : in.readList(MAX_VALIDATORS, Validator::readFrom)) {
            if (!validators.isEmpty() && validators.lastKey().compareTo(validator.address()) >= 0) {
                throw in.fault("validators not in ascending order");
            }
            validators.put(validator.address(), validator);
        }
        return new ValidatorSet(validators);
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeList(List.copyOf(byAddress.values()));
    }

    /** Returns the stake of an address. */
    public Optional<Validator> find(Address address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** Returns all stakes in ascending order of address. */
    public Collection<Validator> all() {
        return byAddress.values();
    }

    /** Returns who votes in a dynasty, with how much; before dynasty 0 lies dynasty 0. */
    public SortedMap<Address, Amount> activeIn(long dynasty) {
        TreeMap<Address, Amount> active = new TreeMap<>();
        for (Validator validator : byAddress.values()) {
            if (validator.isActiveIn(Math.max(0, dynasty))) {
                active.put(validator.address(), validator.deposit());
            }
        }
        return Collections.unmodifiableSortedMap(active);
    }

    /** Returns the sum of all stakes. */
    public Amount total() {
        return Amount.sum(byAddress.values().stream().map(Validator::deposit).toList());
    }

    ValidatorSet with(Validator validator) {
        TreeMap<Address, Validator> changed = new TreeMap<>(byAddress);
        changed.put(validator.address(), validator);
        return new ValidatorSet(changed);
    }

    ValidatorSet without(Address address) {
        TreeMap<Address, Validator> changed = new TreeMap<>(byAddress);
        changed.remove(address);
        return new ValidatorSet(changed);
    }

    ValidatorSet map(UnaryOperator<Validator> change) {
        TreeMap<Address, Validator> changed = new TreeMap<>(byAddress);
        changed.replaceAll((address, validator) -> change.apply(validator));
        return new ValidatorSet(changed);
    }

    boolean isFull() {
        return byAddress.size() >= MAX_VALIDATORS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValidatorSet that && byAddress.equals(that.byAddress);
    }

    @Override
    public int hashCode() {
        return byAddress.hashCode();
    }

    @Override
    public String toString() {
        return byAddress.values().toString();
    }
}

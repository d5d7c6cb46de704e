package io.wormhole.settlement.consensus;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;

/**
 * One stake, from deposit to withdrawal. Times that have not come yet are {@link #NEVER}.
 *
 * @param address who votes with it and gets it back
 * @param deposit its present size
 * @param joined when the deposit was made
 * @param activeFrom the first dynasty in whose set it is
 * @param loggedOut when its owner logged out
 * @param activeUntil the first dynasty in whose set it is no more
 * @param withdrawableFrom the first epoch in which it can be paid out
 */
public record Validator(
        Address address,
        Amount deposit,
        Moment joined,
        long activeFrom,
        Moment loggedOut,
        long activeUntil,
        long withdrawableFrom)
        implements Canonical {
    /** A time that has not come. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * A point on a chain, by its dynasty and its epoch.
     *
     * @param dynasty the dynasty
     * @param epoch the epoch
     */
    public record Moment(long dynasty, long epoch) implements Canonical {
        /** Not yet. */
        public static final Moment NOT_YET = new Moment(NEVER, NEVER);

        /** Reads dynasty and epoch. */
        public static Moment readFrom(CanonicalReader in) {
            return new Moment(in.readLong(), in.readLong());
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeLong(dynasty).writeLong(epoch);
        }
    }

    /** A validator of the genesis block, active at once. */
    static Validator atGenesis(Address address, Amount deposit) {
        return new Validator(address, deposit, new Moment(0, 0), 0, Moment.NOT_YET, NEVER, NEVER);
    }

    /** A new stake that waits for its turn. */
    static Validator joining(Address address, Amount deposit, Moment joined) {
        return new Validator(address, deposit, joined, NEVER, Moment.NOT_YET, NEVER, NEVER);
    }

    /** Reads all fields in order. */
    public static Validator readFrom(CanonicalReader in) {
        return new Validator(
                Address.readFrom(in),
                Amount.readFrom(in),
                Moment.readFrom(in),
                in.readLong(),
                Moment.readFrom(in),
                in.readLong(),
                in.readLong());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(address).write(deposit).write(joined).writeLong(activeFrom);
        out.write(loggedOut).writeLong(activeUntil).writeLong(withdrawableFrom);
    }

    /** Returns whether it votes in the set of a dynasty. */
    public boolean isActiveIn(long dynasty) {
        return activeFrom <= dynasty && dynasty < activeUntil;
    }

    /** Returns whether its owner has asked to leave. */
    public boolean isLeaving() {
        return loggedOut.epoch() != NEVER;
    }

    Validator withDeposit(Amount newDeposit) {
        return new Validator(
                address, newDeposit, joined, activeFrom, loggedOut, activeUntil, withdrawableFrom);
    }

    Validator activated(long dynasty) {
        return new Validator(
                address, deposit, joined, dynasty, loggedOut, activeUntil, withdrawableFrom);
    }

    Validator loggedOut(Moment moment) {
        return new Validator(
                address, deposit, joined, activeFrom, moment, activeUntil, withdrawableFrom);
    }

    Validator retired(long dynasty, long withdrawableEpoch) {
        return new Validator(
                address, deposit, joined, activeFrom, loggedOut, dynasty, withdrawableEpoch);
    }
}

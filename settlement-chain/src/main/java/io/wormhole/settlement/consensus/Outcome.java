package io.wormhole.settlement.consensus;

import java.util.function.Function;

/** The result of asking for a change that the rules may refuse. */
public sealed interface Outcome<T> {
    /** The change is made. */
    record Accepted<T>(T value) implements Outcome<T> {}

    /** The rules refuse it; nothing has changed. */
    record Refused<T>(Reason reason, String detail) implements Outcome<T> {}

    /** Wraps a value that the rules accept. */
    static <T> Outcome<T> accept(T value) {
        return new Accepted<>(value);
    }

    /** Refuses, with what a person needs to see why. */
    static <T> Outcome<T> refuse(Reason reason, String detail) {
        return new Refused<>(reason, detail);
    }

    /**
     * Returns the value, or throws when the change was refused: for callers to whom a refusal is a
     * bug.
     */
    default T orThrow() {
        if (this instanceof Accepted<T> accepted) {
            return accepted.value();
        }
        throw new IllegalStateException(toString());
    }

    /** Returns the result of one of two functions. */
    default <R> R fold(
            Function<? super T, R> ifAccepted, Function<? super Refused<T>, R> ifRefused) {
        return this instanceof Accepted<T> accepted
                ? ifAccepted.apply(accepted.value())
                : ifRefused.apply((Refused<T>) this);
    }

    /** Why the rules refuse a change; {@link #id()} is stable and shown to users. */
    enum Reason {
        /** The voter is in neither the current nor the previous validator set. */
        UNKNOWN_VALIDATOR("unknown-validator"),
        /** The validator has voted in this epoch already. */
        DUPLICATE_VOTE("duplicate-vote"),
        /**
         * The vote's target is not this epoch's checkpoint, or the block is not one that may carry
         * votes.
         */
        WRONG_TARGET("wrong-target"),
        /** The vote's source is not what was last justified when the epoch began. */
        WRONG_SOURCE("wrong-source"),
        /** The address has a stake already. */
        ALREADY_STAKED("already-staked"),
        /** The deposit is below the minimum. */
        DEPOSIT_TOO_SMALL("deposit-too-small"),
        /** The number of validators that a network can have is reached. */
        TOO_MANY_VALIDATORS("too-many-validators"),
        /** The address has no stake. */
        NOT_STAKED("not-staked"),
        /** The validator has logged out already. */
        ALREADY_LOGGED_OUT("already-logged-out"),
        /** The stake is still bound. */
        NOT_WITHDRAWABLE("not-withdrawable"),
        /** The two votes are no offence. */
        NO_OFFENCE("no-offence");

        private final String id;

        Reason(String id) {
            this.id = id;
        }

        /** Returns the stable name, for example {@code wrong-target}. */
        public String id() {
            return id;
        }
    }
}

package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelResize;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.Delegation;
import io.wormhole.protocol.crypto.Signature;
import java.util.List;
import java.util.Optional;

/** Opens, closes and disputes channels. */
public sealed interface ChannelTransaction extends TransactionBody {
    /** Locks both deposits; the signatures are the participants' over the terms. */
    record Open(ChannelTerms terms, List<Signature> signatures) implements ChannelTransaction {
        /** Copies the list. */
        public Open {
            signatures = List.copyOf(signatures);
        }

        static Open readFrom(CanonicalReader in) {
            return new Open(
                    ChannelTerms.readFrom(in),
                    in.readList(ChannelTerms.PARTICIPANTS, Signature::readFrom));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(terms).writeList(signatures);
        }
    }

    /** Pays the final balances on which both agree; also ends a dispute. */
    record CloseMutual(ClosingBalances balances, List<Signature> signatures)
            implements ChannelTransaction {
        /** Copies the list. */
        public CloseMutual {
            signatures = List.copyOf(signatures);
        }

        static CloseMutual readFrom(CanonicalReader in) {
            return new CloseMutual(
                    ClosingBalances.readFrom(in),
                    in.readList(ChannelTerms.PARTICIPANTS, Signature::readFrom));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(balances).writeList(signatures);
        }
    }

    /** Starts the countdown in {@code state}, or in the state on the chain when there is none. */
    record CloseSolo(ChannelId channel, Optional<CoSignedState> state)
            implements ChannelTransaction {
        static CloseSolo readFrom(CanonicalReader in) {
            return new CloseSolo(ChannelId.readFrom(in), in.readOptional(CoSignedState::readFrom));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(channel).writeOptional(state);
        }
    }

    /** Answers a solo close with a higher state. */
    record Challenge(ChannelId channel, CoSignedState state) implements ChannelTransaction {
        static Challenge readFrom(CanonicalReader in) {
            return new Challenge(ChannelId.readFrom(in), CoSignedState.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(channel).write(state);
        }
    }

    /**
     * Lets the chain run one step of a contract that a silent partner does not co-sign.
     *
     * @param base a co-signed state to progress from; none: the state on the chain
     * @param lockId the contract
     * @param code the contract's code, or the part of it that runs, as its hash commits to
     * @param contractState the contract's state value, as the lock's state hash commits to
     * @param message the message value
     */
    record ForceProgress(
            ChannelId channel,
            Optional<CoSignedState> base,
            long lockId,
            Bytes code,
            Bytes contractState,
            Bytes message)
            implements ChannelTransaction {
        /** Largest code or state in bytes. */
        public static final int MAXIMUM_SIZE = 65_536;

        static ForceProgress readFrom(CanonicalReader in) {
            return new ForceProgress(
                    ChannelId.readFrom(in),
                    in.readOptional(CoSignedState::readFrom),
                    in.readLong(),
                    in.readBytes(MAXIMUM_SIZE),
                    in.readBytes(MAXIMUM_SIZE),
                    in.readBytes(MAXIMUM_SIZE));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(channel)
                    .writeOptional(base)
                    .writeLong(lockId)
                    .writeBytes(code)
                    .writeBytes(contractState)
                    .writeBytes(message);
        }
    }

    /** Pays out after the countdown. */
    record Settle(ChannelId channel) implements ChannelTransaction {
        static Settle readFrom(CanonicalReader in) {
            return new Settle(ChannelId.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(channel);
        }
    }

    /** Locks more money in an open channel: both have signed who adds what and the state then. */
    record Deposit(ChannelResize resize, List<Signature> signatures) implements ChannelTransaction {
        /** Copies the list. */
        public Deposit {
            signatures = List.copyOf(signatures);
        }

        static Deposit readFrom(CanonicalReader in) {
            return new Deposit(
                    ChannelResize.readFrom(in),
                    in.readList(ChannelTerms.PARTICIPANTS, Signature::readFrom));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(resize).writeList(signatures);
        }
    }

    /** Takes money out of an open channel: both have signed who gets what and the state then. */
    record Withdraw(ChannelResize resize, List<Signature> signatures)
            implements ChannelTransaction {
        /** Copies the list. */
        public Withdraw {
            signatures = List.copyOf(signatures);
        }

        static Withdraw readFrom(CanonicalReader in) {
            return new Withdraw(
                    ChannelResize.readFrom(in),
                    in.readList(ChannelTerms.PARTICIPANTS, Signature::readFrom));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(resize).writeList(signatures);
        }
    }

    /** Records a newer state of an open channel, so that no older one can close it. */
    record Snapshot(ChannelId channel, CoSignedState state) implements ChannelTransaction {
        static Snapshot readFrom(CanonicalReader in) {
            return new Snapshot(ChannelId.readFrom(in), CoSignedState.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(channel).write(state);
        }
    }

    /**
     * Answers a solo close for a participant who has appointed the sender: the only thing that a
     * delegate can do.
     *
     * @param participant index of who appointed
     * @param appointment that participant's signature over the {@link Delegation}
     */
    record ChallengeFor(
            ChannelId channel, CoSignedState state, int participant, Signature appointment)
            implements ChannelTransaction {
        /** Refuses a participant that cannot exist. */
        public ChallengeFor {
            if (participant < 0 || participant >= ChannelTerms.PARTICIPANTS) {
                throw new IllegalArgumentException("no participant " + participant);
            }
        }

        static ChallengeFor readFrom(CanonicalReader in) {
            return new ChallengeFor(
                    ChannelId.readFrom(in),
                    CoSignedState.readFrom(in),
                    in.readU8(),
                    Signature.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(channel).write(state).writeU8(participant).write(appointment);
        }
    }
}

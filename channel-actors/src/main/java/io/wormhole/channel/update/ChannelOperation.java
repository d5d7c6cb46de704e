package io.wormhole.channel.update;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Optional;

/** One change inside an update; several may ride in one update and count only together. */
public sealed interface ChannelOperation extends Canonical {
    /** Largest code, contract state or message in bytes: what the chain takes in a dispute. */
    int MAXIMUM_SIZE = 65_536;

    /** Moves {@code amount} from one participant's balance to the other's. */
    record Pay(int from, Amount amount) implements ChannelOperation {
        /** Refuses an unknown participant. */
        public Pay {
            requireParticipant(from);
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeU8(1).writeU8(from).write(amount);
        }
    }

    /**
     * Puts money under a contract.
     *
     * @param lockId names the lock; at least the nonce of the state that first holds it
     * @param from who provides the money
     * @param amount how much; may be zero
     * @param refundTo who gets what the contract leaves
     * @param code the contract's code
     * @param contractState its first state value
     */
    record Lock(
            long lockId,
            int from,
            Amount amount,
            int refundTo,
            Bytes code,
            Bytes contractState,
            long timeGasLimit,
            long spaceGasLimit)
            implements ChannelOperation {
        /** Refuses unknown participants, negative numbers and oversized code or state. */
        public Lock {
            requireParticipant(from);
            requireParticipant(refundTo);
            requireSize("code", code);
            requireSize("contract state", contractState);
            if (lockId < 1 || timeGasLimit < 0 || spaceGasLimit < 0) {
                throw new IllegalArgumentException("lock id and gas limits out of range");
            }
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeU8(2)
                    .writeLong(lockId)
                    .writeU8(from)
                    .write(amount)
                    .writeU8(refundTo)
                    .writeBytes(code)
                    .writeBytes(contractState)
                    .writeLong(timeGasLimit)
                    .writeLong(spaceGasLimit);
        }
    }

    /** Adds money to a contract. */
    record TopUp(long lockId, int from, Amount amount) implements ChannelOperation {
        /** Refuses an unknown participant. */
        public TopUp {
            requireParticipant(from);
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeU8(3).writeLong(lockId).writeU8(from).write(amount);
        }
    }

    /**
     * Runs one step of a contract.
     *
     * @param sender who proposes the step, as the contract sees it
     * @param height the block height that the contract sees; both sides must find it plausible
     * @param payload the message value
     * @param answers root of answered oracles that the contract takes as final; both sides must
     *     know it as such
     */
    record Step(long lockId, int sender, BlockHeight height, Bytes payload, Optional<Hash> answers)
            implements ChannelOperation {
        /** Refuses an unknown sender and an oversized payload. */
        public Step {
            requireParticipant(sender);
            requireSize("message", payload);
        }

        /** A step that shows no answer of an oracle. */
        public Step(long lockId, int sender, BlockHeight height, Bytes payload) {
            this(lockId, sender, height, payload, Optional.empty());
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeU8(answers.isPresent() ? 6 : 4)
                    .writeLong(lockId)
                    .writeU8(sender)
                    .write(height)
                    .writeBytes(payload);
            answers.ifPresent(out::write);
        }
    }

    /** Ends a contract; what is still locked goes back as the lock says. */
    record Release(long lockId) implements ChannelOperation {
        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeU8(5).writeLong(lockId);
        }
    }

    /** Reads one operation; an unknown code is malformed. */
    static ChannelOperation readFrom(CanonicalReader in) {
        int code = in.readU8();
        return switch (code) {
            case 1 -> new Pay(in.readU8(), Amount.readFrom(in));
            case 2 ->
                    new Lock(
                            in.readLong(),
                            in.readU8(),
                            Amount.readFrom(in),
                            in.readU8(),
                            in.readBytes(MAXIMUM_SIZE),
                            in.readBytes(MAXIMUM_SIZE),
                            in.readLong(),
                            in.readLong());
            case 3 -> new TopUp(in.readLong(), in.readU8(), Amount.readFrom(in));
            case 4 ->
                    new Step(
                            in.readLong(),
                            in.readU8(),
                            BlockHeight.readFrom(in),
                            in.readBytes(MAXIMUM_SIZE));
            case 5 -> new Release(in.readLong());
            case 6 ->
                    new Step(
                            in.readLong(),
                            in.readU8(),
                            BlockHeight.readFrom(in),
                            in.readBytes(MAXIMUM_SIZE),
                            Optional.of(Hash.readFrom(in)));
            default -> throw in.fault("no channel operation " + code);
        };
    }

    private static void requireParticipant(int index) {
        if (index < 0 || index > 1) {
            throw new IllegalArgumentException("no participant " + index);
        }
    }

    private static void requireSize(String what, Bytes content) {
        if (content.size() > MAXIMUM_SIZE) {
            throw new IllegalArgumentException(
                    what + " has at most 65536 bytes, found " + content.size());
        }
    }
}

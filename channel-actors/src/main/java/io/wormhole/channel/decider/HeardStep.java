package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.LockIds;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message that the partner sent to a contract in an update that both signed. What a contract
 * understands of it counts, however much the partner put around it.
 */
public record HeardStep(long lockId, Bytes payload) {
    /** Of longer messages only a secret is kept, without what stands around it. */
    private static final int MOST_BYTES = 128;

    private static final int MOST_WORTH = 2;
    private static final Value REFUND = Value.text("refund");

    /** What is kept of a step; empty when it is long and shows no secret. */
    static Optional<HeardStep> of(ChannelOperation.Step step) {
        HeardStep whole = new HeardStep(step.lockId(), step.payload());
        if (step.payload().size() <= MOST_BYTES) {
            return Optional.of(whole);
        }
        return whole.secret()
                .filter(secret -> secret.size() == HashTimeLock.SECRET_SIZE)
                .map(secret -> new HeardStep(step.lockId(), HashTimeLock.redeem(secret)));
    }

    /**
     * The secret that a message to a hash-time-lock shows. The contract reads the second field and
     * takes a message with more of them too.
     */
    public Optional<Bytes> secret() {
        return message()
                .filter(message -> message.size() > 1)
                .map(message -> message.get(1))
                .filter(BytesValue.class::isInstance)
                .map(field -> ((BytesValue) field).bytes());
    }

    /** Whether the message asks a hash-time-lock for the money back. */
    public boolean isRefund() {
        return message().filter(message -> message.get(0).equals(REFUND)).isPresent();
    }

    private Optional<TupleValue> message() {
        try {
            return ValueCodec.decode(payload) instanceof TupleValue message && message.size() > 0
                    ? Optional.of(message)
                    : Optional.empty();
        } catch (IllegalArgumentException noValue) {
            return Optional.empty();
        }
    }

    /** Those that show the secret of a lock, to be known also when the channel is over. */
    static List<HeardStep> secrets(List<HeardStep> all) {
        return all.stream().filter(heard -> heard.worth() > 0).toList();
    }

    /** The newest, at most so many; what gives way first is worth least. */
    static List<HeardStep> newest(List<HeardStep> all, int most) {
        int[] worth = all.stream().mapToInt(HeardStep::worth).toArray();
        boolean[] gone = new boolean[worth.length];
        int over = worth.length - most;
        for (int least = 0; least <= MOST_WORTH; least++) {
            for (int i = 0; i < worth.length && over > 0; i++) {
                if (worth[i] == least) {
                    gone[i] = true;
                    over--;
                }
            }
        }
        List<HeardStep> kept = new ArrayList<>();
        for (int i = 0; i < worth.length; i++) {
            if (!gone[i]) {
                kept.add(all.get(i));
            }
        }
        return kept;
    }

    // A swap's secret is waited for on another chain, and so for longer than a payment's. Neither
    // can be imitated by a message with another lock's id.
    private int worth() {
        Optional<Bytes> secret = secret().filter(it -> it.size() == HashTimeLock.SECRET_SIZE);
        if (secret.isEmpty()) {
            return 0;
        }
        var hash = HashTimeLock.hashOf(secret.get());
        if (lockId == LockIds.of(hash, LockIds.SWAP_PART)) {
            return MOST_WORTH;
        }
        return LockIds.isPart(lockId, hash) ? 1 : 0;
    }
}

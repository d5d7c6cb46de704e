package io.wormhole.channel.decider;

import io.wormhole.channel.update.LockIds;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A short message that the partner sent to a contract in an update that both signed. */
public record HeardStep(long lockId, Bytes payload) {
    /** Longer messages are not kept: no secret is as long. */
    static final int MOST_BYTES = 128;

    private static final int MOST_WORTH = 2;

    /** The secret that a message to a hash-time-lock shows. */
    public Optional<Bytes> secret() {
        try {
            return ValueCodec.decode(payload) instanceof TupleValue message
                            && message.size() == 2
                            && message.get(1) instanceof BytesValue secret
                    ? Optional.of(secret.bytes())
                    : Optional.empty();
        } catch (IllegalArgumentException noValue) {
            return Optional.empty();
        }
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

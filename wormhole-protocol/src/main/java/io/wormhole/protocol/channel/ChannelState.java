package io.wormhole.protocol.channel;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What every participant signs: who has how much after {@code nonce} updates.
 *
 * @param channel the channel, and through it network and terms
 * @param nonce 0 at the opening, then one higher with every update
 * @param balances free money per participant
 * @param locks money under contracts, in ascending order of lock id, at most {@value
 *     #MAXIMUM_LOCKS}
 */
public record ChannelState(
        ChannelId channel, Nonce nonce, List<Amount> balances, List<ContractLock> locks)
        implements Canonical {
    /** How many contracts can run in one channel at a time. */
    public static final int MAXIMUM_LOCKS = 16;

    /**
     * Refuses a wrong number of balances, too many locks, locks out of order, totals that overflow.
     */
    public ChannelState {
        balances = List.copyOf(balances);
        locks = List.copyOf(locks);
        if (balances.size() != ChannelTerms.PARTICIPANTS) {
            throw new IllegalArgumentException("a state has 2 balances, found " + balances.size());
        }
        if (locks.size() > MAXIMUM_LOCKS) {
            throw new IllegalArgumentException("at most 16 contract locks, found " + locks.size());
        }
        for (int i = 1; i < locks.size(); i++) {
            if (locks.get(i).lockId() <= locks.get(i - 1).lockId()) {
                throw new IllegalArgumentException("lock ids must ascend");
            }
        }
        total(balances, locks);
    }

    static ChannelState initial(ChannelId channel, List<Amount> deposits) {
        return new ChannelState(channel, Nonce.ZERO, deposits, List.of());
    }

    /** Reads a state in the order of the fields. */
    public static ChannelState readFrom(CanonicalReader in) {
        return new ChannelState(
                ChannelId.readFrom(in),
                Nonce.readFrom(in),
                in.readList(ChannelTerms.PARTICIPANTS, Amount::readFrom),
                in.readList(MAXIMUM_LOCKS, ContractLock::readFrom));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(channel).write(nonce).writeList(balances).writeList(locks);
    }

    /** Balances and locks together; the same in every state between two deposits or withdrawals. */
    public Amount total() {
        return total(balances, locks);
    }

    /** The lock with this id. */
    public Optional<ContractLock> lock(long lockId) {
        return locks.stream().filter(lock -> lock.lockId() == lockId).findFirst();
    }

    /** What each participant gets when the channel ends here: balances, and locks as refunds. */
    public List<Amount> payouts() {
        List<Amount> payouts = new ArrayList<>(balances);
        for (ContractLock lock : locks) {
            payouts.set(lock.refundTo(), payouts.get(lock.refundTo()).plus(lock.locked()));
        }
        return List.copyOf(payouts);
    }

    private static Amount total(List<Amount> balances, List<ContractLock> locks) {
        return Amount.sum(balances)
                .plus(Amount.sum(locks.stream().map(ContractLock::locked).toList()));
    }
}

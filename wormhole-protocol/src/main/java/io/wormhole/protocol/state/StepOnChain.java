package io.wormhole.protocol.state;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import java.util.ArrayList;
import java.util.List;

/**
 * A contract step that the chain ran for a participant, and what came of it.
 *
 * @param from the lock as the step found it
 * @param to the lock as the step left it
 * @param payouts what it paid to each participant
 * @param sender index of the participant who sent the message
 * @param message commitment to the message
 * @param height the height by which the contract judged it
 * @param agreed nonce of the last co-signed state that the chain had seen then
 */
public record StepOnChain(
        ContractLock from,
        ContractLock to,
        List<Amount> payouts,
        int sender,
        Hash message,
        BlockHeight height,
        Nonce agreed)
        implements Canonical {
    /**
     * How many updates a participant may have signed that its partner keeps to itself: one, or the
     * one that passes over a forgotten one.
     */
    public static final int MOST_WITHHELD = 2;

    /** Refuses what no step can lead to: the money in the lock is paid out or stays there. */
    public StepOnChain {
        payouts = List.copyOf(payouts);
        if (payouts.size() != ChannelTerms.PARTICIPANTS) {
            throw new IllegalArgumentException("payouts for " + payouts.size() + " participants");
        }
        if (sender < 0 || sender >= ChannelTerms.PARTICIPANTS) {
            throw new IllegalArgumentException("no participant " + sender);
        }
        if (!from.advanced(to.stateHash(), to.locked()).equals(to)) {
            throw new IllegalArgumentException("a step changes state and amount of a lock alone");
        }
        if (!Amount.sum(payouts).plus(to.locked()).equals(from.locked())) {
            throw new IllegalArgumentException("a step neither makes money nor loses it");
        }
    }

    /** The commitment by which a message is known again. */
    public static Hash commitment(Bytes message) {
        return Hash.of(DomainTag.CONTRACT_MESSAGE, message);
    }

    /** Reads a step in the order of the fields. */
    public static StepOnChain readFrom(CanonicalReader in) {
        ContractLock from = ContractLock.readFrom(in);
        return new StepOnChain(
                from,
                from.advanced(Hash.readFrom(in), Amount.readFrom(in)),
                in.readList(ChannelTerms.PARTICIPANTS, Amount::readFrom),
                in.readU8(),
                Hash.readFrom(in),
                BlockHeight.readFrom(in),
                Nonce.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(from)
                .write(to.stateHash())
                .write(to.locked())
                .writeList(payouts)
                .writeU8(sender)
                .write(message)
                .write(height)
                .write(agreed);
    }

    long lockId() {
        return from.lockId();
    }

    /** Whether a state with {@code nonce} may have been signed without knowing of this step. */
    boolean outlives(Nonce nonce) {
        return nonce.value() - MOST_WITHHELD <= agreed.value();
    }

    /** Whether this is the step of that message, sent by the same to the same contract state. */
    boolean repeats(StepOnChain other) {
        return from.isSameContract(other.from)
                && sender == other.sender
                && message.equals(other.message);
    }

    /** {@code state} after this step, when it has the lock as the step found it. */
    public ChannelState after(ChannelState state) {
        if (state.lock(lockId()).filter(from::equals).isEmpty()) {
            return state;
        }
        List<Amount> balances = new ArrayList<>(state.balances());
        for (int i = 0; i < balances.size(); i++) {
            balances.set(i, balances.get(i).plus(payouts.get(i)));
        }
        List<ContractLock> locks =
                state.locks().stream().map(lock -> lock.lockId() == lockId() ? to : lock).toList();
        return new ChannelState(state.channel(), state.nonce().next(), balances, locks);
    }

    /** Both steps as one, when {@code next} goes on where this one ended. */
    StepOnChain with(StepOnChain next) {
        List<Amount> paid = new ArrayList<>(payouts);
        for (int i = 0; i < paid.size(); i++) {
            paid.set(i, paid.get(i).plus(next.payouts.get(i)));
        }
        return new StepOnChain(from, next.to, paid, sender, message, height, next.agreed);
    }
}

package io.wormhole.protocol.state;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps that the chain ran in a channel and that a co-signed state may come after which knows
 * nothing of them. A partner that kept the last signature of an update to itself undoes nothing
 * with it: where the state leaves the contract alone, the step stays done; where it changed the
 * contract's money, the step is judged again by the height at which it was first shown.
 *
 * @param steps in the order in which the chain ran them; of one lock at most {@value
 *     #MOST_FOR_A_LOCK}, the last of them being all that followed
 */
public record StepsOnChain(List<StepOnChain> steps) implements Canonical {
    /** Steps of one lock that are remembered each by itself. */
    public static final int MOST_FOR_A_LOCK = 4;

    /** No step at all. */
    public static final StepsOnChain NONE = new StepsOnChain(List.of());

    private static final int MOST = MOST_FOR_A_LOCK * ChannelState.MAXIMUM_LOCKS;

    /** Refuses more than there can be. */
    public StepsOnChain {
        steps = List.copyOf(steps);
        if (steps.size() > MOST) {
            throw new IllegalArgumentException("at most 64 steps, found " + steps.size());
        }
    }

    /** Reads a count and the steps. */
    public static StepsOnChain readFrom(CanonicalReader in) {
        return new StepsOnChain(in.readList(MOST, StepOnChain::readFrom));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeList(steps);
    }

    /** Whether there is nothing to remember. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** The steps that a co-signed state may be shown after which does not know of them. */
    public StepsOnChain notKnownTo(ChannelState coSigned) {
        return new StepsOnChain(
                steps.stream()
                        .filter(step -> step.outlives(coSigned.nonce()))
                        .filter(step -> coSigned.lock(step.lockId()).isPresent())
                        .toList());
    }

    /** {@code coSigned} with every step done whose contract it leaves alone. */
    public ChannelState appliedTo(ChannelState coSigned) {
        ChannelState state = coSigned;
        for (StepOnChain step : steps) {
            state = step.after(state);
        }
        return state;
    }

    /** When {@code sender} first showed this message to the contract in this state, if it did. */
    public Optional<BlockHeight> firstShown(ContractLock lock, int sender, Bytes message) {
        return steps.stream()
                .filter(step -> step.from().isSameContract(lock) && step.sender() == sender)
                .filter(step -> step.message().equals(StepOnChain.commitment(message)))
                .map(StepOnChain::height)
                .findFirst();
    }

    /** These and one more, which takes the place of the same step on other money. */
    public StepsOnChain with(StepOnChain ran) {
        List<StepOnChain> all = new ArrayList<>(steps);
        all.removeIf(step -> step.repeats(ran));
        List<StepOnChain> ofLock =
                all.stream().filter(step -> step.lockId() == ran.lockId()).toList();
        if (ofLock.size() < MOST_FOR_A_LOCK) {
            all.add(ran);
        } else {
            StepOnChain last = ofLock.get(ofLock.size() - 1);
            all.remove(last);
            all.add(last.to().equals(ran.from()) ? last.with(ran) : ran);
        }
        return new StepsOnChain(all);
    }
}

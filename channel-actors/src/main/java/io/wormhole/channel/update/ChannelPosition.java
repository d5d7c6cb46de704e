package io.wormhole.channel.update;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.channel.ChannelState;
import java.util.List;
import java.util.Optional;

/** A channel state together with the contracts behind its locks, one per lock, in its order. */
public record ChannelPosition(ChannelState state, List<ContractInstance> contracts)
        implements Canonical {
    /** Refuses contracts that do not match the locks. */
    public ChannelPosition {
        contracts = List.copyOf(contracts);
        if (contracts.size() != state.locks().size()) {
            throw new IllegalArgumentException(
                    state.locks().size() + " locks, " + contracts.size() + " contracts");
        }
        for (int i = 0; i < contracts.size(); i++) {
            if (contracts.get(i).lockId() != state.locks().get(i).lockId()) {
                throw new IllegalArgumentException("contracts out of order");
            }
        }
    }

    /** Reads state and contracts. */
    public static ChannelPosition readFrom(CanonicalReader in) {
        return new ChannelPosition(
                ChannelState.readFrom(in),
                in.readList(ChannelState.MAXIMUM_LOCKS, ContractInstance::readFrom));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(state).writeList(contracts);
    }

    /**
     * The same position two nonces later: what both agree on when one has signed the next state and
     * the other has forgotten what it was.
     */
    public ChannelPosition skipping() {
        ChannelState skipped =
                new ChannelState(
                        state.channel(),
                        state.nonce().next().next(),
                        state.balances(),
                        state.locks());
        return new ChannelPosition(skipped, contracts);
    }

    /** The contract behind a lock. */
    public Optional<ContractInstance> contract(long lockId) {
        return contracts.stream().filter(contract -> contract.lockId() == lockId).findFirst();
    }
}

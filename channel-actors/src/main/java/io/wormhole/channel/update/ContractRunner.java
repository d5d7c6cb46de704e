package io.wormhole.channel.update;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import java.util.List;
import java.util.Optional;

/** Runs contracts exactly as the chain does in a dispute; pure. */
public interface ContractRunner {
    /** The commitment to {@code code}; empty when it is no valid contract. */
    Optional<Hash> codeHash(Bytes code);

    /** The hash of a contract's state value. */
    Hash stateHash(Bytes contractState);

    /** Runs one step under the lock's money and gas limits. */
    StepOutcome step(ContractLock lock, ContractInstance contract, ChannelOperation.Step step);

    /** What a step came to. */
    sealed interface StepOutcome {
        /** New state value, payouts per participant, and what stays locked. */
        record Advanced(Bytes contractState, List<Amount> payouts, Amount remaining)
                implements StepOutcome {
            /** Copies the list. */
            public Advanced {
                payouts = List.copyOf(payouts);
            }
        }

        /** The contract refuses the message, traps, runs out of gas, or would pay too much. */
        record Refused(String reason) implements StepOutcome {}
    }
}

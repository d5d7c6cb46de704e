package io.wormhole.isa.contract;

import io.wormhole.isa.vm.GasUsed;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import java.util.List;

/** What a contract call leads to. */
public sealed interface ContractOutcome {
    /**
     * The contract moved on.
     *
     * @param state its new state, encoded
     * @param stateHash the hash of that state
     * @param payouts what each participant gets out of the locked amount, by index
     * @param remaining what stays locked: the locked amount less all payouts
     * @param gasUsed what the call used
     */
    record Advanced(
            Bytes state, Hash stateHash, List<Amount> payouts, Amount remaining, GasUsed gasUsed)
            implements ContractOutcome {
        /** Copies the payouts. */
        public Advanced {
            payouts = List.copyOf(payouts);
        }
    }

    /**
     * Nothing changes.
     *
     * @param reason which rule refuses
     * @param detail one line for people, no part of consensus
     * @param gasUsed what the call used up to there
     */
    record Refused(ContractRefusal reason, String detail, GasUsed gasUsed)
            implements ContractOutcome {}
}

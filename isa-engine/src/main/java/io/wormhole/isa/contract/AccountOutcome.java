package io.wormhole.isa.contract;

import io.wormhole.isa.vm.GasUsed;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import java.util.List;

/** What a call of a contract with an account leads to. */
public sealed interface AccountOutcome {
    /** What the call used. */
    GasUsed gasUsed();

    /**
     * The contract took the message.
     *
     * @param state its new state, encoded
     * @param transfers what it pays out, in order
     * @param messages what it sends to other contracts after that, in order
     */
    record Taken(Bytes state, List<Transfer> transfers, List<Sent> messages, GasUsed gasUsed)
            implements AccountOutcome {
        /** Copies the lists. */
        public Taken {
            transfers = List.copyOf(transfers);
            messages = List.copyOf(messages);
        }
    }

    /** Nothing changes; {@code detail} is one line for people, no part of consensus. */
    record Refused(ContractRefusal reason, String detail, GasUsed gasUsed)
            implements AccountOutcome {}

    /** A payment of a contract. */
    record Transfer(Address to, Amount amount) {}

    /** A message of a contract, with gas limits of its own. */
    record Sent(Address to, Amount amount, long time, long space, Bytes payload) {}
}

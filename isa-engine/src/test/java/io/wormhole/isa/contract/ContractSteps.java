package io.wormhole.isa.contract;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import java.util.function.BiFunction;

/** A contract between two as a channel holds it: balances outside, money inside, step by step. */
public final class ContractSteps {
    private final ContractCode code;
    private final BiFunction<Bytes, Amount, LockedContract> lock;
    private Bytes state;
    private Amount locked;
    private Amount[] paid = {Amount.ZERO, Amount.ZERO};
    private int steps;

    /** Begins with {@code state} and {@code locked}. */
    public ContractSteps(
            ContractCode code,
            BiFunction<Bytes, Amount, LockedContract> lock,
            Bytes state,
            Amount locked) {
        this.code = code;
        this.lock = lock;
        this.state = state;
        this.locked = locked;
    }

    /** One message; a refusal changes nothing. */
    public ContractOutcome send(int sender, long height, Bytes payload) {
        return send(sender, height, payload, List.of());
    }

    /** One message where these roots of answered questions are final. */
    public ContractOutcome send(int sender, long height, Bytes payload, List<Hash> answers) {
        ContractOutcome outcome =
                ContractCall.run(
                        lock.apply(state, locked),
                        code,
                        state,
                        new ContractMessage(sender, new BlockHeight(height), payload, answers));
        if (outcome instanceof ContractOutcome.Advanced step) {
            state = step.state();
            locked = step.remaining();
            paid =
                    new Amount[] {
                        paid[0].plus(step.payouts().get(0)), paid[1].plus(step.payouts().get(1))
                    };
            steps++;
        }
        return outcome;
    }

    /** What a participant was paid so far. */
    public Amount paid(int participant) {
        return paid[participant];
    }

    /** What is still locked. */
    public Amount locked() {
        return locked;
    }

    /** How many messages were accepted. */
    public int steps() {
        return steps;
    }
}

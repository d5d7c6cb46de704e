package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ContractInstance;
import io.wormhole.channel.update.ContractRunner;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import java.util.List;
import java.util.Optional;

/**
 * A contract small enough to see through: the message's only byte says how many base units
 * participant 1 gets; 255 is refused. Its state counts the steps.
 */
public final class Toy implements ContractRunner {
    /** The toy's code. */
    public static final Bytes CODE = Bytes.of((byte) 0x70);

    /** No step has run. */
    public static final Bytes START = Bytes.of((byte) 0);

    @Override
    public Optional<Hash> codeHash(Bytes code) {
        return code.equals(CODE)
                ? Optional.of(Hash.of(DomainTag.CONTRACT_CODE, code))
                : Optional.empty();
    }

    @Override
    public Hash stateHash(Bytes contractState) {
        return Hash.of(DomainTag.CONTRACT_STATE, contractState);
    }

    @Override
    public StepOutcome step(
            ContractLock lock, ContractInstance contract, ChannelOperation.Step step) {
        Amount pays = Amount.of(step.payload().isEmpty() ? 0 : step.payload().at(0) & 0xff);
        if (pays.baseUnits() == 255 || !lock.locked().covers(pays)) {
            return new StepOutcome.Refused("the toy pays no " + pays.baseUnits());
        }
        return new StepOutcome.Advanced(
                Bytes.of((byte) (contract.state().at(0) + 1)),
                List.of(Amount.ZERO, pays),
                lock.locked().minus(pays));
    }
}

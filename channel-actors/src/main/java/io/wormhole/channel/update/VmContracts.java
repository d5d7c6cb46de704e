package io.wormhole.channel.update;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.contract.ContractMessage;
import io.wormhole.isa.contract.ContractOutcome;
import io.wormhole.isa.contract.LockedContract;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.Hash;
import java.util.Optional;

/** Contracts on the contract VM, called exactly as the ledger calls it to force a step. */
public final class VmContracts implements ContractRunner {
    @Override
    public Optional<Hash> codeHash(Bytes code) {
        try {
            return Optional.of(ContractCode.load(code).hash());
        } catch (IllegalArgumentException noContract) {
            return Optional.empty();
        }
    }

    @Override
    public Hash stateHash(Bytes contractState) {
        return ContractCall.stateHash(contractState);
    }

    @Override
    public StepOutcome step(
            ContractLock lock, ContractInstance contract, ChannelOperation.Step step) {
        ContractOutcome outcome =
                ContractCall.run(
                        new LockedContract(
                                lock.codeHash(),
                                lock.stateHash(),
                                lock.locked(),
                                ChannelTerms.PARTICIPANTS,
                                new GasLimit(lock.timeGasLimit(), lock.spaceGasLimit())),
                        contract.code(),
                        contract.state(),
                        new ContractMessage(
                                step.sender(),
                                step.height(),
                                step.payload(),
                                step.answers().stream().toList()));
        if (outcome instanceof ContractOutcome.Advanced advanced) {
            return new StepOutcome.Advanced(
                    advanced.state(), advanced.payouts(), advanced.remaining());
        }
        ContractOutcome.Refused refused = (ContractOutcome.Refused) outcome;
        return new StepOutcome.Refused(refused.reason() + ": " + refused.detail());
    }
}

package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ContractInstance;
import io.wormhole.channel.update.ContractRunner;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.ChannelEntry.Phase;
import io.wormhole.protocol.state.StepOnChain;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.Optional;

/** The ledger's rule of steps that the chain runs, restated. */
record ForcedSteps(ContractRunner contracts) {
    Optional<String> apply(
            FakeSettlement.State state,
            ChannelTransaction.ForceProgress force,
            Transaction transaction) {
        ChannelEntry entry = state.channels().get(force.channel());
        if (entry == null
                || entry.phase() == Phase.CLOSED
                || ChannelLedger.place(entry, transaction) < 0) {
            return Optional.of("channel-not-in");
        }
        int place = ChannelLedger.place(entry, transaction);
        Optional<ContractLock> found = entry.recorded().lock(force.lockId());
        if (found.isEmpty()) {
            return Optional.of("lock-unknown");
        }
        ContractLock lock = found.get();
        if (!contracts.stateHash(force.contractState()).equals(lock.stateHash())) {
            return Optional.of("contract-differs");
        }
        BlockHeight height =
                entry.steps().firstShown(lock, place, force.message()).orElse(state.height());
        ContractRunner.StepOutcome outcome =
                contracts.step(
                        lock,
                        new ContractInstance(lock.lockId(), force.code(), force.contractState()),
                        new ChannelOperation.Step(lock.lockId(), place, height, force.message()));
        if (!(outcome instanceof ContractRunner.StepOutcome.Advanced advanced)) {
            return Optional.empty();
        }
        StepOnChain ran =
                new StepOnChain(
                        lock,
                        lock.advanced(
                                contracts.stateHash(advanced.contractState()),
                                advanced.remaining()),
                        advanced.payouts(),
                        place,
                        StepOnChain.commitment(force.message()),
                        height,
                        entry.agreed());
        ChannelLedger.Recorded after =
                new ChannelLedger.Recorded(
                        ran.after(entry.recorded()), entry.agreed(), entry.steps().with(ran));
        if (entry.phase() == Phase.CLOSING) {
            after.putClosing(state, entry, place);
        } else {
            after.putOpen(state, entry);
        }
        return Optional.empty();
    }
}

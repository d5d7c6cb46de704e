package io.wormhole.settlement.ledger;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractMessage;
import io.wormhole.isa.contract.ContractOutcome;
import io.wormhole.isa.contract.ContractRefusal;
import io.wormhole.isa.contract.LockedContract;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.ChannelEntry.Phase;
import io.wormhole.protocol.state.StepOnChain;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.Optional;

/**
 * The chain takes the place of a silent partner: it runs one contract step on the last co-signed
 * state, or on the state that it has recorded. A step that the contract refuses is paid for and
 * changes nothing.
 */
final class ForcedProgress {
    private final ChannelTransaction.ForceProgress body;
    private final ChannelEntry entry;
    private final Draft draft;
    private final int place;

    private ForcedProgress(ChannelTransaction.ForceProgress body, ChannelEntry entry, Draft draft) {
        this.body = body;
        this.entry = entry;
        this.draft = draft;
        this.place = entry.terms().indexOf(draft.sender()).orElseThrow();
    }

    static Optional<Refusal> apply(
            ChannelTransaction.ForceProgress body, Transaction transaction, Draft draft) {
        ChannelId id = body.channel();
        Optional<ChannelEntry> found = draft.ledger().channel(id);
        Optional<Refusal> refusal = Channels.refuseParty(id, found, draft);
        if (refusal.isPresent()) {
            return refusal;
        }
        ChannelEntry entry = found.orElseThrow();
        if (entry.phase() == Phase.CLOSED) {
            return Transition.refuse(
                    new ChannelRefusal.ChannelNotIn(id, entry.phase(), "OPEN or CLOSING"));
        }
        Optional<CoSignedState> base =
                body.base().filter(state -> !state.state().equals(entry.recorded()));
        return base.flatMap(state -> Channels.refuseState(entry, state, draft))
                .or(() -> new ForcedProgress(body, entry, draft).run(transaction, base));
    }

    private Optional<Refusal> run(Transaction transaction, Optional<CoSignedState> base) {
        Channels.Recorded before = Channels.Recorded.of(entry, base);
        ChannelState from = before.state();
        Optional<ContractLock> found = from.lock(body.lockId());
        if (found.isEmpty()) {
            return Transition.refuse(new ChannelRefusal.LockUnknown(body.channel(), body.lockId()));
        }
        ContractLock lock = found.get();
        long time = transaction.timeGasLimit();
        long space = transaction.spaceGasLimit();
        if (time < lock.timeGasLimit() || space < lock.spaceGasLimit()) {
            return Transition.refuse(
                    new ChannelRefusal.GasBelowLock(
                            time, space, lock.timeGasLimit(), lock.spaceGasLimit()));
        }
        // What was shown in time stays in time, also when a later state is shown afterwards.
        BlockHeight height =
                before.steps().firstShown(lock, place, body.message()).orElse(draft.height());
        ContractOutcome outcome = call(lock, height);
        if (outcome instanceof ContractOutcome.Advanced advanced) {
            draft.useGas(advanced.gasUsed().time() + advanced.gasUsed().space());
            record(body.channel(), entry, after(before, lock, advanced, height), draft);
            return Transition.done();
        }
        return fail((ContractOutcome.Refused) outcome);
    }

    private ContractOutcome call(ContractLock lock, BlockHeight height) {
        LockedContract contract =
                new LockedContract(
                        lock.codeHash(),
                        lock.stateHash(),
                        lock.locked(),
                        ChannelTerms.PARTICIPANTS,
                        new GasLimit(lock.timeGasLimit(), lock.spaceGasLimit()));
        ContractMessage message =
                new ContractMessage(place, height, body.message(), draft.ledger().finalAnswers());
        return ContractCall.run(contract, body.code(), body.contractState(), message);
    }

    /** Payouts to the balances; what the contract did not pay out stays locked. */
    private Channels.Recorded after(
            Channels.Recorded before,
            ContractLock lock,
            ContractOutcome.Advanced step,
            BlockHeight height) {
        StepOnChain ran =
                new StepOnChain(
                        lock,
                        lock.advanced(step.stateHash(), step.remaining()),
                        step.payouts(),
                        place,
                        StepOnChain.commitment(body.message()),
                        height,
                        before.agreed());
        return new Channels.Recorded(
                ran.after(before.state()), before.agreed(), before.steps().with(ran));
    }

    /** Puts the outcome of a step on the chain. */
    static void record(ChannelId id, ChannelEntry entry, Channels.Recorded recorded, Draft draft) {
        draft.fact(new LedgerFact.ChannelProgressed(id, draft.sender(), recorded.state()));
        if (entry.phase() == Phase.CLOSING) {
            Channels.putClosing(recorded, entry, draft);
        } else {
            Channels.put(id, recorded.open(entry, draft.height()), draft);
        }
    }

    /** What was not signed is refused; what the contract itself refuses costs its gas. */
    private Optional<Refusal> fail(ContractOutcome.Refused refused) {
        ContractRefusal reason = refused.reason();
        if (reason == ContractRefusal.BAD_CODE
                || reason == ContractRefusal.OTHER_CODE
                || reason == ContractRefusal.OTHER_STATE) {
            return Transition.refuse(new ChannelRefusal.ContractDiffers(reason, refused.detail()));
        }
        draft.useGas(refused.gasUsed().time() + refused.gasUsed().space());
        draft.fact(
                new LedgerFact.ContractStepFailed(
                        body.channel(),
                        draft.sender(),
                        Transition.shortened(reason + ": " + refused.detail())));
        return Transition.done();
    }
}

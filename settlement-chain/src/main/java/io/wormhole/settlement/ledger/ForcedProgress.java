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
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.ChannelEntry.Phase;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
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
        ChannelState from = base.map(CoSignedState::state).orElse(entry.recorded());
        Nonce agreed = base.map(CoSignedState::nonce).orElse(entry.agreed());
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
        ContractOutcome outcome = call(lock);
        if (outcome instanceof ContractOutcome.Advanced advanced) {
            draft.useGas(advanced.gasUsed().time() + advanced.gasUsed().space());
            record(
                    body.channel(),
                    entry,
                    new Channels.Recorded(after(from, lock, advanced), agreed),
                    draft);
            return Transition.done();
        }
        return fail((ContractOutcome.Refused) outcome);
    }

    private ContractOutcome call(ContractLock lock) {
        LockedContract contract =
                new LockedContract(
                        lock.codeHash(),
                        lock.stateHash(),
                        lock.locked(),
                        ChannelTerms.PARTICIPANTS,
                        new GasLimit(lock.timeGasLimit(), lock.spaceGasLimit()));
        ContractMessage message =
                new ContractMessage(
                        place, draft.height(), body.message(), draft.ledger().finalAnswers());
        return ContractCall.run(contract, body.code(), body.contractState(), message);
    }

    /** Payouts to the balances; what the contract did not pay out stays locked. */
    private static ChannelState after(
            ChannelState from, ContractLock lock, ContractOutcome.Advanced step) {
        List<Amount> balances = new ArrayList<>(from.balances());
        for (int i = 0; i < balances.size(); i++) {
            balances.set(i, balances.get(i).plus(step.payouts().get(i)));
        }
        ContractLock moved = lock.advanced(step.stateHash(), step.remaining());
        List<ContractLock> locks =
                from.locks().stream()
                        .map(other -> other.lockId() == lock.lockId() ? moved : other)
                        .toList();
        return new ChannelState(from.channel(), from.nonce().next(), balances, locks);
    }

    /** Puts the outcome of a step on the chain. */
    static void record(ChannelId id, ChannelEntry entry, Channels.Recorded recorded, Draft draft) {
        draft.fact(new LedgerFact.ChannelProgressed(id, draft.sender(), recorded.state()));
        if (entry.phase() == Phase.CLOSING) {
            Channels.putClosing(id, entry, recorded, draft);
            return;
        }
        ChannelEntry progressed =
                new ChannelEntry(
                        entry.terms(),
                        Phase.OPEN,
                        recorded.state(),
                        recorded.agreed(),
                        entry.closer(),
                        entry.closesAt(),
                        draft.height());
        Channels.put(id, progressed, draft);
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

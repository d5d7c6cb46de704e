package io.wormhole.settlement.ledger;

import io.wormhole.isa.contract.AccountCall;
import io.wormhole.isa.contract.AccountMessage;
import io.wormhole.isa.contract.AccountOutcome;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.contract.ContractRefusal;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.isa.vm.GasUsed;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.ContractEntry;
import io.wormhole.protocol.transaction.ContractTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.List;
import java.util.Optional;

/**
 * Contracts with accounts of their own. A message either does all that it does or nothing; a
 * message that a contract sends has its own gas limits and, when refused, undoes itself alone: its
 * amount stays with the sender, and what the sender did stands.
 */
final class Contracts {
    /** How deep messages may lead to messages. */
    static final int DEEPEST = 16;

    /** How many messages one transaction may lead to. */
    static final int MOST_MESSAGES = 128;

    private final Draft draft;
    private long timeLeft;
    private final long space;
    private long peakSpace;
    private int messages;

    private Contracts(Draft draft, Transaction transaction) {
        this.draft = draft;
        this.timeLeft = transaction.timeGasLimit();
        this.space = transaction.spaceGasLimit();
    }

    static Amount cost(ContractTransaction.Create body, TransitionTable.CostContext context) {
        return body.endowment();
    }

    static Amount cost(ContractTransaction.Call body, TransitionTable.CostContext context) {
        return body.amount();
    }

    static Optional<Refusal> create(
            ContractTransaction.Create body, Transaction transaction, Draft draft) {
        ContractCode code;
        Bytes state;
        try {
            code = ContractCode.load(body.code());
            state = AccountCall.firstState(body.terms(), body.progress());
        } catch (IllegalArgumentException malformed) {
            return Transition.refuse(
                    new Refusal.ContractMalformed(
                            Transition.shortened(String.valueOf(malformed.getMessage()))));
        }
        Address address = ContractTransaction.Create.address(draft.sender(), transaction.nonce());
        draft.debit(draft.sender(), body.endowment());
        draft.credit(address, body.endowment());
        draft.change(
                ledger ->
                        ledger.withCode(code.hash(), body.code())
                                .withContract(
                                        address,
                                        Optional.of(new ContractEntry(code.hash(), state))));
        draft.fact(new LedgerFact.ContractCreated(address, draft.sender(), code.hash()));
        return Transition.done();
    }

    static Optional<Refusal> call(
            ContractTransaction.Call body, Transaction transaction, Draft draft) {
        draft.touch(body.contract());
        if (draft.ledger().contract(body.contract()).isEmpty()) {
            return Transition.refuse(new Refusal.ContractUnknown(body.contract()));
        }
        Contracts run = new Contracts(draft, transaction);
        run.deliver(
                draft.sender(),
                new AccountOutcome.Sent(
                        body.contract(), body.amount(), run.timeLeft, run.space, body.payload()),
                0);
        return Transition.done();
    }

    /** Delivers a message, or leaves everything as it was but the gas. */
    private void deliver(Address from, AccountOutcome.Sent message, int depth) {
        Draft.Mark before = draft.mark();
        Optional<String> refused =
                refuseBefore(message, depth).or(() -> handle(from, message, depth));
        if (refused.isPresent()) {
            draft.undoTo(before);
            draft.fact(
                    new LedgerFact.ContractFailed(
                            message.to(), from, Transition.shortened(refused.get())));
        }
    }

    private Optional<String> refuseBefore(AccountOutcome.Sent message, int depth) {
        if (depth > DEEPEST || messages >= MOST_MESSAGES) {
            return Optional.of(
                    "TOO_MANY_MESSAGES: deeper than %d or more than %d"
                            .formatted(DEEPEST, MOST_MESSAGES));
        }
        if (message.time() > timeLeft || message.space() > space) {
            return Optional.of(
                    "GAS_NOT_LEFT: limits %d and %d; left: %d and %d"
                            .formatted(message.time(), message.space(), timeLeft, space));
        }
        messages++;
        return Optional.empty();
    }

    private Optional<String> handle(Address from, AccountOutcome.Sent message, int depth) {
        draft.touch(message.to());
        Optional<ContractEntry> found = draft.ledger().contract(message.to());
        if (found.isEmpty()) {
            return Optional.of("CONTRACT_UNKNOWN: no contract at " + message.to());
        }
        if (!message.amount().isZero()) {
            draft.debit(from, message.amount());
            draft.credit(message.to(), message.amount());
        }
        ContractEntry contract = found.get();
        Bytes code = draft.ledger().code(contract.codeHash());
        // Loading and writing are work too: a unit of time for each byte.
        long loading = code.size() + (long) contract.state().size();
        if (loading > message.time()) {
            use(message.time());
            return Optional.of(
                    ContractRefusal.OUT_OF_TIME + ": loading takes " + loading + " units");
        }
        ContractCode loaded = ContractCode.load(code);
        AccountOutcome outcome =
                AccountCall.run(
                        loaded,
                        contract.state(),
                        new AccountMessage(
                                from,
                                draft.height(),
                                draft.balance(message.to()),
                                message.payload(),
                                message.amount(),
                                loaded.readsAnswers() ? draft.ledger().finalAnswers() : List.of()),
                        new GasLimit(message.time() - loading, message.space()));
        GasUsed used = outcome.gasUsed();
        use(loading + used.time());
        useSpace(used.space());
        if (outcome instanceof AccountOutcome.Refused refused) {
            return Optional.of(refused.reason() + ": " + refused.detail());
        }
        AccountOutcome.Taken taken = (AccountOutcome.Taken) outcome;
        return write(message, taken, message.time() - loading - used.time())
                .or(() -> settle(from, message, taken, depth));
    }

    private Optional<String> write(
            AccountOutcome.Sent message, AccountOutcome.Taken taken, long left) {
        int size = taken.state().size();
        if (size > ContractTransaction.MAXIMUM_SIZE) {
            return Optional.of(
                    "STATE_TOO_LARGE: %d bytes; allowed: %d"
                            .formatted(size, ContractTransaction.MAXIMUM_SIZE));
        }
        if (size > left) {
            use(left);
            return Optional.of(ContractRefusal.OUT_OF_TIME + ": writing takes " + size + " units");
        }
        use(size);
        ContractEntry before = draft.ledger().contract(message.to()).orElseThrow();
        ContractEntry after = new ContractEntry(before.codeHash(), taken.state());
        draft.change(ledger -> ledger.withContract(message.to(), Optional.of(after)));
        return Optional.empty();
    }

    private Optional<String> settle(
            Address from, AccountOutcome.Sent message, AccountOutcome.Taken taken, int depth) {
        Address self = message.to();
        draft.fact(new LedgerFact.ContractCalled(self, from, message.amount()));
        for (AccountOutcome.Transfer paid : taken.transfers()) {
            if (!paid.amount().isZero()) {
                draft.debit(self, paid.amount());
                draft.credit(paid.to(), paid.amount());
                draft.fact(new LedgerFact.Transferred(self, paid.to(), paid.amount()));
            }
        }
        for (AccountOutcome.Sent sent : taken.messages()) {
            send(self, sent, depth);
        }
        return Optional.empty();
    }

    /** What one message spent, the next has no more; a refused one gives its amount back. */
    private void send(Address self, AccountOutcome.Sent sent, int depth) {
        if (draft.hasFunds(self, sent.amount())) {
            deliver(self, sent, depth + 1);
        } else {
            draft.fact(
                    new LedgerFact.ContractFailed(
                            sent.to(),
                            self,
                            ContractRefusal.PAYS_TOO_MUCH + ": spent by an earlier message"));
        }
    }

    /** Messages run one after another, so the space of a transaction is that of the largest. */
    private void useSpace(long cells) {
        if (cells > peakSpace) {
            draft.useGas(cells - peakSpace);
            peakSpace = cells;
        }
    }

    private void use(long time) {
        timeLeft -= time;
        draft.useGas(time);
    }
}

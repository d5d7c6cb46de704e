package io.wormhole.isa.contract;

import io.wormhole.isa.contract.AccountOutcome.Refused;
import io.wormhole.isa.contract.AccountOutcome.Sent;
import io.wormhole.isa.contract.AccountOutcome.Taken;
import io.wormhole.isa.contract.AccountOutcome.Transfer;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.isa.vm.GasUsed;
import io.wormhole.isa.vm.Resource;
import io.wormhole.isa.vm.Vm;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.ledger.Amount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of a contract that lives in an account of the chain. The program gets terms, progress,
 * and the message {@code {sender, height, balance, payload, amount}}, its first four fields in the
 * places that they have in a channel; it returns {@code {progress, transfers, messages}} with
 * transfers {@code {address, amount}} and messages {@code {address, amount, time, space, payload}}.
 */
public final class AccountCall {
    /** Most transfers, and most messages, of one call. */
    public static final int MOST_SENT = 64;

    private final ContractCode code;
    private final TupleValue state;
    private final AccountMessage message;
    private final GasLimit limit;

    private AccountCall(
            ContractCode code, TupleValue state, AccountMessage message, GasLimit limit) {
        this.code = code;
        this.state = state;
        this.message = message;
        this.limit = limit;
    }

    /**
     * The first state of a contract.
     *
     * @throws IllegalArgumentException when one of them is no encoded value
     */
    public static Bytes firstState(Bytes terms, Bytes progress) {
        return ContractCall.state(ValueCodec.decode(terms), ValueCodec.decode(progress));
    }

    /** Runs one call; never throws. */
    public static AccountOutcome run(
            ContractCode code, Bytes state, AccountMessage message, GasLimit limit) {
        GasUsed nothing = new GasUsed(0, 0);
        Value decoded;
        try {
            decoded = ValueCodec.decode(state);
        } catch (IllegalArgumentException malformed) {
            return new Refused(
                    ContractRefusal.BAD_STATE, String.valueOf(malformed.getMessage()), nothing);
        }
        return decoded instanceof TupleValue tuple && tuple.size() == 2
                ? new AccountCall(code, tuple, message, limit).run()
                : new Refused(ContractRefusal.BAD_STATE, "not a tuple of terms and state", nothing);
    }

    private AccountOutcome run() {
        Value envelope;
        try {
            envelope =
                    Value.tuple(
                            Value.of(message.sender().hash().bytes()),
                            Value.of(message.height().value()),
                            Value.of(message.balance().baseUnits()),
                            ValueCodec.decode(message.payload()),
                            Value.of(message.amount().baseUnits()));
        } catch (IllegalArgumentException malformed) {
            return new Refused(
                    ContractRefusal.BAD_MESSAGE,
                    String.valueOf(malformed.getMessage()),
                    new GasUsed(0, 0));
        }
        Execution execution =
                Vm.run(
                        code.program(),
                        0,
                        code.arguments(state, envelope, message.answers()),
                        limit);
        GasUsed used = execution.gasUsed();
        if (execution instanceof Execution.OutOfGas out) {
            boolean isTime = out.resource() == Resource.TIME;
            return new Refused(
                    isTime ? ContractRefusal.OUT_OF_TIME : ContractRefusal.OUT_OF_SPACE,
                    "limit " + (isTime ? limit.time() : limit.space()),
                    used);
        }
        if (execution instanceof Execution.Trapped trapped) {
            return new Refused(
                    ContractRefusal.TRAPPED,
                    trapped.reason() + " in " + trapped.function() + ": " + trapped.detail(),
                    used);
        }
        return judge(((Execution.Returned) execution).value(), used);
    }

    private AccountOutcome judge(Value result, GasUsed used) {
        if (!(result.isData()
                && result instanceof TupleValue tuple
                && tuple.size() == 3
                && tuple.get(1) instanceof ListValue transfers
                && tuple.get(2) instanceof ListValue messages)) {
            return new Refused(
                    ContractRefusal.BAD_RESULT,
                    "not a tuple of state, transfers and messages",
                    used);
        }
        if (transfers.size() > MOST_SENT || messages.size() > MOST_SENT) {
            return new Refused(
                    ContractRefusal.BAD_PAYOUTS,
                    "%d transfers and %d messages; allowed: %d each"
                            .formatted(transfers.size(), messages.size(), MOST_SENT),
                    used);
        }
        try {
            return taken(tuple.get(0), transfers, messages, used);
        } catch (IllegalArgumentException wrong) {
            return new Refused(
                    ContractRefusal.BAD_PAYOUTS, String.valueOf(wrong.getMessage()), used);
        }
    }

    private AccountOutcome taken(
            Value progress, ListValue transfers, ListValue messages, GasUsed used) {
        List<Transfer> paid = new ArrayList<>();
        for (Value transfer : transfers.elements()) {
            TupleValue fields = StateFields.tuple(transfer, 2);
            paid.add(
                    new Transfer(
                            StateFields.address(fields.get(0)),
                            Amount.of(StateFields.number(fields.get(1)))));
        }
        List<Sent> sent = new ArrayList<>();
        for (Value one : messages.elements()) {
            TupleValue fields = StateFields.tuple(one, 5);
            sent.add(
                    new Sent(
                            StateFields.address(fields.get(0)),
                            Amount.of(StateFields.number(fields.get(1))),
                            StateFields.number(fields.get(2)),
                            StateFields.number(fields.get(3)),
                            ValueCodec.encode(fields.get(4))));
        }
        BigInteger out = BigInteger.ZERO;
        for (Transfer one : paid) {
            out = out.add(BigInteger.valueOf(one.amount().baseUnits()));
        }
        for (Sent one : sent) {
            out = out.add(BigInteger.valueOf(one.amount().baseUnits()));
        }
        if (out.compareTo(BigInteger.valueOf(message.balance().baseUnits())) > 0) {
            return new Refused(
                    ContractRefusal.PAYS_TOO_MUCH,
                    "pays %d base units and has %d".formatted(out, message.balance().baseUnits()),
                    used);
        }
        return new Taken(ContractCall.state(state.get(0), progress), paid, sent, used);
    }
}

package io.wormhole.isa.contract;

import io.wormhole.isa.contract.ContractOutcome.Advanced;
import io.wormhole.isa.contract.ContractOutcome.Refused;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.GasUsed;
import io.wormhole.isa.vm.Resource;
import io.wormhole.isa.vm.TrapReason;
import io.wormhole.isa.vm.Vm;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of a contract between participants: the same function for the channel that makes the
 * step and for the chain that judges it. The state is a tuple of terms, which never change, and
 * progress. The program gets terms, progress, and the message {@code {sender, height, locked,
 * payload}}; it returns {@code {progress, payouts, messages}}.
 */
public final class ContractCall {
    private static final GasUsed NOTHING = new GasUsed(0, 0);

    private final LockedContract lock;
    private final ContractCode code;
    private final TupleValue state;
    private final ContractMessage message;

    private ContractCall(
            LockedContract lock, ContractCode code, TupleValue state, ContractMessage message) {
        this.lock = lock;
        this.code = code;
        this.state = state;
        this.message = message;
    }

    /** The state value to lock at the start: a tuple of {@code terms} and {@code progress}. */
    public static Bytes state(Value terms, Value progress) {
        return ValueCodec.encode(Value.tuple(terms, progress));
    }

    /** The hash of an encoded state. */
    public static Hash stateHash(Bytes state) {
        return Hash.of(DomainTag.CONTRACT_STATE, state);
    }

    /** Loads {@code code} and runs one step; never throws. */
    public static ContractOutcome run(
            LockedContract lock, Bytes code, Bytes state, ContractMessage message) {
        ContractCode loaded;
        try {
            loaded = ContractCode.load(code);
        } catch (IllegalArgumentException bad) {
            return refused(ContractRefusal.BAD_CODE, String.valueOf(bad.getMessage()), NOTHING);
        }
        return run(lock, loaded, state, message);
    }

    /** Runs one step with code that is loaded already; never throws. */
    public static ContractOutcome run(
            LockedContract lock, ContractCode code, Bytes state, ContractMessage message) {
        if (!code.hash().equals(lock.codeHash())) {
            return refused(
                    ContractRefusal.OTHER_CODE,
                    "code hash " + code.hash() + ", signed was " + lock.codeHash(),
                    NOTHING);
        }
        if (!stateHash(state).equals(lock.stateHash())) {
            return refused(
                    ContractRefusal.OTHER_STATE,
                    "state hash " + stateHash(state) + ", signed was " + lock.stateHash(),
                    NOTHING);
        }
        try {
            if (ValueCodec.decode(state) instanceof TupleValue tuple && tuple.size() == 2) {
                return new ContractCall(lock, code, tuple, message).run();
            }
            return refused(ContractRefusal.BAD_STATE, "not a tuple of terms and state", NOTHING);
        } catch (MalformedBytesException malformed) {
            return refused(
                    ContractRefusal.BAD_STATE, String.valueOf(malformed.getMessage()), NOTHING);
        }
    }

    private ContractOutcome run() {
        if (message.sender() < 0 || message.sender() >= lock.participants()) {
            return refused(
                    ContractRefusal.BAD_MESSAGE,
                    "sender " + message.sender() + " of " + lock.participants(),
                    NOTHING);
        }
        Value envelope;
        try {
            envelope =
                    Value.tuple(
                            Value.of(message.sender()),
                            Value.of(message.height().value()),
                            Value.of(lock.locked().baseUnits()),
                            ValueCodec.decode(message.payload()));
        } catch (IllegalArgumentException malformed) {
            return refused(
                    ContractRefusal.BAD_MESSAGE, String.valueOf(malformed.getMessage()), NOTHING);
        }
        List<Value> arguments = code.arguments(state, envelope, message.answers());
        return judge(Vm.run(code.program(), 0, arguments, lock.limit()));
    }

    private ContractOutcome judge(Execution execution) {
        GasUsed used = execution.gasUsed();
        if (execution instanceof Execution.OutOfGas out) {
            return out.resource() == Resource.TIME
                    ? refused(ContractRefusal.OUT_OF_TIME, "limit " + lock.limit().time(), used)
                    : refused(ContractRefusal.OUT_OF_SPACE, "limit " + lock.limit().space(), used);
        }
        if (execution instanceof Execution.Trapped trapped) {
            boolean hidden = trapped.reason() == TrapReason.FUNCTION_NOT_REVEALED;
            return refused(
                    hidden ? ContractRefusal.FUNCTION_NOT_REVEALED : ContractRefusal.TRAPPED,
                    trapped.reason() + " in " + trapped.function() + ": " + trapped.detail(),
                    used);
        }
        Value result = ((Execution.Returned) execution).value();
        if (result.isData()
                && result instanceof TupleValue tuple
                && tuple.size() == 3
                && tuple.get(1) instanceof ListValue payouts
                && tuple.get(2) instanceof ListValue messages) {
            return settle(tuple.get(0), payouts, messages, used);
        }
        return refused(
                ContractRefusal.BAD_RESULT, "not a tuple of state, payouts and messages", used);
    }

    private ContractOutcome settle(
            Value progress, ListValue payouts, ListValue messages, GasUsed used) {
        if (payouts.size() != lock.participants()) {
            return refused(
                    ContractRefusal.BAD_PAYOUTS,
                    payouts.size() + " payouts for " + lock.participants() + " participants",
                    used);
        }
        List<Amount> amounts = new ArrayList<>();
        BigInteger sum = BigInteger.ZERO;
        for (Value payout : payouts.elements()) {
            if (!(payout instanceof IntValue amount) || amount.bigValue().signum() < 0) {
                return refused(
                        ContractRefusal.BAD_PAYOUTS,
                        "an amount is zero or more, found " + payout,
                        used);
            }
            sum = sum.add(amount.bigValue());
            if (sum.compareTo(BigInteger.valueOf(lock.locked().baseUnits())) > 0) {
                return refused(
                        ContractRefusal.PAYS_TOO_MUCH,
                        "pays more than the " + lock.locked() + " that are locked",
                        used);
            }
            amounts.add(Amount.of(amount.longValue()));
        }
        if (!messages.isEmpty()) {
            return refused(
                    ContractRefusal.SENDS_MESSAGES, messages.size() + " messages sent", used);
        }
        return advanced(progress, amounts, used);
    }

    private ContractOutcome advanced(Value progress, List<Amount> amounts, GasUsed used) {
        Bytes next;
        try {
            next = state(state.get(0), progress);
        } catch (IllegalArgumentException tooDeep) {
            return refused(ContractRefusal.BAD_RESULT, String.valueOf(tooDeep.getMessage()), used);
        }
        if (next.size() > ValueCodec.MAX_ENCODED_BYTES) {
            return refused(
                    ContractRefusal.BAD_RESULT,
                    "state of " + next.size() + " bytes, allowed " + ValueCodec.MAX_ENCODED_BYTES,
                    used);
        }
        Amount remaining = lock.locked().minus(Amount.sum(amounts));
        return new Advanced(next, stateHash(next), amounts, remaining, used);
    }

    private static Refused refused(ContractRefusal reason, String detail, GasUsed used) {
        return new Refused(reason, detail, used);
    }
}

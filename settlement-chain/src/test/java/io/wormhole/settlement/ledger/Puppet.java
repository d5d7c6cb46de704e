package io.wormhole.settlement.ledger;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.transaction.ContractTransaction;
import java.util.List;

/** A contract on the chain that does whatever its message says, and refuses all others. */
public final class Puppet {
    /** Its code. */
    public static final Bytes CODE =
            Assembler.assemble(
                            """
                            fn contract(terms, state, message) {
                                get message field 3 as order
                                get order field 0
                                push "do" eq
                                if {
                                    get order field 1
                                    get order field 2
                                    get order field 3
                                    tuple 3
                                } else { push "told to" fail }
                            }
                            """)
                    .encoded();

    private Puppet() {}

    /** Makes one with this much money. */
    public static ContractTransaction.Create create(Amount endowment) {
        return new ContractTransaction.Create(
                CODE,
                ValueCodec.encode(Value.of(0)),
                ValueCodec.encode(Value.text("new")),
                endowment);
    }

    /** Tells it to go to a state, to pay, and to send. */
    public static Value order(Value progress, List<Value> payments, List<Value> messages) {
        return Value.tuple(
                Value.text("do"), progress, ListValue.of(payments), ListValue.of(messages));
    }

    /** Tells it to refuse. */
    public static Value refuse() {
        return Value.tuple(Value.text("refuse"));
    }

    /** A payment in an order. */
    public static Value pay(Address to, long amount) {
        return Value.tuple(Value.of(to.hash().bytes()), Value.of(amount));
    }

    /** A message in an order. */
    public static Value send(Address to, long amount, long time, Value payload) {
        return Value.tuple(
                Value.of(to.hash().bytes()),
                Value.of(amount),
                Value.of(time),
                Value.of(10_000),
                payload);
    }

    /** A transaction's body with an order. */
    public static ContractTransaction.Call call(Address puppet, long amount, Value payload) {
        return new ContractTransaction.Call(puppet, Amount.of(amount), ValueCodec.encode(payload));
    }
}

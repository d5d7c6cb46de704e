package io.wormhole.isa.contract.order;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.contract.ContractLibrary;
import io.wormhole.isa.contract.LockedContract;
import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;

/** Java's view of {@code contracts/cup-order.wha}: its code, states and messages. */
public final class OrderContract {
    /** What one delivery may use; it uses less than a tenth of the time and half of the space. */
    public static final GasLimit GAS = new GasLimit(2_000_000, 4_000);

    private static final int TERMS = 8;
    private static final Bytes CODE = ContractLibrary.module("cup-order").encoded();
    private static final ContractCode LOADED = ContractCode.load(CODE);

    private OrderContract() {}

    /** The module's bytes. */
    public static Bytes code() {
        return CODE;
    }

    /** The module, ready to run. */
    public static ContractCode loaded() {
        return LOADED;
    }

    /** The commitment over its functions: what a channel state signs. */
    public static Hash codeHash() {
        return LOADED.hash();
    }

    /** The state before the first delivery, encoded. */
    public static Bytes initialState(OrderTerms terms) {
        return ContractCall.state(encodedTerms(terms), Value.of(0));
    }

    /** {@code state} with {@code locked} behind it, as the channel of two signs it. */
    public static LockedContract lock(Bytes state, Amount locked) {
        return new LockedContract(codeHash(), ContractCall.stateHash(state), locked, 2, GAS);
    }

    /** What follows tag and network in the bytes that the line signs: order id, cup number. */
    public static Bytes attested(Hash orderId, int cup) {
        return new CanonicalWriter().write(orderId).writeInt(cup).toBytes();
    }

    /** The line's signature that {@code cup} (from 1) of the order was delivered. */
    public static Signature attest(KeyPair line, NetworkId network, Hash orderId, int cup) {
        return line.sign(DomainTag.DELIVERY, network, attested(orderId, cup));
    }

    /** Whether {@code attestation} is the signature that the contract will accept for the cup. */
    public static boolean isAttested(OrderTerms terms, int cup, Signature attestation) {
        return terms.attestationKey()
                .verifies(
                        attestation,
                        DomainTag.DELIVERY,
                        terms.network(),
                        attested(terms.orderId(), cup));
    }

    /** The payload that says that {@code cup} was delivered. */
    public static Bytes deliver(int cup, Signature attestation) {
        return ValueCodec.encode(
                Value.tuple(Value.text("deliver"), Value.of(cup), Value.of(attestation.bytes())));
    }

    /**
     * Reads an encoded state of this contract.
     *
     * @throws IllegalArgumentException naming the fault, when it is none
     */
    public static OrderProgress parse(Bytes state) {
        if (ValueCodec.decode(state) instanceof TupleValue both
                && both.size() == 2
                && both.get(0) instanceof TupleValue terms
                && terms.size() == TERMS) {
            return new OrderProgress(decodedTerms(terms), integer(both.get(1), "delivered"));
        }
        throw new IllegalArgumentException("not the state of a cup order");
    }

    private static Value encodedTerms(OrderTerms terms) {
        return Value.tuple(
                Value.of(terms.network().genesis().bytes()),
                Value.of(terms.orderId().bytes()),
                Value.of(terms.pricePerCup().baseUnits()),
                Value.of(terms.count()),
                Value.of(terms.attestationKey().bytes()),
                Value.of(terms.maker()),
                Value.of(terms.customer()),
                Value.of(terms.deadline().value()));
    }

    private static OrderTerms decodedTerms(TupleValue terms) {
        return new OrderTerms(
                new NetworkId(new Hash(bytes(terms.get(0), "network"))),
                new Hash(bytes(terms.get(1), "order id")),
                new Amount(number(terms.get(2), "price")),
                integer(terms.get(3), "count"),
                new PublicKey(bytes(terms.get(4), "attestation key")),
                integer(terms.get(5), "maker"),
                integer(terms.get(6), "customer"),
                new BlockHeight(number(terms.get(7), "deadline")));
    }

    private static Bytes bytes(Value value, String what) {
        if (value instanceof BytesValue bytes) {
            return bytes.bytes();
        }
        throw new IllegalArgumentException(what + " must be bytes, found " + value);
    }

    private static long number(Value value, String what) {
        if (value instanceof IntValue number && number.isSmall()) {
            return number.longValue();
        }
        throw new IllegalArgumentException(what + " must be an integer of 64 bits, found " + value);
    }

    private static int integer(Value value, String what) {
        long number = number(value, what);
        if (number != (int) number) {
            throw new IllegalArgumentException(what + " must have 32 bits, found " + number);
        }
        return (int) number;
    }
}

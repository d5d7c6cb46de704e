package io.wormhole.isa.contract;

import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import java.util.List;

/**
 * The parts of what a contract keeps, sends and pays. Each is of one kind or an {@link
 * IllegalArgumentException} that shows what was found: anybody may have made them up.
 */
public final class StateFields {
    private StateFields() {}

    /** A tuple of {@code size} fields. */
    public static TupleValue tuple(Value value, int size) {
        if (value instanceof TupleValue fields && fields.size() == size) {
            return fields;
        }
        throw new IllegalArgumentException("a tuple of " + size + " is needed, found " + value);
    }

    /** The elements of a list. */
    public static List<Value> list(Value value) {
        if (value instanceof ListValue list) {
            return list.elements();
        }
        throw new IllegalArgumentException("a list is needed, found " + value);
    }

    /** Bytes, as many as there are. */
    public static Bytes bytes(Value value) {
        if (value instanceof BytesValue bytes) {
            return bytes.bytes();
        }
        throw new IllegalArgumentException("bytes are needed, found " + value);
    }

    /** The 32 bytes of a hash. */
    public static Hash hash(Value value) {
        return new Hash(bytes(value));
    }

    /** The 32 bytes of an address. */
    public static Address address(Value value) {
        if (value instanceof BytesValue bytes && bytes.bytes().size() == Hash.SIZE) {
            return new Address(new Hash(bytes.bytes()));
        }
        throw new IllegalArgumentException("an address has 32 bytes, found " + value);
    }

    /** An integer of 64 bits, below zero, too. */
    public static long integer(Value value) {
        if (value instanceof IntValue whole && whole.isSmall()) {
            return whole.longValue();
        }
        throw new IllegalArgumentException("an integer of 64 bits is needed, found " + value);
    }

    /** A number from 0 to 2^63 - 1. */
    public static long number(Value value) {
        if (value instanceof IntValue whole
                && whole.bigValue().signum() >= 0
                && whole.bigValue().bitLength() < Long.SIZE) {
            return whole.longValue();
        }
        throw new IllegalArgumentException("a number from 0 to 2^63 - 1, found " + value);
    }
}

package io.wormhole.isa.value;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The one encoding of each data value: a tag byte, then the content. Integers are minimal two's
 * complement, map keys ascend strictly, NaN has one bit pattern; everything else is malformed.
 */
public final class ValueCodec {
    /** The longest encoding that is decoded, in bytes. */
    public static final int MAX_ENCODED_BYTES = 256 * 1024;

    private static final int INTEGER = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int BYTES = 3;
    private static final int REAL = 4;
    private static final int TUPLE = 5;
    private static final int LIST = 6;
    private static final int MAP = 7;

    private ValueCodec() {}

    /** The encoding of {@code value}; refuses a value with a function inside. */
    public static Bytes encode(Value value) {
        CanonicalWriter out = new CanonicalWriter();
        write(out, value);
        return out.toBytes();
    }

    /** The state hash: the tagged hash of the encoding. */
    public static Hash hash(Value value) {
        return Hash.of(DomainTag.CONTRACT_STATE, encode(value));
    }

    /**
     * The value that {@code encoded} stands for.
     *
     * @throws MalformedBytesException when it is too long, too deep, or not the one encoding
     */
    public static Value decode(Bytes encoded) {
        if (encoded.size() > MAX_ENCODED_BYTES) {
            throw new MalformedBytesException(
                    0, "value of " + encoded.size() + " bytes, allowed " + MAX_ENCODED_BYTES);
        }
        return CanonicalReader.decode(encoded, ValueCodec::read);
    }

    /** Appends the encoding of {@code value}. */
    public static void write(CanonicalWriter out, Value value) {
        if (value instanceof IntValue integer) {
            byte[] digits = integer.bigValue().toByteArray();
            out.writeU8(INTEGER).writeU8(digits.length).writeFixed(Bytes.of(digits));
        } else if (value instanceof BoolValue bool) {
            out.writeU8(bool.value() ? TRUE : FALSE);
        } else if (value instanceof BytesValue bytes) {
            out.writeU8(BYTES).writeBytes(bytes.bytes());
        } else if (value instanceof RealValue real) {
            out.writeU8(REAL).writeLong(real.bits());
        } else if (value instanceof TupleValue tuple) {
            out.writeU8(TUPLE).writeU8(tuple.size());
            tuple.fields().forEach(field -> write(out, field));
        } else if (value instanceof ListValue list) {
            out.writeU8(LIST).writeList(list.elements(), ValueCodec::write);
        } else if (value instanceof MapValue map) {
            out.writeU8(MAP).writeInt(map.size());
            map.forEach(
                    (key, entry) -> {
                        write(out, key);
                        write(out, entry);
                    });
        } else {
            throw new IllegalArgumentException("a function value cannot leave its module");
        }
    }

    /** Reads one value. */
    public static Value read(CanonicalReader in) {
        return read(in, Value.MAX_DEPTH);
    }

    private static Value read(CanonicalReader in, int depthLeft) {
        if (depthLeft < 0) {
            throw in.fault("value nests deeper than " + Value.MAX_DEPTH);
        }
        int tag = in.readU8();
        return switch (tag) {
            case INTEGER -> readInteger(in);
            case FALSE -> BoolValue.FALSE;
            case TRUE -> BoolValue.TRUE;
            case BYTES -> new BytesValue(in.readBytes(MAX_ENCODED_BYTES));
            case REAL -> readReal(in);
            case TUPLE -> {
                Value[] fields = new Value[in.readU8()];
                for (int i = 0; i < fields.length; i++) {
                    fields[i] = read(in, depthLeft - 1);
                }
                yield new TupleValue(fields);
            }
            case LIST ->
                    ListValue.of(in.readList(MAX_ENCODED_BYTES, item -> read(item, depthLeft - 1)));
            case MAP -> readMap(in, depthLeft);
            default -> throw in.fault("no value has tag " + tag);
        };
    }

    private static Value readInteger(CanonicalReader in) {
        int length = in.readU8();
        if (length < 1 || length > IntValue.MAX_BITS / 8) {
            throw in.fault("integer of " + length + " bytes, allowed 1 to 32");
        }
        byte[] digits = in.readFixed(length).toArray();
        if (length > 1 && (digits[0] == 0 || digits[0] == -1) && (digits[0] ^ digits[1]) >= 0) {
            throw in.fault("integer is not minimal");
        }
        return IntValue.of(new BigInteger(digits));
    }

    private static Value readReal(CanonicalReader in) {
        long bits = in.readLong();
        RealValue real = new RealValue(Double.longBitsToDouble(bits));
        if (real.bits() != bits) {
            throw in.fault("not the canonical NaN");
        }
        return real;
    }

    private static Value readMap(CanonicalReader in, int depthLeft) {
        List<Value> entries =
                in.readList(
                        MAX_ENCODED_BYTES / 2,
                        item -> Value.tuple(read(item, depthLeft - 1), read(item, depthLeft - 1)));
        MapValue map = MapValue.EMPTY;
        List<Value> last = new ArrayList<>();
        for (Value entry : entries) {
            Value key = ((TupleValue) entry).get(0);
            if (!last.isEmpty() && last.get(0).compareTo(key) >= 0) {
                throw in.fault("map keys do not ascend");
            }
            last.clear();
            last.add(key);
            map = map.put(key, ((TupleValue) entry).get(1));
        }
        return map;
    }
}

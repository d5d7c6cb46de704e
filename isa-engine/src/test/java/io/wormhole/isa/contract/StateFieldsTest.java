package io.wormhole.isa.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.fixtures.Alice;
import java.math.BigInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class StateFieldsTest {
    private static final Value ABOVE = Value.of(BigInteger.ONE.shiftLeft(63));
    private static final Value SHORT = Value.of(Bytes.of(new byte[31]));

    private static void refused(ThrowingCallable reading, String why) {
        assertThatThrownBy(reading)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void fieldOfItsKindIsRead() {
        Value address = Value.of(Alice.ADDRESS.hash().bytes());

        assertThat(StateFields.address(address)).isEqualTo(Alice.ADDRESS);
        assertThat(StateFields.hash(address)).isEqualTo(Alice.ADDRESS.hash());
        assertThat(StateFields.bytes(SHORT).size()).isEqualTo(31);
        assertThat(StateFields.number(Value.of(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(StateFields.integer(Value.of(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
        assertThat(StateFields.list(Value.list(address))).containsExactly(address);
        assertThat(StateFields.tuple(Value.tuple(address), 1).get(0)).isEqualTo(address);
    }

    @Test
    void fieldOfAnotherKindIsRefused() {
        refused(() -> StateFields.number(Value.of(-1)), "from 0 to 2^63 - 1");
        refused(() -> StateFields.number(ABOVE), "from 0 to 2^63 - 1");
        refused(() -> StateFields.number(Value.real(1)), "from 0 to 2^63 - 1");
        refused(() -> StateFields.integer(ABOVE), "64 bits");
        refused(() -> StateFields.integer(Value.of(true)), "64 bits");
        refused(() -> StateFields.address(SHORT), "32 bytes");
        refused(() -> StateFields.hash(SHORT), "32");
        refused(() -> StateFields.bytes(Value.of(1)), "bytes are needed");
        refused(() -> StateFields.list(Value.tuple()), "a list is needed");
        refused(() -> StateFields.tuple(Value.tuple(), 1), "a tuple of 1 is needed");
        refused(() -> StateFields.tuple(Value.list(), 0), "a tuple of 0 is needed");
    }
}

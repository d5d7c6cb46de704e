package io.wormhole.protocol.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.fixtures.Arbitrary;
import org.junit.jupiter.api.Test;

class CounterTest {
    private final Arbitrary any = Arbitrary.forTest("CounterTest", 3);

    @Test
    void countersGoForwardAlone() {
        Nonce nonce = any.nonce();
        BlockHeight height = any.height();

        assertThat(nonce.next().isAfter(nonce)).isTrue();
        assertThat(nonce.isAfter(nonce)).isFalse();
        assertThat(nonce.isBefore(nonce.plus(3))).isTrue();
        assertThat(height.next()).isGreaterThan(height).isEqualTo(height.plus(1));
        assertThat(height.isBefore(height) || height.isAfter(height)).isFalse();
        assertThatThrownBy(() -> nonce.plus(-1)).hasMessage("nonce cannot go back: -1");
        assertThatThrownBy(() -> height.plus(-1)).hasMessage("block height cannot go back: -1");
    }

    @Test
    void countersRefuseToWrap() {
        assertThatThrownBy(() -> new Nonce(Long.MAX_VALUE).next())
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new BlockHeight(Long.MAX_VALUE).next())
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void countersBelowZeroAreMalformed() {
        Bytes negative = Bytes.ofHex("ff".repeat(8));
        Bytes checkpoint = negative.concat(any.hash().bytes());

        assertThatThrownBy(() -> CanonicalReader.decode(negative, Nonce::readFrom))
                .isInstanceOf(MalformedBytesException.class);
        assertThatThrownBy(() -> CanonicalReader.decode(negative, BlockHeight::readFrom))
                .isInstanceOf(MalformedBytesException.class);
        assertThatThrownBy(() -> CanonicalReader.decode(checkpoint, Checkpoint::readFrom))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("epoch below zero: -1");
    }

    @Test
    void countersComeBackFromTheirEncoding() {
        Nonce nonce = any.nonce();
        BlockHeight height = any.height();
        Checkpoint checkpoint = new Checkpoint(7, any.hash());

        assertThat(CanonicalReader.decode(nonce.encoded(), Nonce::readFrom)).isEqualTo(nonce);
        assertThat(CanonicalReader.decode(height.encoded(), BlockHeight::readFrom))
                .isEqualTo(height);
        assertThat(CanonicalReader.decode(checkpoint.encoded(), Checkpoint::readFrom))
                .isEqualTo(checkpoint);
        assertThat(nonce).hasToString(Long.toString(nonce.value()));
    }
}

package io.wormhole.protocol.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
    private static final Bytes THREE = Bytes.ofHex("0180ff");

    @Test
    void laterChangesOfAnArrayAreNotSeen() {
        byte[] given = {1, 2, 3};
        Bytes bytes = Bytes.of(given);

        given[0] = 9;
        bytes.toArray()[1] = 9;

        assertThat(bytes).isEqualTo(Bytes.ofHex("010203")).hasSameHashCodeAs(Bytes.ofHex("010203"));
    }

    @Test
    void orderIsThatOfUnsignedBytesAndShorterComesFirst() {
        assertThat(Bytes.ofHex("80")).isGreaterThan(Bytes.ofHex("7f"));
        assertThat(Bytes.ofHex("7f")).isLessThan(Bytes.ofHex("7f00"));
        assertThat(Bytes.EMPTY).isLessThan(Bytes.ofHex("00"));
    }

    @Test
    void bitsCountFromTheMostSignificantOfTheFirstByte() {
        assertThat(THREE.bit(0)).isFalse();
        assertThat(THREE.bit(7)).isTrue();
        assertThat(THREE.bit(8)).isTrue();
        assertThat(THREE.bit(9)).isFalse();
        assertThat(THREE.bit(23)).isTrue();
        assertThatThrownBy(() -> THREE.bit(24)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aSliceOutsideIsRefusedAndNeverFilledUp() {
        assertThat(THREE.slice(1, 3)).isEqualTo(Bytes.ofHex("80ff"));
        assertThat(THREE.slice(3, 3)).isEqualTo(Bytes.EMPTY);
        assertThatThrownBy(() -> THREE.slice(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> THREE.slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> THREE.slice(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void hexadecimalIsReadInBothCasesAndWrittenInLower() {
        assertThat(Bytes.ofHex("AbCd").toHex()).isEqualTo("abcd");
        assertThatThrownBy(() -> Bytes.ofHex("abc")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bytes.ofHex("0x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longContentIsCutForPeopleAlone() {
        Bytes large = Bytes.of(new byte[33]);

        assertThat(large.toString()).endsWith("…(33 bytes)");
        assertThat(large.toHex()).hasSize(66);
        assertThat(THREE).hasToString("0180ff");
    }

    @Test
    void joiningKeepsBothParts() {
        assertThat(THREE.concat(Bytes.ofHex("aa"))).isEqualTo(Bytes.ofHex("0180ffaa"));
        assertThat(Bytes.EMPTY.concat(THREE)).isEqualTo(THREE);
        assertThat(THREE.isEmpty()).isFalse();
        assertThat(THREE.at(1)).isEqualTo((byte) 0x80);
    }
}

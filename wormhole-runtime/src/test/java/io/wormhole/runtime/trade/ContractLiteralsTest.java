package io.wormhole.runtime.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.BlockHeight;
import org.junit.jupiter.api.Test;

class ContractLiteralsTest {
    private static final ContractLiterals LITERALS =
            new ContractLiterals(Alice.ADDRESS, new BlockHeight(100));

    @Test
    void addressesAmountsAndHeightsAreWrittenAsPeopleKnowThem() {
        Value read =
                LITERALS.read(
                        "{me, " + Bob.ADDRESS + ", 1.5DSD, now, now+300, %{me: 2DSD}}", "terms");

        assertThat(read)
                .isEqualTo(
                        Value.tuple(
                                Value.of(Alice.ADDRESS.hash().bytes()),
                                Value.of(Bob.ADDRESS.hash().bytes()),
                                Value.of(1_500_000_000L),
                                Value.of(100),
                                Value.of(400),
                                MapValue.EMPTY.put(
                                        Value.of(Alice.ADDRESS.hash().bytes()),
                                        Value.of(2_000_000_000L))));
    }

    @Test
    void textAndBytesAreLeftAsTheyAre() {
        assertThat(LITERALS.read("{\"me now 1DSD dsd1xyz\", #c0ffee}", "state"))
                .isEqualTo(
                        Value.tuple(
                                Value.text("me now 1DSD dsd1xyz"),
                                LITERALS.read("#c0ffee", "state")));
        assertThat(LITERALS.read("true", "state")).isEqualTo(Value.of(true));
    }

    @Test
    void whatIsNoneIsRefusedWithItsPlace() {
        for (String text :
                new String[] {
                    "",
                    "{",
                    "mean",
                    "dsd1",
                    "dsd1qqqq",
                    "now+",
                    "now+x",
                    "1.DSD",
                    "1.0000000001DSD",
                    "99999999999999999999DSD",
                    "1DSDs",
                    "\"open"
                }) {
            assertThatThrownBy(() -> LITERALS.read(text, "terms"))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("terms: ");
        }
    }
}

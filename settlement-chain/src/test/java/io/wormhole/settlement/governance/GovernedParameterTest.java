package io.wormhole.settlement.governance;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.settlement.genesis.NetworkParameters;
import org.junit.jupiter.api.Test;

class GovernedParameterTest {
    private static final NetworkParameters USUAL = NetworkParameters.standard();

    @Test
    void eachParameterIsSetAloneAndReadBack() {
        for (GovernedParameter parameter : GovernedParameter.values()) {
            long now = parameter.valueIn(USUAL);
            long value = now > parameter.minimum() ? now - 1 : now + 1;

            NetworkParameters changed = parameter.set(USUAL, value);

            assertThat(parameter.valueIn(changed)).as(parameter.id()).isEqualTo(value);
            for (GovernedParameter other : GovernedParameter.values()) {
                if (other != parameter) {
                    assertThat(other.valueIn(changed))
                            .as("%s beside %s", other.id(), parameter.id())
                            .isEqualTo(other.valueIn(USUAL));
                }
            }
        }
    }

    @Test
    void whateverIsVotedAtTheSameTimeFitsTogether() {
        for (boolean isFirstHigh : new boolean[] {true, false}) {
            for (GovernedParameter first : GovernedParameter.values()) {
                for (GovernedParameter second : GovernedParameter.values()) {
                    if (first != second) {
                        NetworkParameters one =
                                first.set(USUAL, isFirstHigh ? high(first) : first.minimum());
                        NetworkParameters both =
                                second.set(one, isFirstHigh ? second.minimum() : high(second));
                        NetworkParameters highest =
                                second.set(first.set(USUAL, high(first)), high(second));

                        assertThat(both).isNotNull();
                        assertThat(highest).isNotNull();
                    }
                }
            }
        }
    }

    /** The highest value that fits to the other parameters of a network as it usually is. */
    private static long high(GovernedParameter parameter) {
        return parameter == GovernedParameter.NAME_TERM
                ? USUAL.names().maximumTermBlocks()
                : parameter.maximum();
    }
}

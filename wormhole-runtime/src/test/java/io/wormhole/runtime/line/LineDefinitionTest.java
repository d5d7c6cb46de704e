package io.wormhole.runtime.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.cluster.settings.SettingsRefused;
import io.wormhole.protocol.ledger.Amount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions of lines are read whole or refused with the name of what is wrong. */
final class LineDefinitionTest {
    @Test
    void definitionIsReadWithItsDefaults() {
        LineDefinition line = Lines.good();

        assertThat(line.name().path()).isEqualTo("/acme/line7");
        assertThat(line.device("printer1").windowLines()).isEqualTo(4);
        assertThat(line.serviceFor("fdm-printing").orElseThrow().pricePerUnit())
                .isEqualTo(Amount.parse("1.5"));
        assertThat(line.serviceFor("milling")).isEmpty();
        assertThat(line.maximumJobs()).isEqualTo(100);
    }

    @Test
    void capabilityFollowsFromTheDevices() {
        assertThat(Lines.good().capability().toString())
                .contains("fdm-printing", "PLA", "230", "250");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name = \"/acme/line7\"         | name = \"acme line\"        | name",
                "driver = marlin                | driver = telepathy          | driver",
                "address = \"127.0.0.1:9100\"   | address = \"127.0.0.1\"     | address",
                "address = \"127.0.0.1:9100\"   | address = \"127.0.0.1:99999\" | address",
                "220x220x250                    | 220x220                     | build-volume-mm",
                "220x220x250                    | 0x220x250                   | build-volume-mm",
                "max-hotend-celsius = 230       | max-hotend-celsius = 9000   | max-hotend-celsius",
                "max-hotend-celsius = 230       | max-hotend-celsius = hot    | max-hotend-celsius",
                "device = \"printer1\"          | device = \"printer9\"       | printer9",
                "1.5 DSD                        | 0 DSD                       | price-per-unit",
                "1.5 DSD                        | -1 DSD                      | price-per-unit",
                "1.5 DSD                        | 1.5 EUR                     | price-per-unit",
                "max-count = 100                | max-count = 0               | max-count",
                "materials = [\"PLA\"]          | colour = blue               | colour",
                "driver = marlin                | drivr = marlin              | driver",
            })
    void faultIsNamed(String good, String bad, String name) {
        assertThat(Lines.GOOD).contains(good);

        assertThatThrownBy(() -> LineDefinition.parse("test", Lines.GOOD.replace(good, bad)))
                .isInstanceOf(SettingsRefused.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "line",
                "line {",
                "line = 7",
                "line {}",
                "}{",
                "include \"/etc/passwd\"",
                "line { name = ${HOME} }",
                "\u0000\u0001\u0002",
            })
    void whatIsNoDefinitionIsRefused(String text) {
        assertThatThrownBy(() -> LineDefinition.parse("test", text))
                .isInstanceOf(SettingsRefused.class);
    }

    @Test
    void everyCutDefinitionIsRefused() {
        for (int length = 0; length < Lines.GOOD.length() - 3; length++) {
            String cut = Lines.GOOD.substring(0, length);

            assertThatThrownBy(() -> LineDefinition.parse("test", cut))
                    .as(cut)
                    .isInstanceOf(SettingsRefused.class);
        }
    }
}

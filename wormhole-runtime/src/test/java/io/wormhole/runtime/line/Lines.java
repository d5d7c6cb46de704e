package io.wormhole.runtime.line;

/** Definitions of lines for tests. */
final class Lines {
    static final String GOOD =
            """
            line {
              name = "/acme/line7"
              materials = ["PLA"]
              devices.printer1 {
                driver = marlin
                address = "127.0.0.1:9100"
                capability { build-volume-mm = "220x220x250", max-hotend-celsius = 230 }
              }
              services.print {
                process = "fdm-printing"
                device = "printer1"
                price-per-unit = "1.5 DSD"
                max-count = 100
              }
            }
            """;

    private Lines() {}

    static LineDefinition good() {
        return LineDefinition.parse("test", GOOD);
    }
}

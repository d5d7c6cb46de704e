package io.wormhole.runtime.line;

import io.wormhole.protocol.naming.Name;
import java.math.BigDecimal;

/**
 * A device said what it measures; on the event stream of the node where its line runs.
 *
 * @param line the line
 * @param device its name there
 * @param quantity {@code hotend} or {@code bed}, in degrees Celsius
 * @param value what was measured
 */
public record DeviceMeasured(Name line, String device, String quantity, BigDecimal value) {
    /** Line, device and quantity as settings write them: {@code /acme/line7/printer1/hotend}. */
    public String path() {
        return "%s/%s/%s".formatted(line, device, quantity);
    }
}

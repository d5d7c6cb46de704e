package io.wormhole.runtime.line;

import io.wormhole.cluster.settings.SettingsSection;
import io.wormhole.protocol.ledger.Amount;

/**
 * Something that the line sells.
 *
 * @param process what an ISA must ask for, e.g. {@code fdm-printing}
 * @param device which of the line's devices does it
 * @param pricePerUnit what each unit costs
 * @param maximumCount most units in one order
 */
public record ServiceDefinition(
        String process, String device, Amount pricePerUnit, int maximumCount) {
    private static final int MAXIMUM_COUNT = 100_000;

    static ServiceDefinition read(SettingsSection in) {
        return new ServiceDefinition(
                in.text("process", 64),
                in.text("device", 64),
                in.value("price-per-unit", Amount.ZERO, ServiceDefinition::price),
                in.optional("max-count", key -> in.smallInteger(key, 1, MAXIMUM_COUNT))
                        .orElse(1_000));
    }

    private static Amount price(String text) {
        Amount price = Amount.parse(text.strip().replaceFirst(" *DSD$", ""));
        if (price.isZero()) {
            throw new IllegalArgumentException("is 0, allowed is more than that");
        }
        return price;
    }
}

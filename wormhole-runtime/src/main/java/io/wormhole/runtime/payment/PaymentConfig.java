package io.wormhole.runtime.payment;

import com.typesafe.config.Config;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.hop.HopPolicy;
import io.wormhole.channel.payment.PaymentSettings;
import io.wormhole.cluster.settings.Settings;
import io.wormhole.cluster.settings.SettingsSection;
import io.wormhole.protocol.ledger.Amount;

/** The settings below {@code wormhole.payments}; {@code reference.conf} documents each. */
public final class PaymentConfig {
    private static final long MOST_BLOCKS = 100_000;
    private static final int MOST_HOPS = 100_000;

    private PaymentConfig() {}

    /** Reads and checks the settings. */
    public static PaymentSettings of(Config config) {
        return Settings.read(config, "wormhole.payments", PaymentConfig::read);
    }

    private static PaymentSettings read(SettingsSection in) {
        long force = in.integer("force-blocks", 1, MOST_BLOCKS);
        long leastOpen = force + Tools.HEIGHT_TOLERANCE_BLOCKS + 1;
        long leastExpiry = force + 2 * Tools.HEIGHT_TOLERANCE_BLOCKS + 1;
        // Read as far as the fixed limits, so that all faults are told at once.
        long open = in.integer("open-blocks", leastOpen, MOST_BLOCKS);
        long expiry = in.integer("expiry-blocks", leastExpiry, MOST_BLOCKS);
        HopPolicy policy =
                new HopPolicy(
                        in.value("base-fee", Amount.ZERO, Amount::parse),
                        in.integer("fee-per-million", 0, 1_000_000),
                        Math.max(expiry, leastExpiry),
                        Math.max(open, leastOpen),
                        Math.max(force, 1));
        return new PaymentSettings(
                policy,
                in.bool("relay"),
                Math.max(1, in.smallInteger("parts-under-way", 1, MOST_HOPS)),
                Math.max(1, in.smallInteger("parts", 1, 64)));
    }
}

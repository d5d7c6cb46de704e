package io.wormhole.runtime.device;

import java.util.Optional;

/** What the printer said about itself. Mutable and confined to its session. */
final class PrinterFacts {
    private Temperatures temperatures = Temperatures.UNKNOWN;
    private String firmware = "";
    private Optional<MarlinReply.Prints> prints = Optional.empty();
    private Optional<DeviceCounters> counters = Optional.empty();

    /** Takes note of a reply that tells a fact; others are passed over. */
    void learn(MarlinReply reply) {
        if (reply instanceof MarlinReply.Report report) {
            temperatures = report.temperatures();
        } else if (reply instanceof MarlinReply.Firmware named) {
            firmware = named.name();
        } else if (reply instanceof MarlinReply.Prints seen) {
            prints = Optional.of(seen);
        } else if (reply instanceof MarlinReply.Filament filament) {
            counters = prints.map(p -> counters(p, filament));
        }
    }

    /** Before the counters are asked for: what comes now is new, or nothing comes. */
    void forgetCounters() {
        prints = Optional.empty();
        counters = Optional.empty();
    }

    Temperatures temperatures() {
        return temperatures;
    }

    /** What it calls itself, empty before it said so. */
    String firmware() {
        return firmware;
    }

    /** The counters, if it has any and they were asked for. */
    Optional<DeviceCounters> counters() {
        return counters;
    }

    private static DeviceCounters counters(
            MarlinReply.Prints prints, MarlinReply.Filament filament) {
        return new DeviceCounters(prints.started(), prints.finished(), filament.millimetres());
    }
}

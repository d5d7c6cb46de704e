package io.wormhole.runtime.line;

import com.typesafe.config.Config;
import io.wormhole.cluster.settings.Settings;
import io.wormhole.cluster.settings.SettingsSection;
import io.wormhole.isa.pkg.LineCapability;
import io.wormhole.isa.pkg.MeasureRange;
import io.wormhole.isa.pkg.MeasureUnit;
import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.gcode.PrinterCapability;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A production line as its owner defines it, in HOCON under the root {@code line}.
 *
 * @param name the name under which customers find it
 * @param devices by name
 * @param services by name
 * @param materials what the line can work with
 * @param maximumJobs most jobs that are not over at the same time
 * @param intensity restarts of devices that are allowed within {@code period}
 */
public record LineDefinition(
        Name name,
        Map<String, PrinterDefinition> devices,
        Map<String, ServiceDefinition> services,
        List<String> materials,
        int maximumJobs,
        int intensity,
        Duration period) {
    private static final long NANOMETRES_PER_MM = 1_000_000;

    /** Copies the collections. */
    public LineDefinition {
        devices = Map.copyOf(devices);
        services = Map.copyOf(services);
        materials = List.copyOf(materials);
    }

    /**
     * Reads a definition of somebody else's making.
     *
     * @throws io.wormhole.cluster.settings.SettingsRefused with every fault
     */
    public static LineDefinition parse(String origin, String text) {
        Config config = Settings.parsePlain(origin, text);
        return Settings.read(config, "line", LineDefinition::read);
    }

    private static LineDefinition read(SettingsSection in) {
        Map<String, PrinterDefinition> devices =
                in.named("devices", (name, section) -> PrinterDefinition.read(section));
        Map<String, ServiceDefinition> services =
                in.named("services", (name, section) -> ServiceDefinition.read(section));
        services.forEach(
                (name, service) -> {
                    if (!devices.containsKey(service.device())) {
                        in.refuse(
                                "services",
                                "service %s names device %s, the line has %s"
                                        .formatted(name, service.device(), devices.keySet()));
                    }
                });
        return new LineDefinition(
                in.value("name", new Name("/unnamed"), Name::new),
                devices,
                services,
                in.optional("materials", key -> in.list(key, 32, material -> material))
                        .orElse(List.of()),
                in.optional("max-jobs", key -> in.smallInteger(key, 1, 10_000)).orElse(100),
                in.optional("restart-intensity", key -> in.smallInteger(key, 0, 1_000)).orElse(5),
                in.optional(
                                "restart-period",
                                key ->
                                        in.duration(
                                                key, Duration.ofSeconds(1), Duration.ofHours(24)))
                        .orElse(Duration.ofSeconds(30)));
    }

    /** The device of that name, which a service of this line names. */
    PrinterDefinition device(String device) {
        PrinterDefinition found = devices.get(device);
        if (found == null) {
            throw new IllegalArgumentException(
                    "the line has no device %s, it has %s".formatted(device, devices.keySet()));
        }
        return found;
    }

    /** The service that does {@code process}. */
    public Optional<ServiceDefinition> serviceFor(String process) {
        return new TreeMap<>(services)
                .values().stream().filter(service -> service.process().equals(process)).findFirst();
    }

    /** What the line declares that it can do, as ISAs ask for it. */
    public LineCapability capability() {
        SortedMap<String, MeasureRange> ranges = new TreeMap<>();
        devices.values().forEach(device -> declare(device.capability(), ranges));
        TreeSet<String> processes = new TreeSet<>();
        services.values().forEach(service -> processes.add(service.process()));
        return new LineCapability(processes, new TreeSet<>(materials), ranges);
    }

    private static void declare(PrinterCapability printer, SortedMap<String, MeasureRange> ranges) {
        widen(ranges, "nozzle-temperature", printer.maxHotendCelsius(), MeasureUnit.DEG_C);
        widen(ranges, "bed-temperature", printer.maxBedCelsius(), MeasureUnit.DEG_C);
        widen(
                ranges,
                "build-width",
                printer.buildVolume().max().x() / NANOMETRES_PER_MM,
                MeasureUnit.MM);
        widen(
                ranges,
                "build-depth",
                printer.buildVolume().max().y() / NANOMETRES_PER_MM,
                MeasureUnit.MM);
        widen(
                ranges,
                "build-height",
                printer.buildVolume().max().z() / NANOMETRES_PER_MM,
                MeasureUnit.MM);
    }

    private static void widen(
            SortedMap<String, MeasureRange> ranges, String name, long most, MeasureUnit unit) {
        MeasureRange declared = new MeasureRange(BigDecimal.ZERO, BigDecimal.valueOf(most), unit);
        ranges.merge(
                name,
                declared,
                (one, other) -> one.maximum().compareTo(other.maximum()) >= 0 ? one : other);
    }
}

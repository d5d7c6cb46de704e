package io.wormhole.runtime.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.pkg.IsaConstraints;
import io.wormhole.isa.pkg.IsaManifest;
import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.isa.pkg.IsaPrice;
import io.wormhole.isa.pkg.MeasureRange;
import io.wormhole.isa.pkg.MeasureUnit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.order.PackageStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line checks a package whole before anything of it is accepted, and names every fault. */
final class OrderCheckTest {
    private static final String START = "G21\nG90\nM82\nM104 S205\nG28\nG92 E0\n";
    private static final String GOOD = START + "G1 X10 Y10 Z0.2 E1 F1200\n";

    @TempDir private Path root = Path.of("");

    private String gcode = GOOD;
    private String process = "fdm-printing";
    private String material = "PLA";
    private Amount price = Amount.parse("1.5");
    private NetworkId network = TestNetwork.ID;
    private long needsCelsius = 205;
    private final SortedMap<String, Hash> dependencies = new TreeMap<>();

    @Test
    void fittingPackageIsPricedByTheLine() throws IOException {
        price = Amount.parse("7");

        OrderCheck.Result.Fit fit = (OrderCheck.Result.Fit) check(100);

        assertThat(fit.pricePerUnit()).isEqualTo(Amount.parse("1.5"));
        assertThat(fit.device()).isEqualTo("printer1");
        assertThat(fit.program().file()).hasContent(GOOD);
    }

    @Test
    void hotterThanTheLineMayIsRefused() throws IOException {
        gcode = GOOD.replace("S205", "S240");

        assertThat(faults()).contains("240").contains("230");
        assertThat(programs()).as("nothing is kept").isZero();
    }

    @Test
    void hotterNeedThanTheLineHasIsRefused() throws IOException {
        needsCelsius = 240;

        assertThat(faults()).contains("nozzle-temperature");
    }

    @Test
    void moveOutOfTheLinesVolumeIsRefused() throws IOException {
        gcode = START + "G1 X10 Y10 Z251 E1 F1200\n";

        assertThat(faults()).contains("251");
    }

    @Test
    void unknownCommandIsRefused() throws IOException {
        gcode = GOOD + "M999\n";

        assertThat(faults()).contains("M999");
    }

    @Test
    void everyFaultIsNamedAtOnce() throws IOException {
        process = "milling";
        material = "STEEL";
        price = Amount.parse("1");

        assertThat(faults()).contains("milling").contains("STEEL");
    }

    @Test
    void tooLittleMoneyIsRefused() throws IOException {
        price = Amount.parse("1.499999999");

        assertThat(faults()).contains("1.499999999").contains("the line asks 1.5");
    }

    @Test
    void countHasBounds() throws IOException {
        assertThat(((OrderCheck.Result.Unfit) check(0)).faults().toString())
                .contains("allowed 1 to 100");
        assertThat(((OrderCheck.Result.Unfit) check(101)).faults().toString())
                .contains("allowed 1 to 100");
    }

    @Test
    void packageForAnotherNetworkIsRefused() throws IOException {
        network = TestNetwork.OTHER;

        assertThat(faults()).contains("sign");
    }

    @Test
    void packageThatBuildsOnOnesTheLineDoesNotHoldIsRefusedByTheirHashes() throws IOException {
        IsaPackage base = isa();
        dependencies.put("base", base.id());
        IsaPackage dependent = isa();
        dependencies.put("middle", dependent.id());

        assertThat(faults())
                .contains("dependencies.base", "does not hold the package " + base.id().toHex())
                .contains("dependencies.middle", dependent.id().toHex());
    }

    @Test
    void packageWhoseDependenciesCameBeforeIsTaken() throws IOException {
        Hash base = isa().id();
        assertThat(check(1)).isInstanceOf(OrderCheck.Result.Fit.class);
        dependencies.put("base", base);
        Hash dependent = isa().id();
        assertThat(check(1)).isInstanceOf(OrderCheck.Result.Fit.class);
        dependencies.put("middle", dependent);

        assertThat(check(1)).isInstanceOf(OrderCheck.Result.Fit.class);
    }

    @Test
    void packageThatLacksItsOwnDependenciesDoesNotServeOthers() throws IOException {
        dependencies.put("base", TestNetwork.ID.genesis());
        Hash broken = isa().id();
        assertThat(check(1)).isInstanceOf(OrderCheck.Result.Unfit.class);
        dependencies.clear();
        dependencies.put("broken", broken);

        assertThat(faults()).contains("dependencies.broken").contains(broken.toHex());
    }

    @Test
    void rubbishIsRefused() throws IOException {
        Path file = root.resolve("rubbish.isa");
        Files.write(file, new byte[1_000]);

        assertThat(checker().check(file, 1)).isInstanceOf(OrderCheck.Result.Unfit.class);
    }

    @Test
    void oversizedPackageIsRefusedBeforeItIsRead() throws IOException {
        Path file = root.resolve("large.isa");
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(200L << 20);
        }

        OrderCheck.Result.Unfit unfit = (OrderCheck.Result.Unfit) checker().check(file, 1);

        assertThat(unfit.faults().toString()).contains("209715200").contains("allowed");
    }

    private String faults() throws IOException {
        return String.join("\n", ((OrderCheck.Result.Unfit) check(1)).faults());
    }

    private OrderCheck.Result check(int count) throws IOException {
        Path file = root.resolve("order.isa");
        Files.write(file, isa().encoded().toArray());
        return checker().check(file, count);
    }

    private OrderCheck checker() throws IOException {
        PackageStore packages = new PackageStore(root.resolve("packages"));
        return new OrderCheck(Lines.good(), TestNetwork.ID, root.resolve("programs"), packages);
    }

    private long programs() throws IOException {
        try (Stream<Path> all = Files.list(root.resolve("programs"))) {
            return all.count();
        }
    }

    private IsaPackage isa() {
        SortedMap<String, MeasureRange> needs = new TreeMap<>();
        needs.put(
                "nozzle-temperature",
                new MeasureRange(
                        BigDecimal.ZERO, BigDecimal.valueOf(needsCelsius), MeasureUnit.DEG_C));
        IsaManifest manifest =
                new IsaManifest(
                        "cup",
                        "1.0.0",
                        Bob.KEYS.publicKey(),
                        "proprietary",
                        "Prints a cup.",
                        List.of(),
                        process,
                        needs,
                        new IsaPrice(price, "cup"),
                        new IsaConstraints(List.of(material), Optional.empty(), Optional.empty()),
                        new TreeMap<>(
                                Map.of(
                                        IsaManifest.PROGRAM, "p.gcode",
                                        IsaManifest.CONTRACT, "c.whm")),
                        List.of(),
                        dependencies);
        Bytes program = Bytes.of(gcode.getBytes(StandardCharsets.US_ASCII));
        return IsaPackage.build(
                manifest,
                Map.of("p.gcode", program, "c.whm", OrderContract.code()),
                Bob.KEYS,
                network);
    }
}

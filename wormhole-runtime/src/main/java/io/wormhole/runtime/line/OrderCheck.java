package io.wormhole.runtime.line;

import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.pkg.IsaManifest;
import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.isa.pkg.IsaPackageCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.device.PartSource;
import io.wormhole.runtime.gcode.GcodeChecker;
import io.wormhole.runtime.gcode.GcodeFault;
import io.wormhole.runtime.gcode.GcodeLimits;
import io.wormhole.runtime.gcode.GcodeVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks an ISA package against a line, whole, before anything of it is accepted. */
public final class OrderCheck {
    private final LineDefinition line;
    private final NetworkId network;
    private final Path programs;
    private final PackageLibrary library;

    /**
     * A check for {@code line}.
     *
     * @param programs directory in which the checked control programs are kept
     * @param library the packages that others may depend on
     */
    public OrderCheck(
            LineDefinition line, NetworkId network, Path programs, PackageLibrary library) {
        this.line = line;
        this.network = network;
        this.programs = programs;
        this.library = library;
    }

    /** What the check came to. */
    public sealed interface Result {
        /** The line can do it, for this price per unit, with this program on this device. */
        record Fit(Amount pricePerUnit, String device, PartSource program) implements Result {}

        /** Every reason why the line does not, one line each. */
        record Unfit(List<String> faults) implements Result {
            /** Copies the list. */
            public Unfit {
                faults = List.copyOf(faults);
            }
        }
    }

    /** Reads and checks {@code file} for an order of {@code count} units; blocks on the disk. */
    public Result check(Path file, int count) throws IOException {
        if (Files.size(file) > IsaPackage.MAX_BYTES) {
            return unfit(
                    "package of " + Files.size(file) + " bytes, allowed " + IsaPackage.MAX_BYTES);
        }
        IsaPackageCodec.Decoded decoded =
                IsaPackageCodec.decode(Bytes.of(Files.readAllBytes(file)), network);
        if (decoded instanceof IsaPackageCodec.Decoded.Faulty faulty) {
            return new Result.Unfit(faulty.faults());
        }
        IsaPackage isa = ((IsaPackageCodec.Decoded.Valid) decoded).isaPackage();
        List<String> faults = new ArrayList<>(missing(isa.manifest(), library));
        if (faults.isEmpty()) {
            library.hold(isa.id(), file);
        }
        faults.addAll(line.capability().faultsOf(isa.manifest()));
        return check(isa, count, faults);
    }

    /** The packages that {@code manifest} builds on and {@code library} lacks, one line each. */
    public static List<String> missing(IsaManifest manifest, PackageLibrary library) {
        List<String> missing = new ArrayList<>();
        manifest.dependencies()
                .forEach(
                        (name, id) -> {
                            if (!library.holds(id)) {
                                missing.add(
                                        "dependencies.%s: the line does not hold the package %s"
                                                .formatted(name, id.toHex()));
                            }
                        });
        return missing;
    }

    private Result check(IsaPackage isa, int count, List<String> faults) throws IOException {
        Optional<ServiceDefinition> service = line.serviceFor(isa.manifest().process());
        service.ifPresent(offered -> checkPrice(isa, offered, count, faults));
        checkContract(isa, faults);
        Optional<Bytes> program = isa.entryPoint(IsaManifest.PROGRAM);
        if (program.isEmpty()) {
            faults.add("the package has no control program");
        }
        if (!faults.isEmpty() || service.isEmpty() || program.isEmpty()) {
            return new Result.Unfit(faults);
        }
        return checkProgram(program.get(), service.get());
    }

    private static void checkPrice(
            IsaPackage isa, ServiceDefinition service, int count, List<String> faults) {
        if (count < 1 || count > service.maximumCount()) {
            faults.add("count %d, allowed 1 to %d".formatted(count, service.maximumCount()));
        }
        Amount offered = isa.manifest().price().perUnit();
        if (!offered.covers(service.pricePerUnit())) {
            faults.add(
                    "price of %s DSD per unit is offered, the line asks %s DSD"
                            .formatted(offered, service.pricePerUnit()));
        }
    }

    private static void checkContract(IsaPackage isa, List<String> faults) {
        Optional<Bytes> code = isa.entryPoint(IsaManifest.CONTRACT);
        Hash expected = OrderContract.codeHash();
        if (code.isEmpty() || !hashOf(code.get()).equals(Optional.of(expected))) {
            faults.add("the contract must be the cup order " + expected);
        }
    }

    private static Optional<Hash> hashOf(Bytes code) {
        try {
            return Optional.of(ContractCode.load(code).hash());
        } catch (IllegalArgumentException noContract) {
            return Optional.empty();
        }
    }

    private Result checkProgram(Bytes program, ServiceDefinition service) throws IOException {
        Files.createDirectories(programs);
        Path file = programs.resolve(new Hash(sha256(program)).toHex() + ".gcode");
        boolean fresh = !Files.exists(file);
        if (fresh) {
            Path partial = Files.createTempFile(programs, "program", ".part");
            Files.write(partial, program.toArray());
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        }
        GcodeVerdict verdict =
                GcodeChecker.check(
                        file, line.device(service.device()).capability(), GcodeLimits.defaults());
        if (verdict instanceof GcodeVerdict.Refused refused) {
            if (fresh) {
                // One that was there before may be what a running job prints from.
                Files.delete(file);
            }
            List<String> faults =
                    new ArrayList<>(refused.faults().stream().map(GcodeFault::toString).toList());
            if (refused.more() > 0) {
                faults.add("and " + refused.more() + " more faults");
            }
            return new Result.Unfit(faults);
        }
        GcodeVerdict.Accepted accepted = (GcodeVerdict.Accepted) verdict;
        return new Result.Fit(
                service.pricePerUnit(), service.device(), PartSource.of(file, accepted.analysis()));
    }

    private static Bytes sha256(Bytes content) {
        return Bytes.of(Hash.sha256().digest(content.toArray()));
    }

    private static Result unfit(String fault) {
        return new Result.Unfit(List.of(fault));
    }
}

package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.pkg.IsaConstraints;
import io.wormhole.isa.pkg.IsaManifest;
import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.isa.pkg.IsaPackageCodec;
import io.wormhole.isa.pkg.IsaPrice;
import io.wormhole.isa.pkg.MeasureRange;
import io.wormhole.isa.pkg.MeasureUnit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.gcode.GcodeAnalysis;
import io.wormhole.runtime.gcode.GcodeChecker;
import io.wormhole.runtime.gcode.GcodeLimits;
import io.wormhole.runtime.gcode.GcodeVerdict;
import io.wormhole.runtime.gcode.PrinterCapability;
import io.wormhole.runtime.http.Json;
import io.wormhole.runtime.node.NodeKeys;
import io.wormhole.runtime.node.StartRefused;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.settlement.genesis.Genesis;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** ISA packages; works without a node. */
@Command(
        name = "isa",
        description = "Makes, checks, runs, builds and inspects ISA packages.",
        subcommands = {
            IsaNewCommand.class,
            IsaCheckCommand.class,
            IsaRunCommand.class,
            IsaTestCommand.class,
            IsaTraceCommand.class
        },
        mixinStandardHelpOptions = true)
final class IsaCommand {
    private static final String PROGRAM_FILE = "program.gcode";
    private static final String CONTRACT_FILE = "order.whm";

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Whose package, for which network. */
    static final class Author {
        @Option(names = "--keys", required = true, paramLabel = "FILE", description = "Keystore.")
        Path keys = Path.of("keys.wormhole");

        @Option(
                names = "--password-file",
                required = true,
                paramLabel = "FILE",
                description = "File with the keystore's password in its first line.")
        Path passwordFile = Path.of("password");

        @Option(
                names = "--network",
                required = true,
                paramLabel = "FILE",
                description = "Network file.")
        Path network = Path.of("genesis.wormhole");
    }

    @Command(
            name = "build",
            description =
                    "Builds a signed package of a folder, or one that has a G-code file printed per order.",
            mixinStandardHelpOptions = true)
    int build(
            @Parameters(
                            paramLabel = "FOLDER",
                            arity = "0..1",
                            description = "Folder of an ISA, as isa new makes one.")
                    Optional<Path> folder,
            @Option(
                            names = "--library",
                            paramLabel = "FOLDER",
                            defaultValue = ".",
                            description =
                                    "Folder with the packages that it builds on (default: ${DEFAULT-VALUE}).")
                    Path library,
            @Option(
                            names = "--gcode",
                            paramLabel = "FILE",
                            description = "Without a folder: what the printer does for one piece.")
                    Optional<Path> gcodeFile,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "Package to write.")
                    Path out,
            @Option(
                            names = "--name",
                            defaultValue = "cup",
                            paramLabel = "NAME",
                            description = "Name of the product (default: ${DEFAULT-VALUE}).")
                    String name,
            @Option(
                            names = "--price",
                            paramLabel = "DSD",
                            description = "Without a folder: price offered per piece.")
                    Optional<String> offered,
            @Option(
                            names = "--material",
                            defaultValue = "PLA",
                            description =
                                    "Material that the line must have (default: ${DEFAULT-VALUE}).")
                    String material,
            @Option(names = "--json", description = "Print JSON for programs.") boolean json,
            @picocli.CommandLine.Mixin Author author)
            throws IOException {
        if (folder.isPresent()) {
            return buildFolder(folder.get(), library, out, author, json);
        }
        if (gcodeFile.isEmpty() || offered.isEmpty()) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, "a folder, or --gcode and --price, must be given");
        }
        Path gcode = gcodeFile.get();
        String price = offered.get();
        GcodeAnalysis analysis = analyse(gcode);
        try {
            Genesis genesis = WormholeNode.genesis(author.network);
            KeyPair key = NodeKeys.open(author.keys, author.passwordFile).operator();
            IsaPackage isa =
                    IsaPackage.build(
                            manifest(name, Amount.parse(price), material, analysis, key),
                            Map.of(
                                    PROGRAM_FILE,
                                    Bytes.of(Files.readAllBytes(gcode)),
                                    CONTRACT_FILE,
                                    OrderContract.code()),
                            key,
                            genesis.networkId());
            OutputFile.write(out, isa.encoded());
            ObjectNode view =
                    Json.object()
                            .put("isa", isa.id().toHex())
                            .put("file", out.toString())
                            .put("lines", analysis.lines())
                            .put("commands", analysis.commands())
                            .put("layers", analysis.layers());
            print(view, isa.id().toHex(), json);
            return 0;
        } catch (StartRefused | IllegalArgumentException refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        }
    }

    private int buildFolder(Path folder, Path library, Path out, Author author, boolean json)
            throws IOException {
        try {
            KeyPair key = NodeKeys.open(author.keys, author.passwordFile).operator();
            IsaPackage isa =
                    IsaProjects.build(
                            folder, library, key, WormholeNode.genesis(author.network).networkId());
            OutputFile.write(out, isa.encoded());
            ObjectNode view =
                    Json.object().put("isa", isa.id().toHex()).put("file", out.toString());
            print(view, isa.id().toHex(), json);
            return 0;
        } catch (StartRefused refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        }
    }

    // Any printer's limits at this point: those of the line are checked by the line.
    private static GcodeAnalysis analyse(Path gcode) throws IOException {
        InputFile.requireSmall(gcode, GcodeLimits.defaults().maxFileBytes());
        GcodeVerdict verdict =
                GcodeChecker.check(gcode, PrinterCapability.desktop(), GcodeLimits.defaults());
        if (verdict instanceof GcodeVerdict.Refused refused) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT, gcode + " cannot be printed:\n" + refused.message());
        }
        return ((GcodeVerdict.Accepted) verdict).analysis();
    }

    private static IsaManifest manifest(
            String name, Amount price, String material, GcodeAnalysis analysis, KeyPair author) {
        SortedMap<String, MeasureRange> needs = new TreeMap<>();
        needs.put("nozzle-temperature", upTo(analysis.maxHotendCelsius(), MeasureUnit.DEG_C));
        needs.put("bed-temperature", upTo(analysis.maxBedCelsius(), MeasureUnit.DEG_C));
        return new IsaManifest(
                name,
                "1.0.0",
                author.publicKey(),
                "proprietary",
                "Prints " + name + " from G-code, paid per accepted piece.",
                List.of(),
                "fdm-printing",
                needs,
                new IsaPrice(price, "cup"),
                new IsaConstraints(List.of(material), Optional.empty(), Optional.empty()),
                new TreeMap<>(
                        Map.of(
                                IsaManifest.PROGRAM,
                                PROGRAM_FILE,
                                IsaManifest.CONTRACT,
                                CONTRACT_FILE)),
                List.of());
    }

    private static MeasureRange upTo(long most, MeasureUnit unit) {
        return new MeasureRange(BigDecimal.ZERO, BigDecimal.valueOf(most), unit);
    }

    @Command(
            name = "inspect",
            description = "Checks a package whole and shows its manifest.",
            mixinStandardHelpOptions = true)
    int inspect(
            @Parameters(paramLabel = "FILE", description = "Package.") Path file,
            @Option(
                            names = "--network",
                            required = true,
                            paramLabel = "FILE",
                            description = "Network file.")
                    Path network)
            throws IOException {
        InputFile.requireSmall(file, IsaPackage.MAX_BYTES);
        IsaPackageCodec.Decoded decoded;
        try {
            decoded =
                    IsaPackageCodec.decode(
                            Bytes.of(Files.readAllBytes(file)),
                            WormholeNode.genesis(network).networkId());
        } catch (StartRefused refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        }
        if (decoded instanceof IsaPackageCodec.Decoded.Faulty faulty) {
            throw new CommandFailed(
                    CommandFailed.BAD_INPUT,
                    faulty.faults().stream()
                            .map(fault -> file + ": " + fault)
                            .collect(Collectors.joining("\n")));
        }
        IsaPackage isa = ((IsaPackageCodec.Decoded.Valid) decoded).isaPackage();
        spec.commandLine().getOut().println(Printable.of(isa.manifest().toJson()));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void print(ObjectNode view, String line, boolean json) {
        spec.commandLine().getOut().println(json ? Json.text(view) : line);
        spec.commandLine().getOut().flush();
    }
}

package io.wormhole.isa.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.isa.pkg.IsaFaultsException;
import io.wormhole.isa.pkg.IsaManifest;
import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.isa.pkg.IsaPackageCodec;
import io.wormhole.isa.pkg.StrictJson;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IsaProjectTest {
    private static final Path TURNING = Path.of("../examples/cutting-formula");
    private static final KeyPair AUTHOR = KeyPair.ofSeed(Bytes.ofHex("07".repeat(32)));
    private static final NetworkId NETWORK = new NetworkId(Hash.ZERO);

    @TempDir private Path folder = Path.of("");

    @Test
    void everyExampleOfTheTurningFormulaComesOutAsWritten() throws IOException {
        IsaProject project = IsaProject.read(TURNING);

        List<Example.Result> results =
                project.examples().stream().map(each -> each.run(project)).toList();

        assertThat(results).hasSize(3);
        assertThat(results).allSatisfy(result -> assertThat(result.detail()).isEmpty());
    }

    @Test
    void sameFolderGivesTheSameBytes() throws IOException {
        IsaPackage first = IsaProject.read(TURNING).build(AUTHOR, NETWORK);
        IsaPackage second = IsaProject.read(copy()).build(AUTHOR, NETWORK);

        assertThat(second.encoded()).isEqualTo(first.encoded());
        assertThat(IsaPackageCodec.decode(first.encoded(), NETWORK))
                .isInstanceOf(IsaPackageCodec.Decoded.Valid.class);
        assertThat(first.manifest().entryPoint(IsaManifest.FORMULA)).contains("cutting.whm");
        assertThat(first.attachmentNames())
                .containsExactly("cutting.wha", "cutting.whm", "examples.json", "part.nc");
    }

    @Test
    void packageNamesWhatItBuildsOn() throws IOException {
        Path copy = copy();
        String id = "ab".repeat(32);
        rewrite(
                copy,
                "\"process\"",
                "\"dependencies\": { \"tools\": \"" + id + "\" }, \"process\"");

        IsaPackage built = IsaProject.read(copy).build(AUTHOR, NETWORK);

        assertThat(built.manifest().dependencies()).containsEntry("tools", Hash.ofHex(id));
        assertThat(IsaPackageCodec.decode(built.encoded(), NETWORK))
                .isInstanceOf(IsaPackageCodec.Decoded.Valid.class);
    }

    @Test
    void faultsOfManifestAndSourcesNameTheirPlace() throws IOException {
        Path copy = copy();
        Files.writeString(copy.resolve("cutting.wha"), "fn f(x) { get y }");
        assertThatThrownBy(() -> IsaProject.read(copy))
                .isInstanceOf(IsaFaultsException.class)
                .hasMessage("cutting.wha: line 1, column 15: no value is called 'y' here");

        Files.writeString(copy.resolve("cutting.wha"), "fn f(x) { add }");
        assertThatThrownBy(() -> IsaProject.read(copy))
                .hasMessageContaining("'add' takes 2 values");

        Files.writeString(copy.resolve("isa.json"), "[");
        assertThatThrownBy(() -> IsaProject.read(copy)).hasMessageStartingWith("isa.json: ");
    }

    @Test
    void inputsOutsideTheirRangeOrOfAnotherUnitAreRefused() throws IOException {
        IsaProject project = IsaProject.read(TURNING);

        assertThat(run(project, "{\"diameter\": \"60 cm\"}"))
                .isEqualTo("diameter: 600 mm is not in 1 to 500 mm");
        assertThat(run(project, "{\"diameter\": \"5 min\"}"))
                .isEqualTo("diameter: min measures something else than mm");
        assertThat(run(project, "{\"width\": 5}")).startsWith("nothing is called 'width'");
        assertThat(run(project, "{\"diameter\": \"wide\"}")).contains("a number and a unit");
    }

    @Test
    void numbersOfManyDigitsAreRefusedBeforeAnythingIsComputed() throws IOException {
        IsaProject project = IsaProject.read(TURNING);

        assertThat(run(project, "{\"diameter\": \"1e999999999\"}"))
                .isEqualTo("diameter: a number of at most 30 digits expected");
        assertThat(run(project, "{\"diameter\": \"1e-999999999 cm\"}"))
                .isEqualTo("diameter: a number of at most 30 digits expected");
    }

    @Test
    void filesThatAreLinksAreRefused() throws IOException {
        Path copy = copy();
        Path secret = Files.writeString(folder.resolve("secret"), "of somebody else");
        Files.createSymbolicLink(copy.resolve("part.txt"), secret);

        assertThatThrownBy(() -> IsaProject.read(copy))
                .hasMessage("part.txt: a link, put the file itself there");
    }

    @Test
    void fieldThatStandsTwiceIsRefused() throws IOException {
        Path copy = copy();
        rewrite(copy, "\"process\"", "\"name\": \"other\", \"process\"");

        assertThatThrownBy(() -> IsaProject.read(copy))
                .hasMessageStartingWith("isa.json: Duplicate field 'name'");
    }

    @Test
    void filesAreRefusedBySizeBeforeTheyAreRead() throws IOException {
        Path copy = copy();
        extend(copy.resolve("cutting.wha"), 60_000_000);
        extend(copy.resolve("isa.json"), 300_000);
        extend(copy.resolve("examples.json"), 2_000_000);
        extend(copy.resolve("part.nc"), 3L << 30);

        assertThat(faults(copy))
                .containsExactlyInAnyOrder(
                        "cutting.wha: 60000000 bytes, at most 1048576 are allowed",
                        "isa.json: 300000 bytes, at most 262144 are allowed",
                        "examples.json: 2000000 bytes, at most 1048576 are allowed",
                        "part.nc: 3221225472 bytes, at most 67108864 are allowed",
                        copy
                                + ": files of 3283525472 bytes together, at most 67108864 are allowed");
    }

    @Test
    void filesOfOtherNamesAreRefusedWithOnesThatAreFine() throws IOException {
        Path copy = copy();
        Files.writeString(copy.resolve("Layers Of.R"), "x");
        Files.writeString(copy.resolve("ä"), "x");
        Files.createSymbolicLink(copy.resolve("etc"), copy.resolve("drafts"));
        Files.createDirectory(copy.resolve("drafts"));
        Files.writeString(copy.resolve(".notes"), "x");

        assertThat(faults(copy))
                .hasSize(3)
                .anyMatch(fault -> fault.endsWith(": call it layers-of.r"))
                .anyMatch(fault -> fault.startsWith("ä: the name of a file has"))
                .contains("etc: a link, put the file itself there");
    }

    @Test
    void twoSourcesAreNotCompiledIntoOneModule() throws IOException {
        Path copy = copy();
        Files.writeString(
                copy.resolve("cutting.py"), "def contract(a, b, c):\n    return (a, b, c)\n");
        rewrite(copy, "\"program\"", "\"contract\": \"cutting.py\", \"program\"");

        assertThat(faults(copy)).singleElement().asString().contains("compiles to cutting.whm");
    }

    @Test
    void whatTheBuildPutsIntoTheManifestIsNotWrittenThere() throws IOException {
        Path copy = copy();
        rewrite(copy, "\"process\"", "\"author\": \"me\", \"attachments\": [], \"process\"");

        assertThat(faults(copy))
                .containsExactly(
                        "isa.json: author: leave it out, the build puts it there",
                        "isa.json: attachments: leave it out, the build puts it there");
    }

    @Test
    void faultsOfTheManifestNameItsFile() throws IOException {
        Path copy = copy();
        rewrite(copy, "\"minimum\": 20,", "\"minimum\": 12e2147483647,");

        assertThatThrownBy(() -> IsaProject.read(copy).build(AUTHOR, NETWORK))
                .hasMessageStartingWith(
                        "isa.json: manifest.inputs[0].minimum: a number of at most");
    }

    @Test
    void textThatIsNoPlainUtf8IsRefusedWithItsLine() throws IOException {
        Path copy = copy();
        Files.write(copy.resolve("cutting.wha"), new byte[] {'a', '\n', 'b', (byte) 0xff});
        assertThat(faults(copy)).containsExactly("cutting.wha: line 2: the text is not UTF-8");

        Files.writeString(copy.resolve("cutting.wha"), "\ufefffn f() { int 1 }");
        assertThat(faults(copy))
                .singleElement()
                .asString()
                .startsWith("cutting.wha: line 1: a byte order mark");
    }

    @Test
    void everyFaultOfTheExamplesIsNamed() {
        String json =
                "{\"examples\": [1, {\"inputs\": 3, \"expect\": 1}, {\"inputs\": [], \"traps\": 7},"
                        + " {\"inputs\": [], \"traps\": \"FALED\"},"
                        + " {\"inputs\": [], \"expect\": 1, \"functoin\": \"f\"}], \"more\": 1}";

        assertThatThrownBy(() -> ExampleTable.read(StrictJson.VALUES.read(json)))
                .isInstanceOfSatisfying(
                        IsaFaultsException.class,
                        refused ->
                                assertThat(refused.faults())
                                        .hasSize(6)
                                        .allMatch(fault -> fault.startsWith("examples.json: "))
                                        .anyMatch(fault -> fault.contains("more: unknown"))
                                        .anyMatch(fault -> fault.contains("examples[4].functoin"))
                                        .anyMatch(fault -> fault.contains("one of [FAILED, ")));
    }

    @Test
    void onlyDecimalDigitsAreNumbers() throws IOException {
        IsaProject project = IsaProject.read(TURNING);

        for (String odd :
                List.of(
                        "\"４０\"",
                        "\"0x1p3\"",
                        "\"1d\"",
                        "{\"value\": 4}",
                        "{\"value\": 4, \"unit\": \"cm\", \"x\": 1}")) {
            assertThat(run(project, "{\"diameter\": " + odd + "}")).contains("a number and a unit");
        }
        for (String odd : List.of("\"0x1p3\"", "\"1d\"", "\" 1\"", "1e400")) {
            assertThat(run(project, "[" + odd + ", 1, 1, 1, 1, 1, 1]")).startsWith("inputs[0]: ");
        }
    }

    private static List<String> faults(Path folder) throws IOException {
        try {
            IsaProject.read(folder);
            return List.of();
        } catch (IsaFaultsException refused) {
            return refused.faults();
        }
    }

    private static void extend(Path file, long size) throws IOException {
        try (RandomAccessFile longer = new RandomAccessFile(file.toFile(), "rw")) {
            longer.setLength(size);
        }
    }

    private static String run(IsaProject project, String inputs) {
        String json = "{\"examples\": [{\"inputs\": " + inputs + ", \"expect\": 1}]}";
        Example example = ExampleTable.read(StrictJson.VALUES.read(json)).get(0);
        return example.run(project).detail();
    }

    private Path copy() throws IOException {
        Path target = folder.resolve("copy");
        Files.createDirectories(target);
        try (var files = Files.list(TURNING)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        return target;
    }

    private static void rewrite(Path folder, String from, String to) throws IOException {
        Path file = folder.resolve(IsaProject.MANIFEST);
        Files.writeString(file, Files.readString(file).replace(from, to));
    }
}

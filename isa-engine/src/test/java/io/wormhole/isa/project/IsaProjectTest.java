package io.wormhole.isa.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.isa.pkg.IsaFaultsException;
import io.wormhole.isa.pkg.IsaManifest;
import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.isa.pkg.IsaPackageCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import java.io.IOException;
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

    private static String run(IsaProject project, String inputs) throws IOException {
        Example example =
                Example.table(
                                new com.fasterxml.jackson.databind.ObjectMapper()
                                        .readTree(
                                                "{\"examples\": [{\"inputs\": "
                                                        + inputs
                                                        + ", \"expect\": 1}]}"))
                        .get(0);
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

package io.wormhole.isa.pkg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.pkg.IsaPackageCodec.Decoded;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class IsaPackageTest {
    private static final KeyPair AUTHOR = KeyPair.ofSeed(Bytes.ofHex("a1".repeat(32)));
    private static final NetworkId NETWORK = new NetworkId(Hash.ofHex("aa".repeat(32)));
    private static final NetworkId OTHER = new NetworkId(Hash.ofHex("ab".repeat(32)));
    private static final Map<String, Bytes> FILES =
            Map.of("cup.gcode", utf8("G28\nG1 X1 Y1\n"), "order.whm", OrderContract.code());

    @Test
    void packageComesBackAsItWasBuilt() {
        IsaPackage built = build(manifest());

        IsaPackage read = valid(IsaPackageCodec.decode(built.encoded(), NETWORK));

        assertThat(read.manifest()).isEqualTo(built.manifest());
        assertThat(read.id()).isEqualTo(built.id());
        assertThat(read.encoded()).isEqualTo(built.encoded());
        assertThat(read.attachmentNames()).containsExactly("cup.gcode", "order.whm");
        assertThat(read.entryPoint(IsaManifest.PROGRAM)).contains(FILES.get("cup.gcode"));
        assertThat(read.entryPoint(IsaManifest.CONTRACT)).contains(OrderContract.code());
    }

    @Test
    void sameContentHasTheSameIdAndBytes() {
        assertThat(build(manifest()).encoded()).isEqualTo(build(manifest()).encoded());
        assertThat(build(manifest()).id()).isEqualTo(build(manifest()).id());
    }

    @Test
    void manifestJsonReadsBack() {
        IsaManifest manifest = build(manifest()).manifest();

        assertThat(IsaManifest.parse(manifest.toJson())).isEqualTo(manifest);
    }

    @Test
    void signatureIsBoundToTheNetwork() {
        assertThat(faults(IsaPackageCodec.decode(build(manifest()).encoded(), OTHER)))
                .singleElement()
                .asString()
                .contains("signature is not that of author");
    }

    @Test
    void everyChangedByteIsNoticed() {
        byte[] bytes = build(manifest()).encoded().toArray();
        SplittableRandom random = new SplittableRandom(7);

        for (int i = 0; i < 300; i++) {
            byte[] changed = bytes.clone();
            int at = random.nextInt(bytes.length);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(IsaPackageCodec.decode(Bytes.of(changed), NETWORK))
                    .as("byte %d of seed 7", at)
                    .isInstanceOf(Decoded.Faulty.class);
        }
    }

    @Test
    void everyTruncationAndAdditionIsRefused() {
        Bytes bytes = build(manifest()).encoded();

        for (int length = 0; length < bytes.size(); length += 37) {
            assertThat(IsaPackageCodec.decode(bytes.slice(0, length), NETWORK))
                    .isInstanceOf(Decoded.Faulty.class);
        }
        assertThat(IsaPackageCodec.decode(bytes.concat(Bytes.of((byte) 0)), NETWORK))
                .isInstanceOf(Decoded.Faulty.class);
    }

    @Test
    void hugeLengthsAreRefusedBeforeMemoryIsTaken() {
        Bytes lie =
                new CanonicalWriter()
                        .writeFixed(IsaPackage.MAGIC)
                        .writeInt(Integer.MAX_VALUE)
                        .toBytes();

        assertThat(faults(IsaPackageCodec.decode(lie, NETWORK)))
                .singleElement()
                .asString()
                .contains("over " + ManifestSchema.MAX_JSON_CHARS);
    }

    @Test
    void allFaultsOfAManifestAreNamedAtOnce() {
        String json =
                manifest()
                        .toJson()
                        .replace("\"version\" : \"1.0.0\"", "\"version\" : \"one\"")
                        .replace("\"unit\" : \"degC\"", "\"unit\" : \"degF\"")
                        .replace("\"name\" : \"height\"", "\"name\" : \"height\", \"colour\" : 1")
                        .replace("\"licence\"", "\"license\"");

        assertThatThrownBy(() -> IsaManifest.parse(json))
                .isInstanceOfSatisfying(
                        IsaFaultsException.class,
                        faults ->
                                assertThat(faults.faults())
                                        .anyMatch(fault -> fault.startsWith("manifest.version"))
                                        .anyMatch(fault -> fault.contains("unknown unit degF"))
                                        .anyMatch(fault -> fault.contains("unknown field 'colour'"))
                                        .anyMatch(
                                                fault -> fault.contains("unknown field 'license'"))
                                        .contains("manifest.licence: missing"));
    }

    @Test
    void jsonThatIsNoneOrHostileIsRefused() {
        for (String json :
                List.of(
                        "",
                        "nonsense",
                        "[]",
                        "{} {}",
                        "{\"name\":1,\"name\":2}",
                        "[".repeat(100_000),
                        "{\"needs\":" + "1".repeat(10_000) + "}",
                        "x".repeat(300_000))) {
            assertThatThrownBy(() -> IsaManifest.parse(json))
                    .isInstanceOf(IsaFaultsException.class);
        }
    }

    @Test
    void numbersThatNoMachineHoldsAreRefusedInAPackageToo() {
        for (String number :
                List.of("1e2147483648", "12e2147483647", "1.2e2147483648", "1e-2147483648")) {
            String json =
                    manifest()
                            .toJson()
                            .replace("\"minimum\" : 10,", "\"minimum\" : " + number + ",");

            assertThat(faults(IsaPackageCodec.decode(unsigned(json), NETWORK))).isNotEmpty();
        }
    }

    @Test
    void whatIsWrongWithJsonIsSaidWithItsPlaceAndWithoutAdviceToProgrammers() {
        assertThat(faultOf("{\"a\":\n" + "[".repeat(100)))
                .contains("nesting depth (17)", "(line 2, column ");
        assertThat(faultOf("{\"a\":\n " + "1".repeat(100) + "}")).contains("(line 2, column ");
        assertThat(faultOf("{\"a\":\n 1e99999999999}")).contains("1e99999999999", "(line 2");
        assertThat(faultOf("{\"a\": NaN}")).contains("'NaN' (line 1, column 10)");
        assertThat(faultOf("{}\n{}")).contains("more text after the end (line 2, column ");
        for (String json :
                List.of("[".repeat(99), "{\"a\": NaN}", "{} {}", "/* */ {}", "1e99999999999")) {
            assertThat(faultOf(json)).doesNotContain("`", "Feature", "StreamRead", "java.");
        }
    }

    @Test
    void textThatWouldNotBeShownAsItStandsIsRefused() {
        for (String unsafe :
                List.of("\\u001b[31m", "\u009b31m", "\u202ered", "a\u2028b", "\\ud800")) {
            String json = manifest().toJson().replace("A cup with", unsafe);

            assertThat(faultOf(json)).startsWith("manifest.description: ");
        }
        String json = manifest().toJson().replace("A cup with", "Ein schöner \uD83C\uDF75 קומקום");
        assertThat(IsaManifest.parse(json).description()).contains("\uD83C\uDF75");
    }

    @Test
    void ofVeryManyFaultsTheFirstAreNamed() {
        StringBuilder json = new StringBuilder("{\"x\":1");
        for (int i = 0; i < 20_000; i++) {
            json.append(",\"k").append(i).append("\":1");
        }

        List<String> faults = faults(IsaPackageCodec.decode(unsigned(json + "}"), NETWORK));

        assertThat(faults).hasSize(51);
        assertThat(faults.get(50)).matches("and \\d+ more faults");
    }

    @Test
    void otherKindsOfFilesAreNoPackages() {
        Bytes zip = Bytes.ofHex("504b0304140000000800").concat(Bytes.of(new byte[200]));
        Bytes emptyZip = Bytes.ofHex("504b0506").concat(Bytes.of(new byte[18]));

        for (Bytes archive : List.of(zip, emptyZip, Bytes.ofHex("1f8b0800"), Bytes.EMPTY)) {
            assertThat(faults(IsaPackageCodec.decode(archive, NETWORK))).hasSize(1);
        }
    }

    @Test
    void formulaThatIsNoModuleIsNamed() {
        IsaManifest draft =
                IsaManifest.parse(
                        manifest()
                                .toJson()
                                .replace(
                                        "\"program\" :",
                                        "\"formula\" : \"cup.gcode\", \"program\" :"));

        assertThatThrownBy(() -> build(draft)).hasMessageStartingWith("formula: malformed");
    }

    @Test
    void nameOfAFileThatIsWrongIsOneFault() {
        String json =
                manifest()
                        .toJson()
                        .replace(
                                "\"attachments\" : [ ]",
                                "\"attachments\" : [ {\"name\": \"../x\", \"sha256\": \""
                                        + "00".repeat(32)
                                        + "\", \"size\": 1} ]");

        assertThatThrownBy(() -> IsaManifest.parse(json))
                .hasMessageMatching("manifest.attachments.0..name: text that matches [^;]*");
    }

    private static String faultOf(String json) {
        return faults(IsaPackageCodec.decode(unsigned(json), NETWORK)).get(0);
    }

    private static Bytes unsigned(String json) {
        return new CanonicalWriter()
                .writeFixed(IsaPackage.MAGIC)
                .writeBytes(utf8(json))
                .writeInt(0)
                .writeFixed(Bytes.of(new byte[64]))
                .toBytes();
    }

    @Test
    void standardOutsideItsRangeIsRefused() {
        String json = manifest().toJson().replace("\"standard\" : 80", "\"standard\" : 800");

        assertThatThrownBy(() -> IsaManifest.parse(json))
                .hasMessageContaining("800 is not in 10 to 120 mm");
    }

    @Test
    void missingFilesAndBadContractsAreNamed() {
        assertThatThrownBy(
                        () ->
                                IsaPackage.build(
                                        manifest(),
                                        Map.of("order.whm", utf8("no module")),
                                        AUTHOR,
                                        NETWORK))
                .hasMessageContaining("no attachment is called cup.gcode")
                .hasMessageContaining("contract: malformed");
    }

    @Test
    void fileThatIsNotTheOneListedIsRefused() {
        IsaPackage built = build(manifest());
        Map<String, Bytes> swapped = new TreeMap<>(FILES);
        swapped.put("cup.gcode", utf8("G28\nG1 X1 Y2\n"));
        swapped.put("extra.txt", utf8("x"));
        IsaPackage changed =
                new IsaPackage(built.manifest(), built.manifestBytes(), swapped, built.signature());

        assertThat(faults(IsaPackageCodec.decode(changed.encoded(), NETWORK)))
                .hasSize(2)
                .anyMatch(fault -> fault.startsWith("cup.gcode: 13 bytes with SHA-256"))
                .contains("extra.txt: in the package, not in the manifest");
    }

    @Test
    void anotherAuthorsSignatureIsRefused() {
        IsaPackage built = build(manifest());
        KeyPair mallory = KeyPair.ofSeed(Bytes.ofHex("66".repeat(32)));
        IsaPackage forged =
                new IsaPackage(
                        built.manifest(),
                        built.manifestBytes(),
                        FILES,
                        mallory.sign(DomainTag.ISA, NETWORK, built.id().bytes()));

        assertThat(faults(IsaPackageCodec.decode(forged.encoded(), NETWORK))).hasSize(1);
    }

    @Test
    void lineThatCoversAllNeedsHasNoFault() {
        assertThat(line("0", "21", MeasureUnit.CM, "PLA").faultsOf(manifest())).isEmpty();
    }

    @Test
    void lineThatFallsShortSaysWhatIsNeededAndWhatItAllows() {
        assertThat(line("0", "7.5", MeasureUnit.CM, "PLA").faultsOf(manifest()))
                .containsExactly(
                        "build-height of 0 to 80 mm is needed, the line allows 0 to 7.5 cm");
        assertThat(line("0", "21", MeasureUnit.S, "PLA").faultsOf(manifest()))
                .containsExactly(
                        "build-height is needed in 0 to 80 mm, the line declares 0 to 21 s");
        assertThat(line("0", "21", MeasureUnit.CM, "ABS").faultsOf(manifest()))
                .containsExactly("material [PLA, PETG] is needed, the line has [ABS]");
        LineCapability nothing =
                new LineCapability(new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
        assertThat(nothing.faultsOf(manifest())).hasSize(5);
    }

    private static LineCapability line(String from, String to, MeasureUnit unit, String material) {
        return new LineCapability(
                new TreeSet<>(List.of("fdm-printing", "milling")),
                new TreeSet<>(List.of(material)),
                new TreeMap<>(
                        Map.of(
                                "build-height", MeasureRange.of(from, to, unit),
                                "nozzle-temperature",
                                        MeasureRange.of("0", "260", MeasureUnit.DEG_C),
                                "time-per-unit", MeasureRange.of("1", "2", MeasureUnit.H))));
    }

    private static IsaManifest manifest() {
        return new IsaManifest(
                "cup",
                "1.0.0",
                AUTHOR.publicKey(),
                "CC-BY-4.0",
                "A cup with a handle",
                List.of(
                        new IsaInput(
                                "height",
                                MeasureRange.of("10", "120", MeasureUnit.MM),
                                new BigDecimal("80"))),
                "fdm-printing",
                new TreeMap<>(
                        Map.of(
                                "build-height", MeasureRange.of("0", "80", MeasureUnit.MM),
                                "nozzle-temperature",
                                        MeasureRange.of("190", "220", MeasureUnit.DEG_C))),
                new IsaPrice(Amount.parse("0.25"), "cup"),
                new IsaConstraints(
                        List.of("PLA", "PETG"),
                        Optional.of(MeasureRange.of("0", "90", MeasureUnit.MIN)),
                        Optional.empty()),
                new TreeMap<>(Map.of("program", "cup.gcode", "contract", "order.whm")),
                List.of());
    }

    private static IsaPackage build(IsaManifest manifest) {
        return IsaPackage.build(manifest, FILES, AUTHOR, NETWORK);
    }

    private static IsaPackage valid(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Valid.class);
        return ((Decoded.Valid) decoded).isaPackage();
    }

    private static List<String> faults(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Faulty.class);
        return ((Decoded.Faulty) decoded).faults();
    }

    private static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}

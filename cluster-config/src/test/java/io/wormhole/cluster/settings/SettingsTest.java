package io.wormhole.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private enum Role {
        FULL_NODE,
        MINER
    }

    private record Node(Http http, List<HostPort> peers, Role role, Optional<Secret> token) {}

    private record Http(String host, int port, Duration timeout, long maxBodyBytes) {
        static Http from(SettingsSection section) {
            return new Http(
                    section.text("host", 100),
                    section.port("port"),
                    section.duration("timeout", Duration.ofMillis(1), Duration.ofMinutes(1)),
                    section.size("max-body", 1, 1 << 20));
        }
    }

    private static Node node(SettingsSection section) {
        Optional<Http> http = section.section("http", Http::from);
        List<HostPort> peers = section.list("peers", 3, HostPort::parse);
        Role role = section.choice("role", Role.class);
        Optional<Secret> token = section.optional("token", key -> section.secret(key, 8));
        return new Node(http.orElseThrow(), peers, role, token);
    }

    private static final String GOOD =
            """
            wormhole {
              http { host = 127.0.0.1, port = 8080, timeout = 5s, max-body = 64KiB }
              peers = ["10.0.0.1:4000", "[::1]:4001"]
              role = full-node
            }
            """;

    @Test
    void goodSettingsBecomeTypedValues() {
        Node node = read(GOOD);

        assertThat(node.http())
                .isEqualTo(new Http("127.0.0.1", 8080, Duration.ofSeconds(5), 65_536));
        assertThat(node.peers())
                .containsExactly(new HostPort("10.0.0.1", 4000), new HostPort("::1", 4001));
        assertThat(node.role()).isEqualTo(Role.FULL_NODE);
        assertThat(node.token()).isEmpty();
    }

    @Test
    void everyFaultIsFoundAtOnceWithNamePlaceAndWhatIsAllowed() {
        SettingsRefused refused =
                refused(
                        """
                        wormhole {
                          http { host = "", port = 99999, timeout = soon, max-body = 2MiB }
                          peers = ["10.0.0.1"]
                          role = boss
                          tokn = x
                        }
                        """);

        assertThat(refused.getMessage())
                .contains("wormhole.http.host (node.conf:2): is \"\"")
                .contains("wormhole.http.port (node.conf:2): is 99999")
                .contains("from 0 to 65535")
                .contains("wormhole.http.timeout (node.conf:2): is \"soon\"")
                .contains("from 1ms to 60s")
                .contains("wormhole.http.max-body (node.conf:2)")
                .contains("from 1 to 1048576 bytes")
                .contains("wormhole.peers.0 (node.conf:3): is \"10.0.0.1\", allowed is host:port")
                .contains("wormhole.role (node.conf:4): is \"boss\"")
                .contains("one of full-node, miner");
        assertThat(refused.faults()).hasSize(6);
    }

    @Test
    void anUnknownKeyIsNamedWithTheAllowedOnes() {
        SettingsRefused refused = refused(GOOD.replace("role", "tokn = x\n  role"));

        assertThat(refused.faults())
                .containsExactly(
                        new SettingFault(
                                "wormhole.tokn",
                                "node.conf:4",
                                "is unknown, allowed are http, peers, role, token"));
    }

    @Test
    void aMissingKeyAndAMissingRootAreNamed() {
        assertThat(refused("wormhole { peers = [], role = miner }").faults())
                .containsExactly(new SettingFault("wormhole.http", "", "is missing"));
        assertThat(refused("worm { }").getMessage()).contains("wormhole: is missing");
        assertThat(refused("wormhole = 3").getMessage()).contains("not a section");
    }

    @Test
    void kindsAreNotMixedUp() {
        SettingsRefused refused =
                refused(
                        """
                        wormhole { http = 7, peers = { a = 1 }, role = [miner], token = 12345678 }
                        """);

        assertThat(refused.getMessage())
                .contains("wormhole.http (node.conf:1): is 7, allowed is a section")
                .contains("wormhole.peers (node.conf:1): is a section, allowed is a list")
                .contains("wormhole.role (node.conf:1): is a list, allowed is one of")
                .contains("wormhole.token");
    }

    @Test
    void aSecretIsNeverShown() {
        Node node = read(GOOD.replace("role", "token = correct-horse, role"));
        SettingsRefused refused = refused(GOOD.replace("role", "token = hunter2, role"));

        assertThat(node.token().orElseThrow().reveal()).isEqualTo("correct-horse");
        assertThat(node.toString()).doesNotContain("correct-horse").contains("(secret)");
        assertThat(refused.getMessage()).contains("wormhole.token").doesNotContain("hunter2");
    }

    @Test
    void halvesAreNoWholeNumbersAndRangesIncludeTheirEnds() {
        Function<SettingsSection, Long> reader = section -> section.integer("n", 1, 3);

        assertThat(Settings.<Long>read(plain("n = 1"), "", reader)).isEqualTo(1);
        assertThat(Settings.<Long>read(plain("n = \"3\""), "", reader)).isEqualTo(3);
        for (String bad : List.of("1.5", "0", "4", "1e400", "true", "99999999999999999999")) {
            assertThatThrownBy(() -> Settings.read(plain("n = " + bad), "", reader))
                    .isInstanceOf(SettingsRefused.class)
                    .hasMessageContaining("a whole number from 1 to 3");
        }
    }

    @Test
    void decimalsAreExact() {
        BigDecimal number =
                Settings.read(
                        plain("x = 0.1"),
                        "",
                        section -> section.decimal("x", BigDecimal.ZERO, BigDecimal.ONE));

        assertThat(number).isEqualTo(new BigDecimal("0.1"));
    }

    @Test
    void listsOfSectionsAndNamedSectionsNameTheirElements() {
        Function<SettingsSection, Integer> port = section -> section.port("port");

        List<Integer> ports =
                Settings.read(plain("s = [{port=1},{port=2}]"), "", s -> s.sections("s", 2, port));
        assertThat(ports).containsExactly(1, 2);
        Map<String, Integer> named =
                Settings.read(
                        plain("d { b { port = 2 }, a { port = 1 } }"),
                        "",
                        s -> s.named("d", (name, section) -> section.port("port")));
        assertThat(named).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
        assertThatThrownBy(
                        () ->
                                Settings.read(
                                        plain("s = [{port=1},{prt=2}]"),
                                        "",
                                        s -> s.sections("s", 2, port)))
                .hasMessageContaining("s.1.port: is missing")
                .hasMessageContaining("s.1.prt (node.conf:1): is unknown, allowed are port");
        assertThatThrownBy(
                        () ->
                                Settings.read(
                                        plain("s = [{},{},{}]"), "", s -> s.sections("s", 2, port)))
                .hasMessageContaining("has 3 elements, allowed are 2");
    }

    @Test
    void aValueThatRefusesItsPartsIsAFaultOfItsSection() {
        assertThatThrownBy(
                        () ->
                                Settings.read(
                                        plain("a = 5"),
                                        "",
                                        section -> {
                                            section.integer("a", 0, 9);
                                            throw new IllegalArgumentException("a is odd");
                                        }))
                .isInstanceOf(SettingsRefused.class)
                .hasMessageContaining("a is odd");
    }

    @Test
    void aFileIsLoadedOverTheDefaultsAndItsFaultsNameTheLine(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("acme.conf"), GOOD.replace("8080", "80800"));

        SettingsRefused refused =
                catchThrowableOfType(
                        SettingsRefused.class,
                        () -> Settings.read(Settings.load(file), "wormhole", SettingsTest::node));

        assertThat(refused).hasMessageContaining("wormhole.http.port (acme.conf:2): is 80800");
    }

    @Test
    void aMissingHugeOrBrokenFileIsRefusedByName(@TempDir Path dir) throws Exception {
        Path missing = dir.resolve("missing.conf");
        Path huge = Files.write(dir.resolve("huge.conf"), new byte[Settings.MAX_BYTES + 1]);
        Path broken = Files.writeString(dir.resolve("broken.conf"), "a = {\n b = ]\n");

        assertThatThrownBy(() -> Settings.load(missing))
                .isInstanceOf(SettingsRefused.class)
                .hasMessageContaining("missing.conf");
        assertThatThrownBy(() -> Settings.load(huge))
                .isInstanceOf(SettingsRefused.class)
                .hasMessageContaining("1048577 bytes, allowed are 1048576");
        assertThatThrownBy(() -> Settings.load(broken))
                .isInstanceOf(SettingsRefused.class)
                .hasMessageContaining("broken.conf")
                .hasMessageContaining("2");
    }

    @Test
    void plainTextOfOthersMayNotIncludeSubstituteOrNestWithoutEnd() {
        for (String hostile :
                List.of(
                        "include \"/etc/passwd\"",
                        "include url(\"http://127.0.0.1/x\")",
                        "a = ${HOME}",
                        "a = x, b = ${a}${a}, c = ${b}${b}",
                        "a = [1], a += 2",
                        "[".repeat(200_000),
                        "{a:".repeat(200_000),
                        "a.".repeat(200_000) + "b = 1")) {
            assertThatThrownBy(() -> Settings.parsePlain("cup.conf", hostile))
                    .isInstanceOf(SettingsRefused.class)
                    .hasMessageContaining("cup.conf");
        }
        assertThatThrownBy(
                        () -> Settings.parsePlain("cup.conf", "a".repeat(Settings.MAX_BYTES + 1)))
                .isInstanceOf(SettingsRefused.class)
                .hasMessageContaining("allowed are 1048576");
    }

    @Test
    void theDeepestAllowedNestingIsParsed() {
        String path = "a.".repeat(32) + "a";
        String deep = (path + " {").repeat(31) + path + " = 1" + "}".repeat(31);

        assertThat(Settings.parsePlain("deep.conf", deep).root().render()).isNotEmpty();
    }

    @Test
    void noiseIsRefusedOrReadButNeverBreaksTheParser() {
        SplittableRandom random = new SplittableRandom(20_261_120L);
        String alphabet = "ab.{}[]\"\\\n#/:=+,$ 1-?()\u0000\u00e9";

        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            for (int j = 0; j < length; j++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Settings.read(Settings.parsePlain("noise", text.toString()), "", s -> s.port("a"));
            } catch (SettingsRefused expected) {
                assertThat(expected.faults()).isNotEmpty();
            }
        }
    }

    @Test
    void hostAndPortPrintAsTheyAreWritten() {
        for (String good : List.of("localhost:1", "[::1]:65535", "acme.example:0")) {
            assertThat(HostPort.parse(good)).hasToString(good);
        }
        for (String bad : List.of("", ":1", "a", "a:", "a:65536", "::1:3", "a b:1", "a:-1")) {
            assertThatThrownBy(() -> HostPort.parse(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("allowed is");
        }
    }

    private static Config plain(String text) {
        return Settings.parsePlain("node.conf", text);
    }

    private static Node read(String text) {
        return Settings.read(plain(text), "wormhole", SettingsTest::node);
    }

    private static SettingsRefused refused(String text) {
        return catchThrowableOfType(SettingsRefused.class, () -> read(text));
    }

    @Test
    void defaultsOfOtherModulesAreVisible() {
        assertThat(Settings.defaults().hasPath("pekko.actor")).isTrue();
    }
}

package io.wormhole.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Strings of BIP-350's reference vectors, as far as they apply to whole bytes. */
class Bech32mTest {
    private static final String LONG_PREFIX =
            "an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber1";

    private final Arbitrary any = Arbitrary.forTest("Bech32mTest", 350);

    @Test
    void validReferenceStringsAreRead() {
        assertThat(Bech32m.decode("a", "A1LQFN3A")).isEqualTo(Bytes.EMPTY);
        assertThat(Bech32m.decode("a", "a1lqfn3a")).isEqualTo(Bytes.EMPTY);
        assertThat(Bech32m.decode("?", "?1v759aa")).isEqualTo(Bytes.EMPTY);
        assertThat(Bech32m.decode(LONG_PREFIX, LONG_PREFIX + "1sg7hg6")).isEqualTo(Bytes.EMPTY);
        assertThat(Bech32m.decode("abcdef", "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx"))
                .isEqualTo(Bytes.ofHex("ffbbcdeb38bdab49ca307b9ac5a928398a418820"));
        assertThat(
                        Bech32m.decode(
                                "split",
                                "split1checkupstagehandshakeupstreamerranterredcaperredlc445v"))
                .isEqualTo(
                        Bytes.ofHex(
                                "c5f38b70305f519bf66d85fb6cf03058f3dde463ecd7918f2dc743918f2d"));
    }

    @Test
    void referenceStringsAreWritten() {
        assertThat(Bech32m.encode("a", Bytes.EMPTY)).isEqualTo("a1lqfn3a");
        assertThat(
                        Bech32m.encode(
                                "abcdef", Bytes.ofHex("ffbbcdeb38bdab49ca307b9ac5a928398a418820")))
                .isEqualTo("abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx");
    }

    @Test
    void invalidReferenceStringsAreRefused() {
        Map<String, String> prefixes =
                Map.ofEntries(
                        Map.entry(" 1xj0phk", " "),
                        Map.entry("\u007f1g6xzxy", "\u007f"),
                        Map.entry("\u00801vctc34", "\u0080"),
                        Map.entry("qyrz8wqd2c9m", "qyrz"),
                        Map.entry("y1b0jsk6g", "y"),
                        Map.entry("lt1igcx5c0", "lt"),
                        Map.entry("in1muywd", "in"),
                        Map.entry("mm1crxm3i", "mm"),
                        Map.entry("au1s5cgom", "au"),
                        Map.entry("M1VUXWEZ", "m"));

        prefixes.forEach(
                (text, prefix) ->
                        assertThatThrownBy(() -> Bech32m.decode(prefix, text))
                                .as(text)
                                .isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void bitsThatFillNoByteAreZero() {
        String ones = "11" + "l".repeat(82) + "ludsr8";

        assertThatThrownBy(() -> Bech32m.decode("1", ones)).hasMessageContaining("padding");
    }

    @Test
    void theOlderChecksumIsRefused() {
        assertThatThrownBy(() -> Bech32m.decode("a", "a12uel5l"))
                .hasMessageContaining("checksum does not match");
    }

    @Test
    void anyOneToFourMistypedSignsAreNoticed() {
        for (int round = 0; round < 2_000; round++) {
            Address address = any.address();
            StringBuilder mistyped = new StringBuilder(address.toString());
            for (int error = any.below(4); error >= 0; error--) {
                int place = 4 + any.below(mistyped.length() - 4);
                mistyped.setCharAt(place, "qpzry9x8gf2tvdw0s3jn54khce6mua7l".charAt(any.below(32)));
            }
            String text = mistyped.toString();
            if (!text.equals(address.toString())) {
                assertThatThrownBy(() -> Address.parse(text))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void anAddressIsReadBackInEitherCaseButNotInBoth() {
        Address address = any.address();
        String text = address.toString();

        assertThat(text).startsWith("dsd1").hasSize(62);
        assertThat(Address.parse(text)).isEqualTo(address);
        assertThat(Address.parse(text.toUpperCase(Locale.ROOT))).isEqualTo(address);
        assertThatThrownBy(() -> Address.parse("D" + text.substring(1)))
                .hasMessageContaining("upper and lower case are mixed");
    }

    @Test
    void signsThatOnlyFoldToLettersAreRefused() {
        String text = Bech32m.encode("dsd", Bytes.ofHex("b5".repeat(32)));
        String folding = text.toUpperCase(Locale.ROOT).replace('K', '\u212a');

        assertThat(folding).isNotEqualTo(text.toUpperCase(Locale.ROOT));
        assertThatThrownBy(() -> Address.parse(folding)).hasMessageContaining("ASCII");
    }

    @Test
    void anAddressOfAnotherLengthIsRefused() {
        String shorter = Bech32m.encode("dsd", any.bytes(31));
        String empty = Bech32m.encode("dsd", Bytes.EMPTY);

        assertThatThrownBy(() -> Address.parse(shorter)).hasMessageContaining("32 bytes, found 31");
        assertThatThrownBy(() -> Address.parse(empty)).hasMessageContaining("32 bytes, found 0");
        assertThatThrownBy(() -> Address.parse("dsd1".repeat(1_000)))
                .hasMessageContaining("text longer than 1024");
    }

    @Test
    void aSecretInTheWrongFieldIsNotRepeated() {
        String secret = Bech32m.encode("dsdsec", any.bytes(32));

        assertThatThrownBy(() -> Address.parse(secret))
                .hasMessage("expected dsd1…, found dsdsec1… (65 characters)");
        assertThatThrownBy(() -> Address.parse("dsd1" + secret.substring(7)))
                .hasMessageContaining("checksum")
                .hasMessageNotContaining(secret.substring(7, 17));
    }
}

package io.wormhole.settlement.cuckoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CuckooVerifierTest {
    static Stream<JsonNode> proofs() {
        return CuckooVectors.rows("verify").stream();
    }

    static Stream<JsonNode> hashedProofs() {
        return proofs().filter(row -> row.has("proofHashBigEndianWords"));
    }

    @Test
    void sipHashGivesThePublishedOutputs() {
        for (JsonNode row : CuckooVectors.rows("siphash")) {
            JsonNode k = row.get("keys");
            SipHash24 keys =
                    new SipHash24(word(k.get(0)), word(k.get(1)), word(k.get(2)), word(k.get(3)));

            assertThat(keys.hash(word(row.get("nonce"))))
                    .isEqualTo(Long.parseUnsignedLong(row.get("out").asText()));
        }
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void everyProofGetsItsVerdict(JsonNode row) {
        CuckooVerifier verifier = new CuckooVerifier(CuckooVectors.parameters(row));
        byte[] header = CuckooVectors.hex(row.get("header").asText());

        Verdict verdict = verifier.verify(header, CuckooVectors.proof(row.get("proof")));

        assertThat(verdict).as(row.get("id").asText()).hasToString(row.get("reason").asText());
        assertThat(verdict.isOk()).isEqualTo(row.get("valid").asBoolean());
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void theHeaderGivesTheKeys(JsonNode row) {
        SipHash24 keys = SipHash24.ofHeader(CuckooVectors.hex(row.get("header").asText()));

        assertThat(
                        Stream.of(keys.k0(), keys.k1(), keys.k2(), keys.k3())
                                .map(HexFormat.of()::toHexDigits)
                                .toList())
                .isEqualTo(texts(row.get("keys")));
    }

    @ParameterizedTest
    @MethodSource("hashedProofs")
    void proofHashOverBigEndianWords(JsonNode row) {
        byte[] hash =
                ProofEncoding.BIG_ENDIAN_WORDS.hash(
                        CuckooVectors.parameters(row), CuckooVectors.proof(row.get("proof")));

        assertThat(HexFormat.of().formatHex(hash))
                .isEqualTo(row.get("proofHashBigEndianWords").asText());
    }

    @ParameterizedTest
    @EnumSource(ProofEncoding.class)
    void encodingsAreReadBackAndRefuseStrayBits(ProofEncoding encoding) {
        SplittableRandom random = new SplittableRandom(7);
        for (int edgeBits = CuckooParameters.MIN_EDGE_BITS;
                edgeBits <= CuckooParameters.MAX_EDGE_BITS;
                edgeBits++) {
            CuckooParameters parameters =
                    new CuckooParameters(CuckooVariant.CUCKATOO, edgeBits, 42);
            CuckooProof proof =
                    CuckooProof.of(random.longs(42, 0, parameters.edges()).sorted().toArray());

            byte[] bytes = encoding.encode(parameters, proof);

            assertThat(encoding.decode(parameters, bytes)).isEqualTo(proof);
            assertThatThrownBy(() -> encoding.decode(parameters, new byte[bytes.length + 1]))
                    .hasMessageContaining("allowed: " + bytes.length);
        }
    }

    @Test
    void packedProofWithPaddingBitsIsRefused() {
        CuckooParameters parameters = new CuckooParameters(CuckooVariant.CUCKATOO, 19, 42);
        byte[] bytes = ProofEncoding.PACKED_BITS.encode(parameters, CuckooProof.of(new long[42]));
        bytes[bytes.length - 1] = (byte) 0x80;

        assertThatThrownBy(() -> ProofEncoding.PACKED_BITS.decode(parameters, bytes))
                .hasMessageContaining("bits set outside");
    }

    @Test
    void parametersOutOfRangeAreRefusedWithTheRange() {
        assertThatThrownBy(() -> new CuckooParameters(CuckooVariant.CUCKOO, 9, 42))
                .hasMessageContaining("allowed: 10 to 32");
        assertThatThrownBy(() -> new CuckooParameters(CuckooVariant.CUCKOO, 33, 42))
                .hasMessageContaining("allowed: 10 to 32");
        assertThatThrownBy(() -> new CuckooParameters(CuckooVariant.CUCKOO, 12, 41))
                .hasMessageContaining("allowed: even, 2 to 254");
        assertThatThrownBy(() -> CuckooVariant.fromId("cuckaroo"))
                .hasMessageContaining("allowed: cuckoo, cuckoo-ae, cuckatoo");
    }

    // Unsigned 64-bit: a number, or decimal digits in a text.
    private static long word(JsonNode number) {
        return new BigInteger(number.asText()).longValue();
    }

    private static List<String> texts(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                .map(i -> array.get(i).asText())
                .toList();
    }
}

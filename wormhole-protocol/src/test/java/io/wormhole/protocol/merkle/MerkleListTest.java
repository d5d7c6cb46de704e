package io.wormhole.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleListTest {
    @Test
    void rootsAndPathsAreThoseOfTheReferenceTests() {
        for (JsonNode vector : Vectors.cases("mechanisms/merkle_rfc6962.json")) {
            List<Bytes> leaves = new ArrayList<>();
            vector.get("leavesHex").forEach(hex -> leaves.add(Bytes.ofHex(hex.asText())));
            List<Hash> path = new ArrayList<>();
            vector.get("expect").get("path").forEach(hex -> path.add(Hash.ofHex(hex.asText())));
            Hash root = Hash.ofHex(vector.get("expect").get("root").asText());
            int index = vector.get("index").asInt();

            MerkleListProof proof = MerkleList.prove(leaves, index);

            assertThat(MerkleList.root(leaves)).isEqualTo(root);
            assertThat(proof.path()).isEqualTo(path);
            assertThat(proof.verifies(root, leaves.get(index))).isTrue();
        }
    }

    @Test
    void theEmptyListHasTheHashOfNothing() {
        Hash root = MerkleList.root(List.of());

        assertThat(root.toHex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void everyLeafOfEveryListIsProvenInItsPlaceAlone() {
        for (int size = 1; size <= 33; size++) {
            List<Bytes> leaves = numbered(size);
            Hash root = MerkleList.root(leaves);
            for (int index = 0; index < size; index++) {
                MerkleListProof proof = MerkleList.prove(leaves, index);
                int other = (index + 1) % size;

                assertThat(proof.verifies(root, leaves.get(index))).isTrue();
                assertThat(proof.verifies(root, leaves.get(other))).isEqualTo(other == index);
                assertThat(proof.verifies(MerkleList.root(numbered(size + 1)), leaves.get(index)))
                        .isFalse();
            }
        }
    }

    @Test
    void aBranchIsNotAcceptedAsALeaf() {
        List<Bytes> leaves = numbered(4);
        Hash left = MerkleList.node(MerkleList.leaf(leaves.get(0)), MerkleList.leaf(leaves.get(1)));
        Hash right =
                MerkleList.node(MerkleList.leaf(leaves.get(2)), MerkleList.leaf(leaves.get(3)));

        MerkleListProof forged = new MerkleListProof(0, 2, List.of(right));

        Bytes inner =
                MerkleList.leaf(leaves.get(0))
                        .bytes()
                        .concat(MerkleList.leaf(leaves.get(1)).bytes());
        assertThat(MerkleList.node(left, right)).isEqualTo(MerkleList.root(leaves));
        assertThat(forged.verifies(MerkleList.root(leaves), inner)).isFalse();
        assertThat(forged.verifies(MerkleList.root(leaves), left.bytes())).isFalse();
    }

    @Test
    void aPathOfAnotherLengthThanThePlaceNeedsIsRefused() {
        List<Hash> path = MerkleList.path(numbered(7), 6);

        assertThat(path).hasSize(2);
        assertThatThrownBy(() -> new MerkleListProof(5, 7, path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leaf 5 of 7 has a path of 3 hashes, found 2");
        assertThatThrownBy(() -> new MerkleListProof(7, 7, path))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anyChangedBitOfAnEncodedProofIsRefusedOrDoesNotVerify() {
        Arbitrary any = Arbitrary.forTest("MerkleListTest", 1);
        List<Bytes> leaves = numbered(19);
        Hash root = MerkleList.root(leaves);
        Bytes encoded = MerkleList.prove(leaves, 17).encoded();

        assertThat(CanonicalReader.decode(encoded, MerkleListProof::readFrom))
                .isEqualTo(MerkleList.prove(leaves, 17));
        for (int round = 0; round < 500; round++) {
            assertThat(verifies(any.withOneBitFlipped(encoded), root, leaves.get(17))).isFalse();
        }
    }

    private static boolean verifies(Bytes encoded, Hash root, Bytes leaf) {
        try {
            return CanonicalReader.decode(encoded, MerkleListProof::readFrom).verifies(root, leaf);
        } catch (MalformedBytesException refused) {
            return false;
        }
    }

    private static List<Bytes> numbered(int size) {
        return IntStream.range(0, size).mapToObj(i -> Bytes.of((byte) i, (byte) size)).toList();
    }
}

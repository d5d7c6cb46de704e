package io.wormhole.settlement.store;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.DamagedNodeException;
import io.wormhole.protocol.merkle.MissingNodeException;
import java.util.Optional;

/** What a damaged disk may hold, under a fuzzer that is guided by coverage. */
final class StoredFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void factsAreMalformedOrHaveThisOneEncoding(byte[] data) {
        Bytes encoded = Bytes.of(data);
        try {
            require(FactCodec.encode(FactCodec.decode(encoded)).equals(encoded));
        } catch (IllegalArgumentException malformed) {
            // As it should be.
        }
    }

    @FuzzTest(maxDuration = "30s")
    void voteIsMalformedOrHasThisOneEncoding(byte[] data) {
        Bytes encoded = Bytes.of(data);
        try {
            VoteRecord vote = CanonicalReader.decode(encoded, VoteRecord::readFrom);
            require(vote.encoded().equals(encoded));
        } catch (IllegalArgumentException malformed) {
            // As it should be.
        }
    }

    @FuzzTest(maxDuration = "1m")
    void pieceOfTheStateIsDamagedOrMissing(byte[] data) {
        Hash root = Hash.ofHex("11".repeat(Hash.SIZE));
        AuthenticatedMap map = AuthenticatedMap.open(root, hash -> Optional.of(Bytes.of(data)));
        try {
            throw new AssertionError("the rule is broken: " + map.get(root));
        } catch (DamagedNodeException | MissingNodeException refused) {
            // As it should be: nobody knows content of that hash.
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("the rule is broken");
        }
    }
}

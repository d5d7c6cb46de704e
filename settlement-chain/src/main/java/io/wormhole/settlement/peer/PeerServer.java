package io.wormhole.settlement.peer;

import com.google.protobuf.ByteString;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.light.LightServer;
import io.wormhole.settlement.peer.wire.BlockBody;
import io.wormhole.settlement.peer.wire.BlocksMissing;
import io.wormhole.settlement.peer.wire.Headers;
import io.wormhole.settlement.peer.wire.LightQuestion;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.relay.CompactBlock;
import io.wormhole.settlement.store.ChainStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Answers what peers ask of the stored chain; every method may wait for the database. */
record PeerServer(ChainReads reads, ChainStore store, LightServer light) {
    PeerMessage headers(List<Hash> locator) {
        Headers.Builder headers = Headers.newBuilder();
        reads.headersAfter(locator).forEach(header -> headers.addHeaders(Wire.bytes(header)));
        return PeerMessage.newBuilder().setHeaders(headers).build();
    }

    PeerMessage whole(Hash hash) {
        return store.body(hash)
                .map(
                        body ->
                                PeerMessage.newBuilder()
                                        .setBlock(BlockBody.newBuilder().setBlock(bytes(body)))
                                        .build())
                .orElseGet(() -> missing(hash));
    }

    /** A block without its witness. */
    PeerMessage bare(Hash hash) {
        return store.bare(hash)
                .map(
                        bare ->
                                PeerMessage.newBuilder()
                                        .setBlock(BlockBody.newBuilder().setBare(bytes(bare)))
                                        .build())
                .orElseGet(() -> missing(hash));
    }

    PeerMessage compact(Hash hash) {
        return block(hash)
                .map(
                        block ->
                                Messages.compact(
                                        CompactBlock.of(
                                                block, ThreadLocalRandom.current().nextLong())))
                .orElseGet(() -> missing(hash));
    }

    PeerMessage parts(Hash hash, List<Integer> places) {
        Optional<Block> block = block(hash);
        if (block.isEmpty()) {
            return missing(hash);
        }
        List<SignedTransaction> all = block.get().transactions();
        List<SignedTransaction> parts = new ArrayList<>();
        for (int place : places) {
            if (place < 0 || place >= all.size()) {
                throw new IllegalArgumentException(
                        "block %s has no transaction %d".formatted(hash, place));
            }
            parts.add(all.get(place));
        }
        return Messages.parts(hash, parts);
    }

    PeerMessage light(LightQuestion question) {
        return PeerMessage.newBuilder().setLightAnswer(LightWire.answer(question, light)).build();
    }

    private Optional<Block> block(Hash hash) {
        return store.body(hash).map(Block::decode);
    }

    private static PeerMessage missing(Hash hash) {
        return PeerMessage.newBuilder()
                .setBlocksMissing(BlocksMissing.newBuilder().addHashes(Wire.bytes(hash)))
                .build();
    }

    private static ByteString bytes(Bytes body) {
        return ByteString.copyFrom(body.toBuffer());
    }
}

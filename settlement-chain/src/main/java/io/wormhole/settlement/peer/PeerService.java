package io.wormhole.settlement.peer;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.peer.wire.LightQuestion;
import io.wormhole.settlement.peer.wire.PartsWanted;
import io.wormhole.settlement.peer.wire.PeerMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/**
 * Answers what one peer asks of the stored chain: checks the question at once, reads elsewhere, and
 * sends. Each answer is complete when it is on its way.
 */
final class PeerService {
    /** Sends a message to the peer. */
    interface Transmission {
        CompletionStage<Done> send(PeerMessage message);
    }

    private final PeerServer server;
    private final Executor blocking;
    private final Transmission transmission;

    /**
     * A service.
     *
     * @param blocking where reading the store may wait
     */
    PeerService(PeerServer server, Executor blocking, Transmission transmission) {
        this.server = server;
        this.blocking = blocking;
        this.transmission = transmission;
    }

    CompletionStage<?> headers(PeerMessage message) {
        List<Hash> locator =
                Wire.hashes(message.getHeadersWanted().getLocatorList(), Wire.MAXIMUM_LOCATOR);
        return answer(() -> server.headers(locator));
    }

    CompletionStage<?> blocks(PeerMessage message) {
        List<Hash> hashes =
                Wire.hashes(message.getBlocksWanted().getHashesList(), Wire.MAXIMUM_BLOCKS);
        Function<Hash, PeerMessage> answer =
                message.getBlocksWanted().getBare() ? server::bare : server::whole;
        CompletionStage<?> sent = CompletableFuture.completedFuture(Done.getInstance());
        for (Hash hash : hashes) {
            sent = sent.thenComposeAsync(before -> transmission.send(answer.apply(hash)), blocking);
        }
        return sent;
    }

    CompletionStage<?> compact(PeerMessage message) {
        Hash hash = Wire.hash(message.getCompactWanted().getHash());
        return answer(() -> server.compact(hash));
    }

    CompletionStage<?> parts(PartsWanted wanted) {
        Wire.require(wanted.getPlacesCount(), Wire.MAXIMUM_IDS, "places");
        Hash hash = Wire.hash(wanted.getHash());
        List<Integer> places = List.copyOf(wanted.getPlacesList());
        return answer(() -> server.parts(hash, places));
    }

    CompletionStage<?> light(LightQuestion question) {
        return answer(() -> server.light(question));
    }

    CompletionStage<?> transactions(List<SignedTransaction> transactions) {
        return CompletableFuture.allOf(
                Messages.inBatches(transactions).stream()
                        .map(transmission::send)
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new));
    }

    private CompletionStage<?> answer(Supplier<PeerMessage> answer) {
        return CompletableFuture.supplyAsync(answer, blocking).thenCompose(transmission::send);
    }
}

package io.wormhole.settlement.peer;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.relay.CompactBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * A new head as peers are told of it. Whoever passes blocks on gets the short form of its block
 * along, with the transactions that it may lack, so that a block takes one way instead of three.
 */
final class HeadNews {
    // More than that is fetched by whoever does not have it yet.
    private static final int MOST_ADDED_BYTES = 16 * 1024;

    private final ChainView view;
    private final long nowMillis;
    private final Optional<Block> block;
    private final Optional<CompactBlock> compact;

    private HeadNews(ChainView view, Optional<Block> block, long nowMillis) {
        this.view = view;
        this.nowMillis = nowMillis;
        this.block = block.filter(each -> each.transactions().size() <= Wire.MAXIMUM_IDS);
        this.compact =
                this.block.map(
                        each -> CompactBlock.of(each, ThreadLocalRandom.current().nextLong()));
    }

    /**
     * Tells those peers of the head of {@code view} that do not know it. The block is read only
     * when one of them gets its short form: a node that catches up knows nothing new.
     *
     * @param bodies reads stored blocks
     */
    static void tell(
            List<Peer> peers,
            ChainView view,
            Function<Hash, Optional<Bytes>> bodies,
            long nowMillis) {
        Hash head = view.head().index().hash();
        List<Peer> unaware = peers.stream().filter(peer -> !knows(peer, head)).toList();
        Optional<Block> block =
                unaware.stream().anyMatch(Peer::isRelaying)
                        ? bodies.apply(head).map(Block::decode)
                        : Optional.empty();
        HeadNews news = new HeadNews(view, block, nowMillis);
        for (Peer peer : unaware) {
            peer.knows(List.of(head));
            peer.send(news.message(peer));
        }
    }

    private static boolean knows(Peer peer, Hash head) {
        return peer.headHash().equals(head) || peer.unknownOf(List.of(head)).isEmpty();
    }

    private PeerMessage message(Peer peer) {
        if (!peer.isRelaying() || block.isEmpty() || compact.isEmpty()) {
            return Messages.headAnnounced(view, nowMillis);
        }
        return Messages.headAnnounced(
                view,
                Messages.shortForm(compact.get(), lackedBy(peer, block.get().transactions())),
                nowMillis);
    }

    private static List<SignedTransaction> lackedBy(Peer peer, List<SignedTransaction> all) {
        List<SignedTransaction> lacked = new ArrayList<>();
        int bytes = 0;
        for (SignedTransaction transaction : all) {
            if (mayLack(peer, transaction)) {
                bytes += transaction.encoded().size();
                if (bytes > MOST_ADDED_BYTES) {
                    break;
                }
                lacked.add(transaction);
            }
        }
        return lacked;
    }

    // A vote that a peer was given is forgotten there when it follows another fork: just then it
    // must not have to ask for it.
    private static boolean mayLack(Peer peer, SignedTransaction transaction) {
        return transaction.transaction().body() instanceof FinalityTransaction.Vote
                || !peer.unknownOf(List.of(transaction.id())).isEmpty();
    }
}

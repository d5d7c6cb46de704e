package io.wormhole.settlement.simulation;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.peer.SyncStep;
import io.wormhole.settlement.relay.CompactBlock;
import io.wormhole.settlement.store.StoredBlock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a simulated node says of blocks, and what it makes of what others say. */
final class BlockTalk {
    // A real node knows what each peer has; here it is guessed, now and then wrongly.
    private static final double TAKEN_FOR_LACKING = 0.5;

    private final SimulatedNode node;

    BlockTalk(SimulatedNode node) {
        this.node = node;
    }

    /** A new head with the short form of its block, votes and some other transactions added. */
    Letter.Head news(StoredBlock head) {
        Optional<SyncStep.Pushed> pushed =
                node.disk.body(head.index().hash()).map(block -> pushed(block));
        return new Letter.Head(head.header(), pushed);
    }

    private SyncStep.Pushed pushed(Block block) {
        List<SignedTransaction> added =
                block.transactions().stream()
                        .filter(
                                each ->
                                        each.transaction().body()
                                                        instanceof FinalityTransaction.Vote
                                                || node.world.chance(TAKEN_FOR_LACKING))
                        .toList();
        return new SyncStep.Pushed(CompactBlock.of(block, salt()), added);
    }

    private long salt() {
        return node.world.below(Integer.MAX_VALUE);
    }

    void heard(int from, Letter.OfBlocks letter) {
        long clock = node.clock();
        if (letter instanceof Letter.Head head) {
            head.pushed().ifPresent(form -> node.world.count("pushed"));
            node.perform(node.sync.headAnnounced(from, head.header(), head.pushed(), clock));
        } else if (letter instanceof Letter.Headers headers) {
            node.perform(node.sync.headers(from, headers.headers(), clock));
        } else if (letter instanceof Letter.Body body) {
            node.perform(node.sync.body(from, body.block().bare(), clock));
        } else if (letter instanceof Letter.Compact compact) {
            node.perform(node.sync.compact(from, compact.block(), clock));
        } else if (letter instanceof Letter.Parts parts) {
            node.perform(node.sync.parts(from, parts.hash(), parts.transactions(), clock));
        } else if (letter instanceof Letter.Missing missing) {
            node.perform(node.sync.missing(from, List.of(missing.hash()), clock));
        } else {
            answer(from, letter);
        }
    }

    private void answer(int from, Letter.OfBlocks letter) {
        if (letter instanceof Letter.AskHeaders ask) {
            send(from, new Letter.Headers(node.reads.headersAfter(ask.locator())));
        } else if (letter instanceof Letter.AskBlocks ask) {
            ask.hashes().forEach(hash -> send(from, hash, Letter.Body::new));
        } else if (letter instanceof Letter.AskCompact ask) {
            long salt = salt();
            send(from, ask.hash(), block -> new Letter.Compact(CompactBlock.of(block, salt)));
        } else if (letter instanceof Letter.AskParts ask) {
            send(
                    from,
                    ask.hash(),
                    block ->
                            new Letter.Parts(
                                    ask.hash(),
                                    ask.places().stream().map(block.transactions()::get).toList()));
        }
    }

    private void send(int to, Hash hash, Function<Block, Letter> answer) {
        send(to, node.disk.body(hash).map(answer).orElse(new Letter.Missing(hash)));
    }

    private void send(int to, Letter letter) {
        node.world.send(node.id, to, letter);
    }
}

package io.wormhole.settlement.validator;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.store.StoredBlock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * The votes in the last blocks of all forks that a store keeps: with them a node that starts again
 * remembers what it would otherwise have heard.
 *
 * @param rules of the network
 * @param blocksFrom all blocks of all forks from a height up, lowest first
 * @param bodies the transactions of a block, where they are kept
 */
public record PastVotes(
        FinalityRules rules,
        LongFunction<List<StoredBlock>> blocksFrom,
        Function<Hash, Optional<Bytes>> bodies) {
    // Whatever the length of an epoch. So many small blocks are read within about a second.
    private static final long MOST_BLOCKS = 2_000;

    /** Those that may still convict somebody where {@code headHeight} is reached, oldest first. */
    public List<SignedTransaction> upTo(long headHeight) {
        long blocks =
                Math.min(MOST_BLOCKS, (EvidenceWatch.epochsKept(rules) + 1L) * rules.epochLength());
        return blocksFrom.apply(Math.max(1, headHeight - blocks)).stream()
                .flatMap(block -> bodies.apply(block.index().hash()).stream())
                .flatMap(body -> BareBlock.decode(body).transactions().stream())
                .filter(each -> each.transaction().body() instanceof FinalityTransaction.Vote)
                .toList();
    }
}

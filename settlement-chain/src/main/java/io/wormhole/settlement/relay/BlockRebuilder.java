package io.wormhole.settlement.relay;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockWitness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Makes blocks of their short forms and of transactions that are known already; pure. */
public final class BlockRebuilder {
    private final BiFunction<BlockHeader, List<SignedTransaction>, Optional<BlockWitness>>
            witnesses;

    /**
     * A rebuilder.
     *
     * @param witnesses the witness of a block by its header and transactions; empty when the state
     *     before it is not here, or when they do not belong together
     */
    public BlockRebuilder(
            BiFunction<BlockHeader, List<SignedTransaction>, Optional<BlockWitness>> witnesses) {
        this.witnesses = witnesses;
    }

    /**
     * Rebuilds a block.
     *
     * @param sent transactions that the block's sender has added; they count before those of {@code
     *     waiting}
     * @param waiting transactions that are known here
     */
    public Rebuilt rebuild(
            CompactBlock compact,
            List<SignedTransaction> sent,
            Iterable<SignedTransaction> waiting) {
        Hash hash = compact.hash();
        Map<Long, Integer> places = new HashMap<>();
        for (int place = 0; place < compact.ids().size(); place++) {
            if (places.put(compact.ids().get(place), place) != null) {
                return new Rebuilt.Unfit(hash, "two short ids alike");
            }
        }
        List<Optional<SignedTransaction>> found = place(compact, places, sent, waiting);
        List<Integer> missing = new ArrayList<>();
        for (int place = 0; place < found.size(); place++) {
            if (found.get(place).isEmpty()) {
                missing.add(place);
            }
        }
        return missing.isEmpty()
                ? whole(compact, found.stream().flatMap(Optional::stream).toList())
                : new Rebuilt.Lacks(hash, missing);
    }

    private static List<Optional<SignedTransaction>> place(
            CompactBlock compact,
            Map<Long, Integer> places,
            List<SignedTransaction> sent,
            Iterable<SignedTransaction> waiting) {
        Hash hash = compact.hash();
        Map<Integer, SignedTransaction> certain = new HashMap<>();
        for (SignedTransaction transaction : sent) {
            Integer place =
                    places.get(CompactBlock.shortId(hash, compact.salt(), transaction.id()));
            if (place != null) {
                certain.put(place, transaction);
            }
        }
        Map<Integer, SignedTransaction> likely = new HashMap<>();
        List<Integer> ambiguous = new ArrayList<>();
        for (SignedTransaction transaction : waiting) {
            Integer place =
                    places.get(CompactBlock.shortId(hash, compact.salt(), transaction.id()));
            if (place != null && likely.putIfAbsent(place, transaction) != null) {
                // Two that look alike: only the sender knows which one it is.
                ambiguous.add(place);
            }
        }
        ambiguous.forEach(likely::remove);
        likely.putAll(certain);
        List<Optional<SignedTransaction>> found = new ArrayList<>();
        for (int place = 0; place < compact.ids().size(); place++) {
            found.add(Optional.ofNullable(likely.get(place)));
        }
        return found;
    }

    private Rebuilt whole(CompactBlock compact, List<SignedTransaction> transactions) {
        BlockHeader header = compact.header();
        if (!Block.transactionsRoot(transactions).equals(header.roots().transactions())) {
            return new Rebuilt.Unfit(compact.hash(), "the transactions are others");
        }
        return witnesses
                .apply(header, transactions)
                .<Rebuilt>map(
                        witness -> new Rebuilt.Whole(new Block(header, transactions, witness)))
                .orElse(new Rebuilt.Unfit(compact.hash(), "its witness cannot be found"));
    }
}

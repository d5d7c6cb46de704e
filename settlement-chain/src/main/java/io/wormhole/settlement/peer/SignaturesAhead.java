package io.wormhole.settlement.peer;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.block.BareBlock;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Has the signatures of blocks verified while those before them are imported: they are most of the
 * work, and depend on nothing. For one owner.
 */
final class SignaturesAhead {
    // What was verified must still be remembered when the block's turn comes.
    private static final int MOST_TRANSACTIONS = 20_000;

    private final Consumer<BareBlock> verify;
    private final Map<Hash, Integer> waiting = new HashMap<>();
    private final Queue<BareBlock> later = new ArrayDeque<>();
    private int transactions;

    /**
     * Nothing waits yet.
     *
     * @param verify verifies the signatures of a block elsewhere and remembers the valid ones
     */
    SignaturesAhead(Consumer<BareBlock> verify) {
        this.verify = verify;
    }

    /** A block goes to the chain, where it waits for all that went before. */
    void handedOver(BareBlock block) {
        boolean mustWait = !waiting.isEmpty();
        if (waiting.putIfAbsent(block.hash(), 0) == null && mustWait) {
            later.add(block);
            verifyMore();
        }
    }

    /** The chain has judged a block. */
    void judged(Hash block) {
        Integer count = waiting.remove(block);
        if (count != null) {
            transactions -= count;
            verifyMore();
        }
    }

    private void verifyMore() {
        BareBlock next = later.peek();
        while (next != null) {
            int count = next.transactions().size();
            boolean stillWaits = waiting.containsKey(next.hash());
            if (stillWaits && transactions + count > MOST_TRANSACTIONS) {
                return;
            }
            later.remove();
            if (stillWaits) {
                waiting.put(next.hash(), count);
                transactions += count;
                verify.accept(next);
            }
            next = later.peek();
        }
    }
}

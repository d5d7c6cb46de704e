package io.wormhole.settlement.block;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.ledger.Ledger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges as a {@link BlockVerifier}, but what was run to find a block's witness is not run again to
 * judge the block: its hash covers all that it does. For one owner.
 */
public final class RehearsingJudge implements BlockJudge {
    // A block whose witness was found is judged next, or hardly ever.
    private static final int REMEMBERED = 4;

    private final BlockVerifier verifier;
    private final Map<Hash, Judgement.Valid> rehearsed = new LinkedHashMap<>();

    /** A judge that has rehearsed nothing. */
    public RehearsingJudge(BlockVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public Optional<BlockWitness> witness(
            BlockHeader parentHeader,
            Ledger parent,
            BlockHeader header,
            List<SignedTransaction> transactions) {
        Optional<Judgement.Valid> run =
                verifier.rehearse(parentHeader, parent, header, transactions);
        run.ifPresent(done -> remember(header.hash(), done));
        return run.map(Judgement.Valid::witness);
    }

    private void remember(Hash block, Judgement.Valid run) {
        if (rehearsed.size() >= REMEMBERED) {
            rehearsed.remove(rehearsed.keySet().iterator().next());
        }
        rehearsed.put(block, run);
    }

    @Override
    public Judgement apply(HeaderContext context, Ledger parent, BareBlock block) {
        Judgement.Valid known = rehearsed.remove(block.hash());
        return known == null
                ? verifier.apply(context, parent, block)
                : verifier.confirm(context, block, known);
    }
}

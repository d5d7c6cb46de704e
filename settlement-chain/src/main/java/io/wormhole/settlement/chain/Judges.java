package io.wormhole.settlement.chain;

import io.wormhole.settlement.block.BlockJudge;
import io.wormhole.settlement.block.BlockVerifier;
import io.wormhole.settlement.block.RehearsingJudge;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.SignatureCheck;

/**
 * Who judges for a chain.
 *
 * @param signatures the senders' signatures
 * @param blocks whole blocks
 */
public record Judges(SignatureCheck signatures, BlockJudge blocks) {
    /** Judges that verify all, each signature and each block once. */
    public static Judges of(Genesis genesis) {
        SignatureCheck signatures = new VerifiedSignatures();
        return new Judges(signatures, new RehearsingJudge(new BlockVerifier(genesis, signatures)));
    }
}

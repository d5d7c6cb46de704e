package io.wormhole.settlement.validator;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.consensus.FinalityRules;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EvidenceWatchTest {
    private static final FinalityRules RULES = FinalityRules.development();
    private static final long NOW = 1_000;
    private static final SignedTransaction ONE = vote(NOW - 1, NOW, 1);
    private static final SignedTransaction OTHER = vote(NOW - 1, NOW, 2);

    private final EvidenceWatch watch = new EvidenceWatch(RULES);

    private static SignedTransaction vote(long source, long target, int block) {
        return Transaction.of(
                        Mallory.KEYS.publicKey(),
                        Nonce.ZERO,
                        Amount.ZERO,
                        new FinalityTransaction.Vote(
                                new Checkpoint(source, hash(0)),
                                new Checkpoint(target, hash(block))))
                .signedBy(Mallory.KEYS, Forge.GENESIS.networkId());
    }

    private static Hash hash(int number) {
        byte[] bytes = new byte[Hash.SIZE];
        Arrays.fill(bytes, (byte) number);
        return new Hash(Bytes.of(bytes));
    }

    @Test
    void twoVotesForOneEpochAreEvidenceOnce() {
        assertThat(watch.see(ONE, NOW)).isEmpty();
        assertThat(watch.see(ONE, NOW)).as("the same again").isEmpty();

        assertThat(watch.see(OTHER, NOW + 1))
                .contains(new FinalityTransaction.Evidence(ONE, OTHER));

        assertThat(watch.see(vote(NOW - 1, NOW, 3), NOW)).isEmpty();
        assertThat(watch.offenders()).containsExactly(Mallory.ADDRESS);
    }

    @Test
    void votesForEpochsToComePushNoEvidenceOut() {
        watch.see(ONE, NOW);
        for (long epoch = NOW + 1; epoch < NOW + 200; epoch++) {
            watch.see(vote(epoch, epoch + 1, 1), NOW);
        }

        assertThat(watch.see(OTHER, NOW)).isPresent();
    }

    @Test
    void anOffenceShowsAsLongAsTheStakeIsBound() {
        watch.see(ONE, NOW);
        for (long now = NOW + 1; now <= NOW + RULES.withdrawalDelayEpochs(); now++) {
            watch.see(vote(now - 1, now, 1), now);
        }

        assertThat(watch.see(OTHER, NOW + RULES.withdrawalDelayEpochs())).isPresent();
    }

    @Test
    void whatLiesFurtherBackIsNotLookedAt() {
        long later = NOW + RULES.withdrawalDelayEpochs() + 1;

        watch.see(ONE, NOW);

        assertThat(watch.see(OTHER, later)).isEmpty();
    }
}

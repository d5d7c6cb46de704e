package io.wormhole.settlement.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.ledger.BlockContext;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.LedgerAudit;
import io.wormhole.settlement.ledger.Outcome;
import io.wormhole.settlement.ledger.SignatureCheck;
import io.wormhole.settlement.ledger.Transitions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Single transactions of random people, Mallory among them, on random states. {@code
 * -Dwormhole.sequences=N} runs N / 4 sequences.
 */
class TransactionPropertiesTest {
    private static final int SEQUENCES =
            Math.max(1, Integer.getInteger("wormhole.sequences", 100) / 4);
    private static final int BLOCKS = 8;

    private interface Visitor {
        void visit(Arbitrary any, BlockTrial trial, SignedTransaction transaction);
    }

    private static void eachTransaction(long seed, Visitor visitor) {
        Arbitrary seeds = Arbitrary.forTest("TransactionProperties", seed);
        for (int i = 0; i < SEQUENCES; i++) {
            Arbitrary any = Arbitrary.ofSeed(seeds.random().nextLong());
            BlockTrial trial = new BlockTrial(any.oneIn(2) ? 0 : 10_000_000);
            RandomLife life = new RandomLife(any, trial.genesis().networkId(), trial.ledger());
            for (int block = 0; block < BLOCKS; block++) {
                List<SignedTransaction> sent =
                        life.transactions(trial.ledger(), trial.nextHeight());
                sent.forEach(transaction -> visitor.visit(any, trial, transaction));
                trial.append(sent);
            }
        }
    }

    private static BlockContext context(BlockTrial trial) {
        return new BlockContext(
                trial.genesis().parameters(),
                trial.genesis().networkId(),
                new BlockHeight(trial.nextHeight()),
                BlockTrial.PRODUCER,
                SignatureCheck.FULL);
    }

    @Test
    @Timeout(3600)
    void aTransactionHasOneEncoding() {
        eachTransaction(
                11,
                (any, trial, transaction) -> {
                    Bytes encoded = transaction.encoded();
                    assertThat(SignedTransaction.decode(encoded)).isEqualTo(transaction);
                    Bytes other = any.withOneBitFlipped(encoded);
                    try {
                        SignedTransaction read = SignedTransaction.decode(other);
                        assertThat(read).isNotEqualTo(transaction);
                        assertThat(read.encoded()).isEqualTo(other);
                        // Mallory sends some with a bit flipped, which this may flip back.
                        if (transaction.isSignedFor(trial.genesis().networkId())) {
                            assertThat(read.isSignedFor(trial.genesis().networkId())).isFalse();
                        }
                    } catch (IllegalArgumentException malformed) {
                        assertThat(malformed).hasMessageNotContaining("\n");
                    }
                });
    }

    @Test
    @Timeout(3600)
    void whatIsAppliedKeepsAllMoneyAndWhatIsRefusedChangesNothing() {
        eachTransaction(
                12,
                (any, trial, transaction) -> {
                    Ledger before = trial.ledger();
                    var root = before.roots(Hash.ZERO, Hash.ZERO);

                    Outcome outcome = Transitions.apply(before, transaction, context(trial));

                    assertThat(before.roots(Hash.ZERO, Hash.ZERO)).isEqualTo(root);
                    if (outcome instanceof Outcome.Applied applied) {
                        assertThat(
                                        money(applied.ledger())
                                                + applied.fee().baseUnits()
                                                + applied.rent().baseUnits())
                                .isEqualTo(money(before));
                        assertThat(Transitions.apply(before, transaction, context(trial)))
                                .as("the same again")
                                .isInstanceOf(Outcome.Applied.class);
                        assertThat(Transitions.apply(applied.ledger(), transaction, context(trial)))
                                .as("nothing holds twice")
                                .isInstanceOf(Outcome.Rejected.class);
                    }
                });
    }

    private static long money(Ledger ledger) {
        return LedgerAudit.held(ledger)
                + ledger.supply().burned().baseUnits()
                + ledger.supply().pool().baseUnits();
    }
}

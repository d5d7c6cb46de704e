package io.wormhole.settlement.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.ledger.LedgerAudit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever random people and Mallory send: no block throws, both verifications agree, and no base
 * unit is lost. {@code -Dwormhole.sequences=N} runs N sequences.
 */
class BlockPropertiesTest {
    private static final int SEQUENCES = Integer.getInteger("wormhole.sequences", 100);
    private static final int BLOCKS = 14;

    @Test
    @Timeout(3600)
    void moneyIsConservedAndBothVerificationsAgree() {
        Arbitrary seeds = Arbitrary.forTest("BlockProperties", 2024);
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < SEQUENCES; i++) {
            Arbitrary arbitrary = Arbitrary.ofSeed(seeds.random().nextLong());
            live(arbitrary, seen);
        }
        assertThat(seen)
                .as("the random people do everything")
                .contains(
                        "Transferred",
                        "NameChanged",
                        "ChannelOpened",
                        "ChannelClosing",
                        "ChannelClosed",
                        "ChannelProgressed",
                        "ContractStepFailed",
                        "ChannelChanged",
                        "ContractCreated",
                        "ContractCalled",
                        "ContractFailed",
                        "AccountDeleted",
                        "StakeChanged",
                        "OracleChanged");
    }

    private static void live(Arbitrary arbitrary, Set<String> seen) {
        BlockTrial trial = new BlockTrial(arbitrary.oneIn(2) ? 0 : 10_000_000);
        RandomLife life = new RandomLife(arbitrary, trial.genesis().networkId(), trial.ledger());
        for (int block = 0; block < BLOCKS; block++) {
            Assembly assembly = trial.add(life.transactions(trial.ledger(), trial.nextHeight()));
            assertThat(trial.ledger().supply().isBalanced()).isTrue();
            assertThat(trial.ledger().supply().held().baseUnits())
                    .isEqualTo(LedgerAudit.held(trial.ledger()));
            for (LedgerFact fact : assembly.effects().facts()) {
                seen.add(fact.getClass().getSimpleName());
            }
        }
    }

    @Test
    void refusedTransactionsLeaveNoTrace() {
        Arbitrary arbitrary = Arbitrary.forTest("BlockProperties", 77);
        BlockTrial trial = new BlockTrial(1000);
        RandomLife life = new RandomLife(arbitrary, trial.genesis().networkId(), trial.ledger());
        for (int block = 0; block < 12; block++) {
            Assembly assembly =
                    trial.assemble(life.transactions(trial.ledger(), trial.nextHeight()));
            var dropped = assembly.dropped().stream().map(Assembly.Dropped::transaction).toList();

            Assembly onlyDropped = trial.assemble(refusedAtOnce(trial, dropped));

            assertThat(onlyDropped.unsolved().encoded())
                    .isEqualTo(trial.assemble(List.of()).unsolved().encoded());
            trial.add(assembly.unsolved().transactions());
        }
    }

    /**
     * Those that are refused at the head of the chain too, not only after others of their block.
     */
    private static List<SignedTransaction> refusedAtOnce(
            BlockTrial trial, List<SignedTransaction> dropped) {
        return dropped.stream()
                .filter(transaction -> !trial.assemble(List.of(transaction)).dropped().isEmpty())
                .toList();
    }
}

package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion.Ending;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.OracleTransaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What blocks do by themselves when the time of questions is over. */
class OracleUpkeepTest {
    private final Trial trial = Trial.start();
    private final OracleTerms terms = trial.parameters().oracles();

    private OracleId ask(long opensAt, long window) {
        OracleId id = OracleId.of(Alice.ADDRESS, trial.nextNonce(Alice.KEYS));
        trial.accept(
                Alice.KEYS,
                new OracleTransaction.Ask("Is it warm?", new BlockHeight(opensAt), window));
        return id;
    }

    private boolean isOpen(OracleId id) {
        return trial.ledger().openOracle(id).isPresent();
    }

    @Test
    void anUndisputedQuestionNeedsTwoTransactionsOfItsAsker() {
        OracleId id = ask(10, 20);
        trial.at(12).accept(Alice.KEYS, new OracleTransaction.Give(id, Answer.YES));

        trial.upkeepAt(11 + terms.counterclaimBlocks());
        assertThat(isOpen(id)).isTrue();
        Outcome.Applied applied = trial.upkeepAt(12 + terms.counterclaimBlocks());

        assertThat(applied.facts()).containsExactly(new LedgerFact.OracleChanged(id));
        assertThat(trial.ledger().answeredOracle(id).orElseThrow().answer()).contains(Answer.YES);
        long silent = 30 + terms.counterclaimBlocks();
        assertThat(trial.upkeepAt(silent).facts()).as("its old entry").isEmpty();
    }

    @Test
    void silenceEndsByItself() {
        OracleId id = ask(10, 20);

        trial.upkeepAt(29 + terms.counterclaimBlocks());
        assertThat(isOpen(id)).isTrue();
        trial.upkeepAt(30 + terms.counterclaimBlocks());

        assertThat(trial.ledger().answeredOracle(id).orElseThrow().ending())
                .isEqualTo(Ending.SILENT);
        assertThat(trial.ledger().supply().burned()).isEqualTo(terms.deposit(20));
    }

    @Test
    void aFloodOfQuestionsIsWorkedThroughBlockByBlock() {
        List<OracleId> all = new ArrayList<>();
        for (int i = 0; i < OracleUpkeep.ENTRIES_PER_BLOCK + 40; i++) {
            all.add(ask(10, 20));
        }
        OracleId later = ask(10, 21);
        long due = 30 + terms.counterclaimBlocks();

        trial.upkeepAt(due);
        assertThat(all.stream().filter(this::isOpen).count()).isEqualTo(40);
        assertThat(all.stream().limit(256).anyMatch(this::isOpen)).isFalse();
        trial.at(due).accept(Bob.KEYS, new OracleTransaction.Settle(all.get(all.size() - 1)));
        trial.upkeepAt(due + 1);

        assertThat(all.stream().anyMatch(this::isOpen)).isFalse();
        assertThat(isOpen(later)).isFalse();
        assertThat(DueIndex.cursor(trial.ledger())).isEmpty();
        assertThat(DueIndex.count(trial.ledger(), new BlockHeight(due)).entries()).isZero();
        assertThat(trial.ledger().supply().burned())
                .isEqualTo(terms.deposit(20).times(all.size()).plus(terms.deposit(21)));
    }

    @Test
    void blocksWithoutDueQuestionsChangeNothing() {
        ask(10, 20);
        Ledger before = trial.ledger();

        trial.upkeepAt(11);

        for (StateTree tree : StateTree.values()) {
            assertThat(trial.ledger().map(tree).root()).isEqualTo(before.map(tree).root());
        }
        assertThat(Amount.ZERO).isEqualTo(trial.ledger().supply().burned());
    }

    @Test
    void whatIsLeftOverTakesItsShareOfTheNextBlocksBudget() {
        List<OracleId> first = new ArrayList<>();
        for (int i = 0; i < OracleUpkeep.ENTRIES_PER_BLOCK + 40; i++) {
            first.add(ask(10, 20));
        }
        List<OracleId> second = new ArrayList<>();
        for (int i = 0; i < OracleUpkeep.ENTRIES_PER_BLOCK; i++) {
            second.add(ask(10, 21));
        }
        long due = 30 + terms.counterclaimBlocks();

        trial.upkeepAt(due);
        trial.upkeepAt(due + 1);

        assertThat(first.stream().filter(this::isOpen)).isEmpty();
        assertThat(second.stream().filter(this::isOpen)).hasSize(40);
        trial.upkeepAt(due + 2);
        assertThat(second.stream().filter(this::isOpen)).isEmpty();
    }

    @Test
    void nothingIsKeptOfAHeightWhoseQuestionsAreDone() {
        for (int i = 0; i < 2 * DueIndex.PAGE + 1; i++) {
            ask(10, 20);
        }
        BlockHeight due = new BlockHeight(30 + terms.counterclaimBlocks());
        assertThat(DueIndex.page(trial.ledger(), due, 2).oracles()).hasSize(1);

        trial.upkeepAt(due.value());

        for (int page = 0; page < 3; page++) {
            assertThat(DueIndex.page(trial.ledger(), due, page).oracles()).isEmpty();
        }
    }
}

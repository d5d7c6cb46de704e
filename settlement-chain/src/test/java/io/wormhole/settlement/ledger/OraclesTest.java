package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.oracle.rules.QuestionRefusal;
import io.wormhole.oracle.rules.QuestionRules;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion.Ending;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Questions on the ledger; the rules themselves are tested in the oracle module. */
class OraclesTest {
    private final Trial trial = Trial.start();
    private final OracleTerms terms = trial.parameters().oracles();
    private final Amount deposit = terms.deposit(20);

    private OracleId asked() {
        OracleId id = OracleId.of(Alice.ADDRESS, trial.nextNonce(Alice.KEYS));
        trial.accept(Alice.KEYS, new OracleTransaction.Ask("Is it warm?", new BlockHeight(12), 20));
        return id;
    }

    private Amount change(KeyPair who, Runnable action) {
        Amount before = trial.balance(who.address());
        action.run();
        return trial.balance(who.address()).minus(before);
    }

    @Test
    void askingTakesADepositInProportionToTheWindow() {
        Amount before = trial.balance(Alice.ADDRESS);

        OracleId id = asked();

        assertThat(trial.ledger().openOracle(id).orElseThrow().held()).isEqualTo(deposit);
        assertThat(before.minus(trial.balance(Alice.ADDRESS)).covers(deposit)).isTrue();
    }

    @Test
    void anUndisputedAnswerStandsAndReturnsTheDeposit() {
        OracleId id = asked();
        trial.at(14).accept(Alice.KEYS, new OracleTransaction.Give(id, Answer.YES));
        trial.at(13 + terms.counterclaimBlocks());
        Refusal.OracleRefused early =
                trial.refuse(
                        Bob.KEYS, new OracleTransaction.Settle(id), Refusal.OracleRefused.class);
        trial.at(14 + terms.counterclaimBlocks());

        Amount alice =
                change(Alice.KEYS, () -> trial.accept(Bob.KEYS, new OracleTransaction.Settle(id)));

        assertThat(early.refusal()).isInstanceOf(QuestionRefusal.NotOver.class);
        assertThat(early.code()).isEqualTo("oracle-not-over");
        assertThat(alice).isEqualTo(deposit);
        assertThat(trial.ledger().openOracle(id)).isEmpty();
        assertThat(trial.ledger().answeredOracle(id).orElseThrow().answer()).contains(Answer.YES);
        trial.refuse(Bob.KEYS, new OracleTransaction.Settle(id), Refusal.OracleUnknown.class);
    }

    @Test
    void silenceBurnsTheDeposit() {
        OracleId id = asked();
        trial.at(32 + terms.counterclaimBlocks());

        trial.accept(Bob.KEYS, new OracleTransaction.Settle(id));

        assertThat(trial.ledger().supply().burned()).isEqualTo(deposit);
        assertThat(trial.ledger().answeredOracle(id).orElseThrow().ending())
                .isEqualTo(Ending.SILENT);
    }

    @Test
    void aDisputeOnWhichNobodyVotesReturnsBothDepositsLessTheBurn() {
        OracleId id = asked();
        trial.at(14).accept(Alice.KEYS, new OracleTransaction.Give(id, Answer.YES));
        trial.at(15);
        trial.accept(Bob.KEYS, new OracleTransaction.Counterclaim(id, Answer.NO, deposit));
        trial.at(15 + terms.voteBlocks());
        trial.refuse(Bob.KEYS, new OracleTransaction.Settle(id), Refusal.OracleRefused.class);
        trial.at(16 + terms.voteBlocks());
        trial.accept(Mallory.KEYS, new OracleTransaction.Settle(id));
        trial.at(15 + 2 * terms.voteBlocks());
        trial.refuse(Bob.KEYS, new OracleTransaction.Settle(id), Refusal.OracleRefused.class);
        trial.at(16 + 2 * terms.voteBlocks());
        Amount bobBefore = trial.balance(Bob.ADDRESS);

        Outcome.Applied applied = trial.accept(Mallory.KEYS, new OracleTransaction.Settle(id));

        Amount back = Amount.of(deposit.baseUnits() * 9 / 10);
        assertThat(trial.balance(Bob.ADDRESS).minus(bobBefore)).isEqualTo(back);
        assertThat(trial.ledger().supply().burned())
                .isEqualTo(deposit.plus(deposit).minus(back).minus(back));
        assertThat(trial.ledger().answeredOracle(id).orElseThrow().ending())
                .isEqualTo(Ending.UNRESOLVED);
        assertThat(applied.facts()).contains(new LedgerFact.OracleChanged(id));
    }

    @Test
    void anUnknownQuestionIsRefusedEverywhere() {
        OracleId nowhere = OracleId.of(Bob.ADDRESS, trial.nextNonce(Bob.KEYS));

        trial.refuse(
                Bob.KEYS,
                new OracleTransaction.Give(nowhere, Answer.NO),
                Refusal.OracleUnknown.class);
        trial.refuse(
                Bob.KEYS,
                new OracleTransaction.Counterclaim(nowhere, Answer.NO, deposit),
                Refusal.OracleUnknown.class);
        trial.refuse(Bob.KEYS, new OracleTransaction.Settle(nowhere), Refusal.OracleUnknown.class);
    }

    @Test
    void aRefusedQuestionOrCounterclaimMovesNoMoney() {
        trial.refuse(
                Alice.KEYS,
                new OracleTransaction.Ask("Warm?", new BlockHeight(12), -1),
                Refusal.OracleRefused.class);
        trial.refuse(
                Alice.KEYS,
                new OracleTransaction.Ask("Warm?", new BlockHeight(12), Long.MAX_VALUE),
                Refusal.OracleRefused.class);
        trial.refuse(
                Alice.KEYS,
                new OracleTransaction.Ask("Warm?", new BlockHeight(Long.MAX_VALUE), 20),
                Refusal.OracleRefused.class);
        OracleId id = asked();
        trial.refuse(
                Alice.KEYS,
                new OracleTransaction.Counterclaim(id, Answer.NO, deposit),
                Refusal.OracleRefused.class);
    }

    @Test
    void anAccountHasOnlySoManyOpenQuestions() {
        trial.replace(
                OpenQuestions.counted(trial.ledger(), Alice.ADDRESS, QuestionRules.MOST_OPEN - 1));
        OracleId last = asked();

        Refusal.OracleRefused refused =
                trial.refuse(
                        Alice.KEYS,
                        new OracleTransaction.Ask("One more?", new BlockHeight(12), 20),
                        Refusal.OracleRefused.class);
        trial.accept(Bob.KEYS, new OracleTransaction.Ask("Me too?", new BlockHeight(12), 20));
        trial.at(32 + terms.counterclaimBlocks());
        trial.accept(Bob.KEYS, new OracleTransaction.Settle(last));

        assertThat(refused.code()).isEqualTo("oracle-too-many-open");
        assertThat(OpenQuestions.of(trial.ledger(), Alice.ADDRESS))
                .isEqualTo(QuestionRules.MOST_OPEN - 1);
        assertThat(OpenQuestions.of(trial.ledger(), Bob.ADDRESS)).isEqualTo(1);
        trial.accept(
                Alice.KEYS,
                new OracleTransaction.Ask(
                        "Now?", new BlockHeight(40 + terms.counterclaimBlocks()), 20));
    }

    @Test
    void openQuestionsArePagedByTheLastIdOfThePageBefore() {
        for (int i = 0; i < 25; i++) {
            asked();
        }
        List<Question> all = OpenQuestions.page(trial.ledger(), Optional.empty(), 100);

        List<Question> paged = new ArrayList<>();
        Optional<OracleId> after = Optional.empty();
        List<Question> page = OpenQuestions.page(trial.ledger(), after, 10);
        while (!page.isEmpty()) {
            paged.addAll(page);
            after = Optional.of(page.get(page.size() - 1).id());
            page = OpenQuestions.page(trial.ledger(), after, 10);
        }

        assertThat(all).hasSize(25);
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void theLongestWindowMustBePaidForAndALongerOneIsNoneAtAll() {
        long longest = terms.maximumWindowBlocks();
        Amount all = trial.balance(Alice.ADDRESS).minus(terms.deposit(longest));
        trial.accept(Alice.KEYS, new Transfer(Bob.ADDRESS, all));

        trial.refuse(
                Alice.KEYS,
                new OracleTransaction.Ask("?", new BlockHeight(12), longest),
                Refusal.FundsTooLow.class);
        Refusal.OracleRefused beyond =
                trial.refuse(
                        Alice.KEYS,
                        new OracleTransaction.Ask("?", new BlockHeight(12), longest + 1),
                        Refusal.OracleRefused.class);

        assertThat(beyond.code()).isEqualTo("oracle-window-out-of-range");
    }

    @Test
    void nothingIsKeptOfAnAskerWithoutOpenQuestions() {
        OracleId id = asked();
        trial.at(32 + terms.counterclaimBlocks())
                .accept(Bob.KEYS, new OracleTransaction.Settle(id));

        assertThat(
                        trial.ledger()
                                .get(
                                        StateTree.CONSENSUS,
                                        LedgerKeys.openQuestionsOf(Alice.ADDRESS),
                                        DueIndex.Count::readFrom))
                .isEmpty();
    }
}

package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.block.BlockRoots;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.MapVerdict;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.transaction.ContractTransaction;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.consensus.FinalityRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Questions to a ledger, their proofs, and what a log of them is good for. */
class LedgerReadsTest {
    private final Trial trial = Trial.start();
    private final Arbitrary any = Arbitrary.forTest("LedgerReadsTest", 9);

    private List<OracleId> asked(int count) {
        List<OracleId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(OracleId.of(Alice.ADDRESS, trial.nextNonce(Alice.KEYS)));
            trial.accept(
                    Alice.KEYS,
                    new OracleTransaction.Ask("Is it warm? " + i, new BlockHeight(12), 20));
        }
        ids.sort((one, other) -> one.hash().compareTo(other.hash()));
        return ids;
    }

    @Test
    void openQuestionsArePagedInTheOrderOfTheirIds() {
        List<OracleId> ids = asked(5);

        assertThat(OpenQuestions.page(trial.ledger(), Optional.empty(), 2))
                .extracting(Question::id)
                .containsExactly(ids.get(0), ids.get(1));
        assertThat(OpenQuestions.page(trial.ledger(), Optional.of(ids.get(1)), 9))
                .extracting(Question::id)
                .containsExactly(ids.get(2), ids.get(3), ids.get(4));
        assertThat(OpenQuestions.page(trial.ledger(), Optional.of(ids.get(4)), 9)).isEmpty();
        assertThat(OpenQuestions.page(trial.ledger(), Optional.empty(), 0)).isEmpty();
    }

    @Test
    void anAnswerActsOnceItsBlockIsFinal() {
        OracleId id = OracleId.of(Alice.ADDRESS, trial.nextNonce(Alice.KEYS));
        int epoch = trial.parameters().finality().epochLength();
        trial.replace(
                trial.ledger()
                        .withAnsweredOracle(
                                new AnsweredQuestion(
                                        id,
                                        Alice.ADDRESS,
                                        any.hash(),
                                        AnsweredQuestion.Ending.UNDISPUTED,
                                        Optional.of(Answer.YES),
                                        Optional.empty(),
                                        new BlockHeight(3L * epoch))));

        trial.finalise(2);
        boolean actsBefore = acts(id);
        trial.finalise(3);

        assertThat(actsBefore).isFalse();
        assertThat(acts(id)).isTrue();
        assertThat(trial.ledger().actingOracle(new OracleId(any.hash()), rules())).isEmpty();
    }

    private boolean acts(OracleId id) {
        return trial.ledger().actingOracle(id, rules()).isPresent();
    }

    private FinalityRules rules() {
        return trial.parameters().finality();
    }

    @Test
    void eachEntryIsProvenAgainstTheRootsOfItsMap() {
        OracleId open = asked(1).get(0);
        Ledger ledger = trial.ledger();
        BlockRoots roots = ledger.roots(Hash.ZERO, Hash.ZERO);

        assertThat(verdict(ledger.proveAccount(Alice.ADDRESS), roots))
                .isEqualTo(
                        new MapVerdict.Present(
                                ledger.account(Alice.ADDRESS).orElseThrow().encoded()));
        assertThat(verdict(ledger.proveQuestion(open), roots))
                .isInstanceOf(MapVerdict.Present.class);
        assertThat(verdict(ledger.proveAnswer(open), roots)).isEqualTo(new MapVerdict.Absent());
        assertThat(verdict(ledger.proveName(new Name("/acme")), roots))
                .isEqualTo(new MapVerdict.Absent());
        assertThat(verdict(ledger.proveChannel(new ChannelId(any.hash())), roots))
                .isEqualTo(new MapVerdict.Absent());
        BlockRoots others = Ledger.of(tree -> AuthenticatedMap.EMPTY).roots(Hash.ZERO, Hash.ZERO);
        assertThat(verdict(ledger.proveAccount(Alice.ADDRESS), others))
                .isInstanceOf(MapVerdict.Unproven.class);
    }

    private static MapVerdict verdict(StateProof proof, BlockRoots roots) {
        return StateProof.decode(proof.encoded()).verify(roots);
    }

    @Test
    void whatATransactionDidIsRepeatedFromItsLog() {
        SignedTransaction signed =
                trial.signed(Alice.KEYS, new Transfer(Bob.ADDRESS, Amount.of(5)));
        Ledger before = trial.ledger();
        AccessLog log = new AccessLog();

        Outcome.Applied applied =
                (Outcome.Applied) Transitions.apply(before.logged(log), signed, trial.context());

        Ledger after = applied.ledger().unlogged();
        assertThat(before.repeated(log).roots(Hash.ZERO, Hash.ZERO))
                .isEqualTo(after.roots(Hash.ZERO, Hash.ZERO));
        assertThat(log.writes())
                .contains(
                        new AccessLog.Entry(StateTree.ACCOUNTS, LedgerKeys.account(Alice.ADDRESS)),
                        new AccessLog.Entry(StateTree.ACCOUNTS, LedgerKeys.account(Bob.ADDRESS)));
        int steps = log.steps().size();
        assertThat(after.account(Alice.ADDRESS)).isPresent();
        assertThat(log.steps()).hasSize(steps);
    }

    @Test
    void aLogIsFreeOfWhatItNeverTouched() {
        AccessLog log = new AccessLog();
        Ledger logged = trial.ledger().logged(log);
        assertThat(logged.account(Alice.ADDRESS)).isPresent();
        Hash bob = Bob.ADDRESS.hash();

        assertThat(log.writes()).isEmpty();
        assertThat(log.isFreeOf(Set.of())).isTrue();
        assertThat(log.isFreeOf(Set.of(new AccessLog.Entry(StateTree.ACCOUNTS, bob)))).isTrue();
        assertThat(
                        log.isFreeOf(
                                log.steps().stream()
                                        .map(AccessLog.Step::entry)
                                        .collect(Collectors.toSet())))
                .isFalse();
        assertThat(new AccessLog.Entry(StateTree.ACCOUNTS, bob))
                .isLessThan(new AccessLog.Entry(StateTree.NAMES, Hash.ZERO))
                .isGreaterThan(new AccessLog.Entry(StateTree.ACCOUNTS, Hash.ZERO));
    }

    @Test
    void whatWasTakenBackCannotBeRepeated() {
        var address =
                ContractTransaction.Create.address(Alice.ADDRESS, trial.nextNonce(Alice.KEYS));
        trial.accept(Alice.KEYS, Puppet.create(Amount.ZERO));
        SignedTransaction fails =
                trial.signed(Bob.KEYS, Puppet.call(address, 5, Puppet.refuse()), 50_000, 20_000);
        AccessLog log = new AccessLog();

        Outcome outcome = Transitions.apply(trial.ledger().logged(log), fails, trial.context());

        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
        assertThat(log.isFreeOf(Set.of())).isFalse();
    }

    @Test
    void whatWasCommittedIsAtHand() {
        Map<Hash, Bytes> stored = new HashMap<>();
        int[] reads = new int[1];
        NodeCache cache =
                new NodeCache(
                        hash -> {
                            reads[0]++;
                            return Optional.ofNullable(stored.get(hash));
                        },
                        1_000);
        trial.ledger().commit(stored::put, cache).keep();

        Ledger opened =
                Ledger.open(
                        trial.ledger().roots(Hash.ZERO, Hash.ZERO),
                        root -> AuthenticatedMap.open(root, cache));

        assertThat(opened.account(Alice.ADDRESS)).isEqualTo(trial.ledger().account(Alice.ADDRESS));
        assertThat(opened.supply()).isEqualTo(trial.ledger().supply());
        assertThat(reads[0]).isZero();
        assertThat(MoneyCount.of(opened).held()).isEqualTo(trial.ledger().supply().held());
        assertThat(MoneyCount.of(opened).entries()).isEqualTo(3 + 3);
    }

    @Test
    void aLedgerWithoutItsTotalsIsABug() {
        Ledger nothing = Ledger.of(tree -> AuthenticatedMap.EMPTY);

        assertThatThrownBy(nothing::finality)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("finality");
        assertThatThrownBy(nothing::supply)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("supply");
        assertThatThrownBy(() -> nothing.code(Hash.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("code");
    }

    @Test
    void longTextsAreCutBetweenCharacters() {
        String fits = "a".repeat(300);

        assertThat(Transition.shortened(fits)).isEqualTo(fits);
        assertThat(Transition.shortened(fits + "b")).isEqualTo(fits + "...");
        assertThat(Transition.shortened("a".repeat(299) + "\uD83D\uDE00"))
                .isEqualTo("a".repeat(299) + "...");
        assertThat(Transition.shortened("a".repeat(298) + "\uD83D\uDE00" + "b"))
                .isEqualTo("a".repeat(298) + "\uD83D\uDE00" + "...");
    }
}

package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.contract.assurance.CrowdfundingAccount;
import io.wormhole.isa.contract.assurance.CrowdfundingState;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.SettledQuestions;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.ContractTransaction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The shipped contract for many backers, as transactions; its rules are tested where it lies. */
class CrowdfundingOnChainTest {
    private static final OracleId DELIVERED = OracleId.of(Alice.ADDRESS, new Nonce(1_000));
    private static final CrowdfundingAccount.Terms TERMS =
            new CrowdfundingAccount.Terms(
                    DELIVERED,
                    Alice.ADDRESS,
                    Amount.of(1_000),
                    50_000,
                    new BlockHeight(30),
                    new BlockHeight(60));

    private final Trial trial = Trial.start();
    private final Address account = create();

    private Address create() {
        Nonce nonce = trial.nextNonce(Alice.KEYS);
        trial.accept(Alice.KEYS, CrowdfundingAccount.create(TERMS, Amount.of(100)));
        return ContractTransaction.Create.address(Alice.ADDRESS, nonce);
    }

    private Outcome.Applied send(KeyPair who, ContractTransaction.Call call) {
        return trial.accept(
                trial.signed(
                        who,
                        call,
                        CrowdfundingAccount.GAS.time(),
                        CrowdfundingAccount.GAS.space()));
    }

    private CrowdfundingState state() {
        return CrowdfundingState.read(trial.ledger().contract(account).orElseThrow().state());
    }

    /** What {@code who} gets by a claim that another one sends. */
    private long claimed(Address who) {
        Amount before = trial.balance(who);
        KeyPair sender = who.equals(Bob.ADDRESS) ? Mallory.KEYS : Bob.KEYS;
        send(sender, CrowdfundingAccount.claim(account, who));
        return trial.balance(who).minus(before).baseUnits();
    }

    @Test
    void backersGetPledgeAndBonusByTheFinalAnswer() {
        send(Bob.KEYS, CrowdfundingAccount.pledge(account, Amount.of(600)));
        send(Mallory.KEYS, CrowdfundingAccount.pledge(account, Amount.of(400)));
        SettledQuestions no = SettledQuestions.ofOthers(3).with(DELIVERED, Optional.of(Answer.NO));
        ContractTransaction.Call answer = CrowdfundingAccount.answer(account, no.proof(DELIVERED));
        trial.at(30);

        Outcome.Applied early = send(Bob.KEYS, answer);
        trial.replace(
                trial.ledger()
                        .withAnswerRoots(
                                new AnswerRoots(9, Hash.ZERO, Hash.ZERO, List.of(no.root()))));
        send(Bob.KEYS, answer);

        assertThat(early.facts()).hasAtLeastOneElementOfType(LedgerFact.ContractFailed.class);
        assertThat(state().isCoveredBy(trial.balance(account))).isTrue();
        assertThat(claimed(Bob.ADDRESS)).isEqualTo(630);
        assertThat(claimed(Mallory.ADDRESS)).isEqualTo(420);
        assertThat(claimed(Alice.ADDRESS)).isEqualTo(50);
        assertThat(trial.balance(account)).isEqualTo(Amount.ZERO);
    }

    @Test
    void missedGoalPaysWithoutTheOracle() {
        send(Bob.KEYS, CrowdfundingAccount.pledge(account, Amount.of(600)));
        trial.at(30);

        send(Mallory.KEYS, CrowdfundingAccount.settle(account));

        assertThat(state().outcome()).isEqualTo(CrowdfundingState.Outcome.GOAL_MISSED);
        assertThat(claimed(Bob.ADDRESS)).isEqualTo(630);
        assertThat(claimed(Alice.ADDRESS)).isEqualTo(70);
    }
}

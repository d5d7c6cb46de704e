package io.wormhole.settlement.governance;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.GovernanceTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockVerifier;
import io.wormhole.settlement.block.Judgement;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.chain.PendingTransactions;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.SignatureCheck;
import io.wormhole.settlement.mempool.MempoolLimits;
import io.wormhole.settlement.store.StoredBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stake changes a parameter: in real blocks, judged with and without state. */
@Timeout(60)
class GovernanceTest {
    private static final int EPOCH = Forge.GENESIS.parameters().finality().epochLength();
    private static final NetworkParameters FIRST = Forge.GENESIS.parameters();

    private Forge forge;
    private StoredBlock tip;

    @BeforeEach
    void begin(@TempDir Path folder) {
        forge = new Forge(folder);
        tip = forge.extend(forge.chain().head(), 1, EPOCH + 1, Alice.KEYS, Bob.KEYS);
    }

    @AfterEach
    void end() {
        forge.close();
    }

    private static SignedTransaction sign(
            KeyPair key, long nonce, long price, TransactionBody body) {
        return Transaction.of(key.publicKey(), new Nonce(nonce), Amount.of(price), body)
                .signedBy(key, Forge.GENESIS.networkId());
    }

    private static SignedTransaction propose(KeyPair key, long nonce, long value) {
        return sign(key, nonce, 10, new GovernanceTransaction.Propose("gas.price", value));
    }

    private static SignedTransaction vote(KeyPair key, long nonce, long value, boolean isYes) {
        return sign(key, nonce, 10, new GovernanceTransaction.Vote("gas.price", value, isYes));
    }

    private void epochs(long count) {
        for (long i = 0; i < count * EPOCH; i++) {
            tip =
                    forge.extend(
                            tip,
                            1,
                            forge.votes(tip, Alice.KEYS, Bob.KEYS)
                                    .toArray(SignedTransaction[]::new));
        }
    }

    private Ledger ledger() {
        return forge.chain().headLedger();
    }

    private long gasPrice() {
        return ledger().governance().applyTo(FIRST).minimumGasPrice().baseUnits();
    }

    @Test
    void whatTwoThirdsWantTakesEffectAfterItsTallyIsFinal() {
        tip = forge.extend(tip, 1, propose(Alice.KEYS, 1, 12), vote(Bob.KEYS, 1, 12, true));

        epochs(GovernanceState.VOTING_EPOCHS + 2);
        long before = gasPrice();
        boolean isWaiting = !ledger().governance().proposals().isEmpty();
        epochs(GovernanceState.GRACE_EPOCHS + 3);

        assertThat(before).isEqualTo(10);
        assertThat(isWaiting).isTrue();
        assertThat(gasPrice()).isEqualTo(12);
        assertThat(ledger().governance().proposals()).isEmpty();
        assertThat(
                        CanonicalReader.decode(
                                ledger().governance().encoded(), GovernanceState::readFrom))
                .isEqualTo(ledger().governance());
        assertThat(offer(forge.pay(Bob.KEYS, Mallory.ADDRESS, 2)))
                .isInstanceOf(Submission.Refused.class);
        assertThat(offer(sign(Bob.KEYS, 2, 12, new Transfer(Mallory.ADDRESS, Amount.of(1)))))
                .isInstanceOf(Submission.Accepted.class);
    }

    private Submission offer(SignedTransaction transaction) {
        return new PendingTransactions(
                        Forge.GENESIS,
                        SignatureCheck.FULL,
                        MempoolLimits.defaults(),
                        ledger(),
                        tip.index().height())
                .offer(transaction);
    }

    @Test
    void withoutAQuorumNothingChanges() {
        tip = forge.extend(tip, 1, propose(Alice.KEYS, 1, 12));

        epochs(GovernanceState.VOTING_EPOCHS + 1);

        assertThat(ledger().governance().proposals()).isEmpty();
        assertThat(gasPrice()).isEqualTo(10);
    }

    @Test
    void againstAQuarterNothingChangesAndALaterVoteReplacesAnEarlierOne() {
        tip =
                forge.extend(
                        tip,
                        1,
                        propose(Alice.KEYS, 1, 12),
                        vote(Bob.KEYS, 1, 12, true),
                        vote(Bob.KEYS, 2, 12, false));

        epochs(GovernanceState.VOTING_EPOCHS + 1);

        assertThat(ledger().governance().proposals()).isEmpty();
    }

    @Test
    void stepsBoundsAndVotersAreChecked() {
        assertThat(refusal(propose(Alice.KEYS, 1, 13))).isEqualTo("governance-step-too-large");
        assertThat(refusal(propose(Alice.KEYS, 1, 10))).isEqualTo("governance-no-change");
        assertThat(refusal(propose(Mallory.KEYS, 1, 12))).isEqualTo("governance-not-a-validator");
        assertThat(refusal(vote(Bob.KEYS, 1, 12, true))).isEqualTo("governance-no-proposal");
        assertThat(
                        refusal(
                                sign(
                                        Alice.KEYS,
                                        1,
                                        10,
                                        new GovernanceTransaction.Propose("epoch.length", 5))))
                .isEqualTo("governance-unknown-parameter");
        tip = forge.extend(tip, 1, propose(Alice.KEYS, 1, 12));
        assertThat(refusal(propose(Bob.KEYS, 1, 11))).isEqualTo("governance-already-open");
    }

    private String refusal(SignedTransaction transaction) {
        Submission answer = offer(transaction);
        assertThat(answer).isInstanceOf(Submission.Refused.class);
        return ((Submission.Refused) answer).code();
    }

    @Test
    void aBlockWithAProposalIsJudgedAlikeWithAndWithoutState() {
        StoredBlock parent = tip;
        Block block = forge.block(parent, 1, propose(Alice.KEYS, 1, 11));

        Judgement judgement =
                new BlockVerifier(Forge.GENESIS).verify(forge.chain().contextAfter(parent), block);

        assertThat(judgement).isInstanceOf(Judgement.Valid.class);
        assertThat(((Judgement.Valid) judgement).effects().ledger().governance().proposals())
                .containsKey(GovernedParameter.GAS_PRICE);
    }

    @Test
    void everyParameterCanBeReadAndSet() {
        List<GovernedParameter> differing = new ArrayList<>();
        for (GovernedParameter parameter : GovernedParameter.values()) {
            long value = parameter.valueIn(FIRST) + 1;
            NetworkParameters changed = parameter.set(FIRST, value);
            if (parameter.valueIn(changed) != value || changed.equals(FIRST)) {
                differing.add(parameter);
            }
            assertThat(GovernedParameter.find(parameter.id())).contains(parameter);
        }
        assertThat(differing).isEmpty();
    }
}

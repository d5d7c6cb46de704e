package io.wormhole.isa.contract.assurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.contract.ContractOutcome;
import io.wormhole.isa.contract.ContractOutcome.Advanced;
import io.wormhole.isa.contract.ContractOutcome.Refused;
import io.wormhole.isa.contract.ContractSteps;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InsuranceTest {
    private static final int INSURED = 1;
    private static final KeyPair OPERATOR = KeyPair.ofSeed(Bytes.ofHex("01".repeat(32)));
    private static final KeyPair WATCHER = KeyPair.ofSeed(Bytes.ofHex("02".repeat(32)));
    private static final AnswerTerms ANSWER =
            new AnswerTerms(
                    new NetworkId(Hash.ZERO),
                    Hash.ofHex("0d".repeat(32)),
                    List.of(OPERATOR.publicKey(), WATCHER.publicKey()),
                    1);

    private final ContractSteps steps =
            new ContractSteps(
                    Insurance.loaded(),
                    Insurance::lock,
                    Insurance.initialState(ANSWER, INSURED, new BlockHeight(50)),
                    Amount.of(1_000));

    @Test
    void yesPaysTheInsured() {
        assertThat(steps.send(INSURED, 49, answer(true, WATCHER))).isInstanceOf(Advanced.class);

        assertThat(steps.paid(INSURED)).isEqualTo(Amount.of(1_000));
        assertRefused(steps.send(0, 49, answer(false, WATCHER)), "already ended");
    }

    @Test
    void noAndSilenceReturnTheSumToTheInsurer() {
        assertThat(steps.send(0, 10, answer(false, WATCHER))).isInstanceOf(Advanced.class);

        assertThat(steps.paid(0)).isEqualTo(Amount.of(1_000));
    }

    @Test
    void withoutAnAnswerTheSumGoesBackFromTheExpiryOn() {
        assertRefused(steps.send(0, 49, Insurance.expire()), "not yet expired");
        assertRefused(steps.send(INSURED, 50, answer(true, WATCHER)), "expired");
        assertThat(steps.send(0, 50, Insurance.expire())).isInstanceOf(Advanced.class);

        assertThat(steps.paid(0)).isEqualTo(Amount.of(1_000));
    }

    @Test
    void signatureForTheOtherAnswerOrOfAStrangerIsNone() {
        Bytes forged =
                ANSWER.answer(
                        true,
                        List.of(Optional.empty(), Optional.of(ANSWER.attest(WATCHER, false))));
        Bytes none = ANSWER.answer(true, List.of(Optional.empty(), Optional.empty()));

        assertRefused(steps.send(INSURED, 5, forged), "a signature is not of its key");
        assertRefused(steps.send(INSURED, 5, none), "too few signatures");
        assertThat(steps.locked()).isEqualTo(Amount.of(1_000));
    }

    private static Bytes answer(boolean yes, KeyPair key) {
        return ANSWER.answer(yes, List.of(Optional.empty(), Optional.of(ANSWER.attest(key, yes))));
    }

    private static void assertRefused(ContractOutcome outcome, String why) {
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(((Refused) outcome).detail()).contains(why);
    }
}

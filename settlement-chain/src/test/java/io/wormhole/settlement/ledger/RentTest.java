package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Vectors;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.genesis.MoneyRules;
import org.junit.jupiter.api.Test;

/** Rent is due lazily, at every touch. */
class RentTest {
    @Test
    void vectorsHold() {
        for (JsonNode test : Vectors.cases("mechanisms/account_rent.json")) {
            JsonNode account = test.path("account");
            JsonNode expect = test.path("expect");
            MoneyRules rules =
                    new MoneyRules(
                            Amount.ZERO,
                            MoneyRules.LARGEST_SUPPLY,
                            Amount.ZERO,
                            Amount.of(test.path("ratePerBlock").asLong()),
                            Amount.of(test.path("deleteReward").asLong()));

            Rent rent =
                    Rent.due(
                            new AccountEntry(
                                    Amount.of(account.path("balance").asLong()),
                                    new Nonce(account.path("nonce").asLong()),
                                    new BlockHeight(account.path("last").asLong())),
                            new BlockHeight(test.path("height").asLong()),
                            rules);

            assertThat(rent.paid()).isEqualTo(Amount.of(expect.path("paid").asLong()));
            assertThat(rent.reward()).isEqualTo(Amount.of(expect.path("deleterReward").asLong(0)));
            assertThat(rent.left().isEmpty()).isEqualTo(expect.path("deleted").asBoolean());
            rent.left()
                    .ifPresent(
                            left ->
                                    assertThat(left)
                                            .isEqualTo(
                                                    new AccountEntry(
                                                            Amount.of(
                                                                    expect.path("balance")
                                                                            .asLong()),
                                                            new Nonce(
                                                                    expect.path("nonce").asLong()),
                                                            new BlockHeight(
                                                                    expect.path("last")
                                                                            .asLong()))));
        }
    }

    @Test
    void senderAndReceiverPayForTheBlocksSinceTheirLastTouch() {
        Trial trial = Trial.withRent(3, 0).at(110);

        Outcome.Applied applied =
                trial.accept(Alice.KEYS, new Transfer(Bob.ADDRESS, Amount.of(1000)));

        assertThat(applied.rent()).isEqualTo(Amount.of(2 * 3 * 110));
        assertThat(trial.balance(Bob.ADDRESS))
                .isEqualTo(Trial.WEALTH.plus(Amount.of(1000)).minus(Amount.of(330)));
        assertThat(trial.ledger().account(Bob.ADDRESS).orElseThrow().lastTouched())
                .isEqualTo(new BlockHeight(110));
    }

    @Test
    void anAccountThatCannotPayIsDeletedAndItsFinderRewarded() {
        Trial trial = Trial.withRent(2, 50);
        KeyPair carol = Arbitrary.ofSeed(3).keys();
        trial.accept(Alice.KEYS, new Transfer(carol.address(), Amount.of(199)));
        trial.at(110);
        Amount before = trial.balance(Bob.ADDRESS).minus(Amount.of(220));

        Outcome.Applied applied =
                trial.accept(Bob.KEYS, new Transfer(carol.address(), Amount.of(7)));

        assertThat(applied.rent()).isEqualTo(Amount.of(220 + 149));
        assertThat(trial.balance(Bob.ADDRESS))
                .isEqualTo(before.minus(applied.fee()).minus(Amount.of(7)).plus(Amount.of(50)));
        assertThat(trial.balance(carol.address())).isEqualTo(Amount.of(7));
    }

    @Test
    void whatWasSignedBeforeADeletionIsNotValidAfterIt() {
        Trial trial = Trial.withRent(1_000_000, 0);
        KeyPair carol = Arbitrary.ofSeed(4).keys();
        trial.accept(Alice.KEYS, new Transfer(carol.address(), Amount.of(50_000_000)));
        SignedTransaction old = trial.signed(carol, new Transfer(Bob.ADDRESS, Amount.of(1)));

        trial.at(80);
        trial.accept(Alice.KEYS, new Transfer(carol.address(), Amount.of(50_000_000)));

        trial.refuse(old, Refusal.NonceExpected.class);
    }

    @Test
    void aSenderWhoseRentEatsTheAccountHasNoneToSendFrom() {
        Trial trial = Trial.withRent(1_000_000, 50);
        KeyPair carol = Arbitrary.ofSeed(5).keys();
        trial.accept(Alice.KEYS, new Transfer(carol.address(), Amount.of(50_000_000)));

        trial.at(80);

        trial.refuse(carol, new Transfer(Bob.ADDRESS, Amount.of(1)), Refusal.AccountUnknown.class);
    }
}

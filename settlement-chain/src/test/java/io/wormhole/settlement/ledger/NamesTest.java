package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.naming.Pointer;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.protocol.transaction.NameTransaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.genesis.NameRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of a name. */
class NamesTest {
    private static final Name ACME = new Name("/acme");
    private static final Name LINE = new Name("/acme/line7");
    private static final Hash SALT = Bob.ADDRESS.hash();

    private final Trial trial = Trial.start();
    private final NameRules rules = trial.parameters().names();

    private void preclaim(KeyPair who, Name name) {
        trial.accept(
                who,
                new NameTransaction.Preclaim(
                        NameTransaction.Preclaim.commitment(name, who.address(), SALT)));
    }

    private NameEntry entry(Name name) {
        return trial.ledger().name(name, new BlockHeight(trial.height())).orElseThrow();
    }

    private boolean isFree(Name name) {
        return trial.ledger().name(name, new BlockHeight(trial.height())).isEmpty();
    }

    private static NameTransaction.Claim claim(Name name) {
        return new NameTransaction.Claim(name, SALT);
    }

    private void aliceOwns(Name name) {
        preclaim(Alice.KEYS, name);
        trial.at(trial.height() + rules.preclaimMinimumBlocks());
        trial.accept(Alice.KEYS, claim(name));
    }

    @Test
    void aClaimBurnsItsFeeAndGivesTheNameForATerm() {
        preclaim(Alice.KEYS, ACME);
        trial.at(11);

        Outcome.Applied applied = trial.accept(Alice.KEYS, claim(ACME));

        assertThat(applied.facts()).contains(new LedgerFact.NameChanged(ACME));
        assertThat(entry(ACME).owner()).isEqualTo(Alice.ADDRESS);
        assertThat(entry(ACME).expiresAt()).isEqualTo(new BlockHeight(11 + rules.termBlocks()));
        assertThat(trial.ledger().supply().burned()).isEqualTo(rules.claimFee());
    }

    @Test
    void aClaimNeedsThePreclaimOfTheSameNameSenderAndSalt() {
        preclaim(Alice.KEYS, ACME);
        trial.at(11);

        trial.refuse(Mallory.KEYS, claim(ACME), NameRefusal.PreclaimMissing.class);
        trial.refuse(Alice.KEYS, claim(new Name("/acne")), NameRefusal.PreclaimMissing.class);
        trial.refuse(
                Alice.KEYS,
                new NameTransaction.Claim(ACME, Mallory.ADDRESS.hash()),
                NameRefusal.PreclaimMissing.class);
    }

    @Test
    void aClaimComesInTheWindowAfterItsPreclaim() {
        preclaim(Alice.KEYS, ACME);

        trial.refuse(Alice.KEYS, claim(ACME), NameRefusal.PreclaimOutOfWindow.class);
        trial.at(10 + rules.preclaimMaximumBlocks() + 1);
        trial.refuse(Alice.KEYS, claim(ACME), NameRefusal.PreclaimOutOfWindow.class);
        trial.at(10 + rules.preclaimMaximumBlocks());
        trial.accept(Alice.KEYS, claim(ACME));
    }

    @Test
    void aPendingCommitmentCannotBeRefreshedAndAnOldOneCan() {
        NameTransaction.Preclaim commitment =
                new NameTransaction.Preclaim(
                        NameTransaction.Preclaim.commitment(ACME, Alice.ADDRESS, SALT));
        trial.accept(Mallory.KEYS, commitment);

        trial.refuse(Alice.KEYS, commitment, NameRefusal.PreclaimPending.class);
        trial.at(11);
        trial.accept(Alice.KEYS, claim(ACME));
        trial.accept(Alice.KEYS, new NameTransaction.Revoke(ACME));
        trial.accept(Mallory.KEYS, commitment);
        trial.at(11 + rules.preclaimMaximumBlocks());
        trial.refuse(Mallory.KEYS, commitment, NameRefusal.PreclaimPending.class);
        trial.at(12 + rules.preclaimMaximumBlocks());
        trial.accept(Mallory.KEYS, commitment);
    }

    @Test
    void aPreclaimServesOnce() {
        aliceOwns(ACME);
        trial.accept(Alice.KEYS, new NameTransaction.Revoke(ACME));

        trial.refuse(Alice.KEYS, claim(ACME), NameRefusal.PreclaimMissing.class);
    }

    @Test
    void aTakenNameIsFreeAtItsEndAndNotBefore() {
        aliceOwns(ACME);
        preclaim(Bob.KEYS, ACME);
        long end = entry(ACME).expiresAt().value();
        trial.at(12);
        trial.refuse(Bob.KEYS, claim(ACME), NameRefusal.NameTaken.class);
        trial.at(end - 2);
        preclaim(Bob.KEYS, ACME);

        trial.at(end - 1);
        trial.refuse(Bob.KEYS, claim(ACME), NameRefusal.NameTaken.class);
        trial.at(end);
        trial.accept(Bob.KEYS, claim(ACME));

        assertThat(entry(ACME).owner()).isEqualTo(Bob.ADDRESS);
    }

    @Test
    void theOwnerOfANameClaimsBelowItWithoutPreclaim() {
        aliceOwns(ACME);

        trial.refuse(Bob.KEYS, claim(LINE), NameRefusal.NotNameOwner.class);
        trial.refuse(Alice.KEYS, claim(new Name("/else/line7")), NameRefusal.NameUnknown.class);
        trial.at(20);
        trial.accept(Alice.KEYS, claim(LINE));

        assertThat(entry(LINE).expiresAt()).isEqualTo(entry(ACME).expiresAt());
    }

    @Test
    void anUpdateReplacesPointersAndKeepsTheEnd() {
        aliceOwns(ACME);
        List<Pointer> pointers =
                List.of(new Pointer(Pointer.Kind.ACCOUNT, Alice.ADDRESS.hash().bytes()));
        BlockHeight end = entry(ACME).expiresAt();

        trial.accept(Alice.KEYS, new NameTransaction.Update(ACME, pointers, 0));

        assertThat(entry(ACME)).isEqualTo(new NameEntry(ACME, Alice.ADDRESS, end, pointers));
        trial.refuse(
                Bob.KEYS,
                new NameTransaction.Update(ACME, List.of(), 0),
                NameRefusal.NotNameOwner.class);
    }

    @Test
    void aRenewalCostsAFeeCountsFromNowAndNeverShortens() {
        aliceOwns(ACME);
        BlockHeight end = entry(ACME).expiresAt();
        Amount burned = trial.ledger().supply().burned();

        trial.accept(Alice.KEYS, new NameTransaction.Update(ACME, List.of(), 5));

        assertThat(entry(ACME).expiresAt()).isEqualTo(end);
        assertThat(trial.ledger().supply().burned()).isEqualTo(burned.plus(rules.claimFee()));
        long most = rules.maximumTermBlocks();
        trial.refuse(
                Alice.KEYS,
                new NameTransaction.Update(ACME, List.of(), most + 1),
                NameRefusal.TermTooLong.class);
        trial.accept(Alice.KEYS, new NameTransaction.Update(ACME, List.of(), most));
        assertThat(entry(ACME).expiresAt()).isEqualTo(new BlockHeight(trial.height() + most));
    }

    @Test
    void aLowerNameIsNotRenewedBeyondTheNameAbove() {
        aliceOwns(ACME);
        trial.accept(Alice.KEYS, claim(LINE));
        NameTransaction.Update renewal = new NameTransaction.Update(LINE, List.of(), 2_000_000);

        trial.accept(Alice.KEYS, renewal);

        assertThat(entry(LINE).expiresAt()).isEqualTo(entry(ACME).expiresAt());
        trial.accept(Alice.KEYS, new NameTransaction.Revoke(ACME));
        trial.refuse(Alice.KEYS, renewal, NameRefusal.NameUnknown.class);
    }

    @Test
    void theNewOwnerDecidesAfterATransfer() {
        aliceOwns(ACME);

        trial.refuse(
                Mallory.KEYS,
                new NameTransaction.Transfer(ACME, Mallory.ADDRESS),
                NameRefusal.NotNameOwner.class);
        trial.accept(Alice.KEYS, new NameTransaction.Transfer(ACME, Bob.ADDRESS));

        trial.refuse(Alice.KEYS, new NameTransaction.Revoke(ACME), NameRefusal.NotNameOwner.class);
        trial.accept(Bob.KEYS, new NameTransaction.Revoke(ACME));
        assertThat(isFree(ACME)).isTrue();
    }

    @Test
    void ownerAndOwnerAboveRevokeALowerName() {
        aliceOwns(ACME);
        trial.accept(Alice.KEYS, claim(LINE));
        trial.accept(Alice.KEYS, new NameTransaction.Transfer(LINE, Bob.ADDRESS));

        trial.refuse(
                Mallory.KEYS, new NameTransaction.Revoke(LINE), NameRefusal.NotNameOwner.class);
        trial.accept(Alice.KEYS, new NameTransaction.Revoke(LINE));

        assertThat(isFree(LINE)).isTrue();
        trial.refuse(Alice.KEYS, new NameTransaction.Revoke(LINE), NameRefusal.NameUnknown.class);
    }

    @Test
    void anExpiredNameCannotBeChanged() {
        aliceOwns(ACME);
        trial.at(entry(ACME).expiresAt().value());
        Address bob = Bob.ADDRESS;

        trial.refuse(
                Alice.KEYS, new NameTransaction.Transfer(ACME, bob), NameRefusal.NameUnknown.class);
        trial.refuse(
                Alice.KEYS,
                new NameTransaction.Update(ACME, List.of(), 10),
                NameRefusal.NameUnknown.class);
    }

    /** Leaves somebody with so much. */
    private void poor(KeyPair who, Amount left) {
        long bytes = trial.signed(who, new Transfer(Bob.ADDRESS, left)).encoded().size();
        Amount fee = Trial.GAS_PRICE.times(bytes);
        Amount all = trial.balance(who.address()).minus(fee);
        trial.accept(who, new Transfer(Bob.ADDRESS, all.minus(left)));
        assertThat(trial.balance(who.address())).isEqualTo(left);
    }

    @Test
    void whoCannotPayTheFeeDoesNotGetTheName() {
        preclaim(Alice.KEYS, ACME);
        trial.at(11);
        poor(Alice.KEYS, rules.claimFee());
        Ledger before = trial.ledger();

        trial.refuse(Alice.KEYS, claim(ACME), Refusal.FundsTooLow.class);

        assertThat(trial.ledger()).isSameAs(before);
    }

    @Test
    void whoCannotPayTheFeeDoesNotRenewAndChangesThePointersAllTheSame() {
        aliceOwns(ACME);
        poor(Alice.KEYS, rules.claimFee());

        trial.refuse(
                Alice.KEYS,
                new NameTransaction.Update(ACME, List.of(), 1),
                Refusal.FundsTooLow.class);
        trial.accept(Alice.KEYS, new NameTransaction.Update(ACME, List.of(), 0));
    }

    @Test
    void aLowerNameLivesForOneTermWhereTheNameAboveLivesLonger() {
        aliceOwns(ACME);
        trial.accept(
                Alice.KEYS, new NameTransaction.Update(ACME, List.of(), 2 * rules.termBlocks()));

        trial.accept(Alice.KEYS, claim(LINE));

        assertThat(entry(LINE).expiresAt())
                .isEqualTo(new BlockHeight(trial.height() + rules.termBlocks()));
    }
}

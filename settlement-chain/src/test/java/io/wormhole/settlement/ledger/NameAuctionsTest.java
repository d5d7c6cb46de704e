package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.transaction.NameTransaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.genesis.NameRules;
import org.junit.jupiter.api.Test;

class NameAuctionsTest {
    private static final Name BOB = new Name("/bob");

    private final Trial trial = Trial.start();
    private final NameRules rules = trial.parameters().names();
    private final Amount first = rules.firstBid(BOB);

    private static NameTransaction.Bid bid(Amount amount) {
        return new NameTransaction.Bid(BOB, amount);
    }

    private static NameTransaction.Claim claim() {
        return new NameTransaction.Claim(BOB, Hash.ZERO);
    }

    @Test
    void theHighestBidderGetsTheNameAndItsMoneyBurns() {
        trial.accept(Alice.KEYS, bid(first));
        Amount alice = trial.balance(Alice.ADDRESS);
        Amount higher = Amount.of(first.baseUnits() + first.baseUnits() / 20);

        trial.accept(Bob.KEYS, bid(higher));

        assertThat(trial.balance(Alice.ADDRESS)).isEqualTo(alice.plus(first));
        Amount burned = trial.ledger().supply().burned();
        trial.at(trial.height() + rules.auctionBlocks());
        trial.accept(Mallory.KEYS, claim());
        assertThat(trial.ledger().name(BOB, new BlockHeight(trial.height())).orElseThrow().owner())
                .isEqualTo(Bob.ADDRESS);
        assertThat(trial.ledger().auction(BOB)).isEmpty();
        assertThat(trial.ledger().supply().burned()).isEqualTo(burned.plus(higher));
    }

    @Test
    void aBidBelowATwentiethMoreIsRefused() {
        trial.refuse(Alice.KEYS, bid(first.minus(Amount.of(1))), NameRefusal.BidTooLow.class);
        trial.accept(Alice.KEYS, bid(first));

        NameRefusal.BidTooLow low =
                trial.refuse(
                        Bob.KEYS,
                        bid(Amount.of(first.baseUnits() * 21 / 20 - 1)),
                        NameRefusal.BidTooLow.class);

        assertThat(low.needed().baseUnits()).isEqualTo(first.baseUnits() * 21 / 20);
        trial.accept(Alice.KEYS, bid(low.needed()));
    }

    @Test
    void everyBidMovesTheEndAndNobodyBidsAfterIt() {
        trial.accept(Alice.KEYS, bid(first));
        trial.at(trial.height() + rules.auctionBlocks() - 1);
        trial.accept(Bob.KEYS, bid(first.times(2)));
        trial.at(trial.height() + rules.auctionBlocks() - 1);

        trial.refuse(Bob.KEYS, claim(), NameRefusal.AuctionRuns.class);
        trial.at(trial.height() + 1);
        trial.refuse(Alice.KEYS, bid(first.times(9)), NameRefusal.AuctionOver.class);
        trial.accept(Alice.KEYS, claim());
        trial.refuse(Alice.KEYS, bid(first.times(9)), NameRefusal.NameTaken.class);
    }

    @Test
    void shortNamesAreNotClaimedAndLongOnesNotAuctioned() {
        trial.refuse(Alice.KEYS, claim(), NameRefusal.NameAuctioned.class);
        trial.refuse(
                Alice.KEYS,
                new NameTransaction.Bid(new Name("/acme"), first),
                NameRefusal.NameNotAuctioned.class);
        trial.refuse(
                Alice.KEYS,
                new NameTransaction.Bid(new Name("/acme/bob"), first),
                NameRefusal.NameNotAuctioned.class);
    }

    @Test
    void shorterNamesBeginHigher() {
        assertThat(first).isEqualTo(rules.claimFee().times(8));
        assertThat(rules.firstBid(new Name("/a"))).isEqualTo(rules.claimFee().times(512));
    }

    @Test
    void theWinnerPaysNothingMoreForItsName() {
        trial.accept(Alice.KEYS, bid(first));
        trial.at(trial.height() + rules.auctionBlocks());
        Amount before = trial.balance(Mallory.ADDRESS);

        Outcome.Applied applied = trial.accept(Mallory.KEYS, claim());

        assertThat(trial.balance(Mallory.ADDRESS)).isEqualTo(before.minus(applied.fee()));
        assertThat(trial.ledger().supply().burned()).isEqualTo(first);
    }

    @Test
    void aClaimOfAShortNameNeedsNoMoneyForAFee() {
        trial.accept(Alice.KEYS, bid(first));
        trial.at(trial.height() + rules.auctionBlocks());
        long bytes = trial.signed(Mallory.KEYS, claim()).encoded().size();
        Amount fee = Trial.GAS_PRICE.times(bytes);
        Transfer some = new Transfer(Bob.ADDRESS, Amount.of(1));
        Amount paying = Trial.GAS_PRICE.times(trial.signed(Mallory.KEYS, some).encoded().size());
        Amount all = trial.balance(Mallory.ADDRESS).minus(paying).minus(fee);
        trial.accept(Mallory.KEYS, new Transfer(Bob.ADDRESS, all));

        trial.accept(Mallory.KEYS, claim());

        assertThat(trial.balance(Mallory.ADDRESS)).isEqualTo(Amount.ZERO);
    }
}

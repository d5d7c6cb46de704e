package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.NameTransaction;
import io.wormhole.protocol.transaction.OracleTransaction;
import org.junit.jupiter.api.Test;

/** Which entries hold how much, and that a base unit too many or too few is seen. */
class MoneyTest {
    private final Trial trial = Trial.start();

    @Test
    void aChannelHoldsItsTotalUntilItIsClosed() {
        Deal deal = Deal.opened(trial, CloseRule.RESTART_COUNTDOWN);
        assertThat(Money.in(StateTree.WORMHOLES, deal.entry().encoded())).isEqualTo(Amount.of(50));
        trial.accept(Alice.KEYS, deal.solo());
        assertThat(Money.in(StateTree.WORMHOLES, deal.entry().encoded())).isEqualTo(Amount.of(50));

        trial.accept(Alice.KEYS, deal.mutual(41, 9));

        assertThat(Money.in(StateTree.WORMHOLES, deal.entry().encoded())).isEqualTo(Amount.ZERO);
    }

    @Test
    void anAuctionHoldsItsHighestBidAndANameNothing() {
        Name name = new Name("/bob");
        Amount first = trial.parameters().names().firstBid(name);
        trial.accept(Alice.KEYS, new NameTransaction.Bid(name, first));
        assertThat(Money.in(StateTree.NAMES, trial.ledger().auction(name).orElseThrow().encoded()))
                .isEqualTo(first);
        trial.at(trial.height() + trial.parameters().names().auctionBlocks());

        trial.accept(Alice.KEYS, new NameTransaction.Claim(name, Alice.ADDRESS.hash()));

        BlockHeight now = new BlockHeight(trial.height());
        assertThat(
                        Money.in(
                                StateTree.NAMES,
                                trial.ledger().name(name, now).orElseThrow().encoded()))
                .isEqualTo(Amount.ZERO);
    }

    @Test
    void aQuestionHoldsItsDeposits() {
        OracleId id = OracleId.of(Alice.ADDRESS, trial.nextNonce(Alice.KEYS));
        trial.accept(Alice.KEYS, new OracleTransaction.Ask("?", new BlockHeight(12), 20));

        assertThat(
                        Money.in(
                                StateTree.OPEN_ORACLES,
                                trial.ledger().openOracle(id).orElseThrow().encoded()))
                .isEqualTo(trial.parameters().oracles().deposit(20));
    }

    @Test
    void oneBaseUnitTooManyOrTooFewIsSeen() {
        Amount one = Amount.of(1);
        SupplyTotals right =
                new SupplyTotals(
                        Amount.of(100), Amount.of(20), Amount.of(10), Amount.of(5), Amount.of(105));

        assertThat(right.isBalanced()).isTrue();
        assertThat(right.plusMinted(one).isBalanced()).isFalse();
        assertThat(
                        new SupplyTotals(
                                        Amount.of(100),
                                        Amount.of(20),
                                        Amount.of(10),
                                        Amount.of(5),
                                        Amount.of(104))
                                .isBalanced())
                .isFalse();
    }
}

package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.transaction.AccountTransaction;
import io.wormhole.protocol.transaction.NameTransaction;
import io.wormhole.protocol.transaction.StakeTransaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.genesis.NameRules;
import io.wormhole.settlement.genesis.TestParameters;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every rule that begins or ends at a height h, in the block before it, in it and after it; each on
 * a ledger of its own. Questions have tests of their own.
 */
class HeightEdgesTest {
    private static final Name ACME = new Name("/acme");
    private static final Name BOB = new Name("/bob");
    private static final Hash SALT = Bob.ADDRESS.hash();

    private Trial trial = Trial.start();

    /** What becomes of a transaction at a height. */
    private interface Scene {
        /** Prepares a ledger; returns the body to try at {@code height}. */
        TransactionBody at(long height);
    }

    private static final String APPLIED = "applied";

    /** The outcomes at h - 1, h and h + 1. */
    private List<String> around(long h, KeyPair who, Scene scene) {
        return List.of(
                outcome(h - 1, who, scene), outcome(h, who, scene), outcome(h + 1, who, scene));
    }

    private String outcome(long height, KeyPair who, Scene scene) {
        trial = Trial.start();
        TransactionBody body = scene.at(height);
        trial.at(height);
        return outcome(who, body);
    }

    private String outcome(KeyPair who, TransactionBody body) {
        Outcome outcome = trial.submit(trial.signed(who, body));
        return outcome instanceof Outcome.Rejected rejected ? rejected.refusal().code() : APPLIED;
    }

    /** Bob closes alone at height 10, so the countdown ends at 20; the close is final. */
    private Deal closing() {
        Deal deal = Deal.opened(trial, CloseRule.RESTART_COUNTDOWN);
        trial.accept(Bob.KEYS, deal.solo(deal.state(3, 10, 40)));
        trial.finalise(100);
        return deal;
    }

    @Test
    void aChannelIsSettledFromTheEndOfItsCountdownOn() {
        assertThat(around(20, Mallory.KEYS, height -> closing().settle()))
                .containsExactly("countdown-runs", APPLIED, APPLIED);
    }

    @Test
    void aChallengeIsGoodBeforeAtAndAfterTheEndOfTheCountdown() {
        Scene challenge =
                height -> {
                    Deal deal = closing();
                    return deal.challenge(deal.state(4, 30, 20));
                };

        assertThat(around(20, Alice.KEYS, challenge)).containsOnly(APPLIED);
        assertThat(entryAfter(21, challenge)).isEqualTo(new BlockHeight(31));
    }

    private BlockHeight entryAfter(long height, Scene scene) {
        outcome(height, Alice.KEYS, scene);
        ChannelId id = Deal.agreed(trial, CloseRule.RESTART_COUNTDOWN).id();
        return trial.ledger().channel(id).orElseThrow().closesAt();
    }

    @Test
    void aDelegatesChallengeIsGoodBeforeAtAndAfterTheEndOfTheCountdown() {
        Scene challenge =
                height -> {
                    Deal deal = closing();
                    return deal.challengeFor(Alice.KEYS, 0, Mallory.ADDRESS, deal.state(4, 30, 20));
                };

        assertThat(around(20, Mallory.KEYS, challenge)).containsOnly(APPLIED);
    }

    @Test
    void closingTogetherIsGoodBeforeAtAndAfterTheEndOfTheCountdown() {
        assertThat(around(20, Mallory.KEYS, height -> closing().mutual(25, 25)))
                .containsOnly(APPLIED);
    }

    @Test
    void whatIsSettledCannotBeChallengedAnyMore() {
        Deal deal = closing();
        trial.at(20).accept(Mallory.KEYS, deal.settle());

        assertThat(outcome(Alice.KEYS, deal.challenge(deal.state(4, 30, 20))))
                .isEqualTo("channel-not-in");
    }

    @Test
    void aCloseIsFinalFromTheCheckpointAtItsHeightOn() {
        for (long closedAt = 11; closedAt <= 13; closedAt++) {
            trial = Trial.start();
            Deal deal = Deal.opened(trial, CloseRule.RESTART_COUNTDOWN);
            trial.at(closedAt).accept(Bob.KEYS, deal.solo());
            trial.at(100).finalise(3);

            assertThat(outcome(Alice.KEYS, deal.settle()))
                    .as("closed at %d, final is 12", closedAt)
                    .isEqualTo(closedAt <= 12 ? APPLIED : "close-not-final");
        }
    }

    @Test
    void aCountdownLiesWithinItsBoundsAtBothEnds() {
        for (long blocks : new long[] {5, 6, 7, 99, 100, 101}) {
            trial = Trial.on(TestParameters.withCountdowns(6, 100));
            Deal deal = Deal.of(trial, Deal.terms(CloseRule.CLOSE_AT_ONCE, 1, blocks));

            assertThat(outcome(Alice.KEYS, deal.open()))
                    .as("countdown of %d blocks", blocks)
                    .isEqualTo(blocks >= 6 && blocks <= 100 ? APPLIED : "countdown-out-of-range");
        }
    }

    @Test
    void anAccountIsDeletedFromTheBlockOnInWhichItOwesMoreThanItHas() {
        Address poor = Arbitrary.forTest("HeightEdgesTest", 1).address();
        for (long height = 19; height <= 21; height++) {
            trial = Trial.withRent(10, 5);
            trial.accept(Alice.KEYS, new Transfer(poor, Amount.of(109)));
            trial.at(height + 1);

            assertThat(outcome(Bob.KEYS, new AccountTransaction.Delete(poor)))
                    .as("%d blocks after the payment of 109 units", height + 1 - 10)
                    .isEqualTo(height + 1 - 10 <= 10 ? "account-can-pay" : APPLIED);
        }
    }

    private static NameTransaction.Preclaim preclaim(KeyPair who, Name name) {
        return new NameTransaction.Preclaim(
                NameTransaction.Preclaim.commitment(name, who.address(), SALT));
    }

    private static NameTransaction.Claim claim(Name name) {
        return new NameTransaction.Claim(name, SALT);
    }

    private NameRules names() {
        return trial.parameters().names();
    }

    /** Alice owns a name from height 11 on; returns the height at which it is free again. */
    private long acmeEnds() {
        trial.accept(Alice.KEYS, preclaim(Alice.KEYS, ACME));
        trial.at(11).accept(Alice.KEYS, claim(ACME));
        return 11 + names().termBlocks();
    }

    @Test
    void aNameIsClaimedFromTheFirstToTheLastBlockOfThePreclaimsWindow() {
        Scene scene =
                height -> {
                    trial.accept(Alice.KEYS, preclaim(Alice.KEYS, ACME));
                    return claim(ACME);
                };

        assertThat(around(10 + names().preclaimMinimumBlocks(), Alice.KEYS, scene))
                .containsExactly("preclaim-out-of-window", APPLIED, APPLIED);
        assertThat(around(10 + names().preclaimMaximumBlocks(), Alice.KEYS, scene))
                .containsExactly(APPLIED, APPLIED, "preclaim-out-of-window");
    }

    @Test
    void aCommitmentIsRecordedAgainFromTheBlockAfterItsWindowOn() {
        Scene scene =
                height -> {
                    trial.accept(Alice.KEYS, preclaim(Alice.KEYS, ACME));
                    return preclaim(Alice.KEYS, ACME);
                };

        assertThat(around(10 + names().preclaimMaximumBlocks(), Mallory.KEYS, scene))
                .containsExactly("preclaim-pending", "preclaim-pending", APPLIED);
    }

    @Test
    void aNameIsItsOwnersUntilItsEndAndAnybodysFromThereOn() {
        long end = 11 + names().termBlocks();

        assertThat(
                        around(
                                end,
                                Alice.KEYS,
                                height -> {
                                    acmeEnds();
                                    return new NameTransaction.Update(ACME, List.of(), 10);
                                }))
                .containsExactly(APPLIED, "name-unknown", "name-unknown");
        assertThat(
                        around(
                                end,
                                Bob.KEYS,
                                height -> {
                                    acmeEnds();
                                    trial.at(height - 1).accept(Bob.KEYS, preclaim(Bob.KEYS, ACME));
                                    return claim(ACME);
                                }))
                .containsExactly("name-taken", APPLIED, APPLIED);
    }

    @Test
    void aLowerNameIsClaimedOnlyWhileTheNameAboveLives() {
        assertThat(
                        around(
                                11 + names().termBlocks(),
                                Alice.KEYS,
                                height -> {
                                    acmeEnds();
                                    return claim(new Name("/acme/line7"));
                                }))
                .containsExactly(APPLIED, "name-unknown", "name-unknown");
    }

    @Test
    void anAuctionTakesBidsBeforeItsEndAndGivesTheNameFromThereOn() {
        long end = 10 + names().auctionBlocks();
        Amount first = names().firstBid(BOB);

        assertThat(
                        around(
                                end,
                                Bob.KEYS,
                                height -> {
                                    trial.accept(Alice.KEYS, new NameTransaction.Bid(BOB, first));
                                    return new NameTransaction.Bid(BOB, first.times(2));
                                }))
                .containsExactly(APPLIED, "auction-over", "auction-over");
        assertThat(
                        around(
                                end,
                                Mallory.KEYS,
                                height -> {
                                    trial.accept(Alice.KEYS, new NameTransaction.Bid(BOB, first));
                                    return claim(BOB);
                                }))
                .containsExactly("auction-runs", APPLIED, APPLIED);
    }

    /** Runs empty blocks from height 1 to {@code last}. */
    private void blocksTo(long last) {
        for (long height = 1; height <= last; height++) {
            begin(height);
        }
    }

    private void begin(long height) {
        trial.at(height);
        trial.replace(BlockSteps.begin(trial.ledger(), trial.context(), blockHash(height - 1)));
    }

    private static Hash blockHash(long height) {
        return Hash.of(DomainTag.ENTROPY, new BlockHeight(height).encoded());
    }

    @Test
    void aStakeIsPaidBackFromTheFirstBlockOfItsEpochOn() {
        long delay = trial.parameters().finality().withdrawalDelayEpochs();
        long first = 4 * delay + 1;

        for (long height = first - 1; height <= first + 1; height++) {
            trial = Trial.start();
            trial.at(0).accept(Bob.KEYS, new StakeTransaction.Deposit(Amount.of(5 * Trial.DSD)));
            trial.accept(Bob.KEYS, new StakeTransaction.Logout());
            blocksTo(height);

            assertThat(outcome(Bob.KEYS, new StakeTransaction.Withdraw()))
                    .as("at height %d of %d", height, first)
                    .isEqualTo(height < first ? "finality-not-withdrawable" : APPLIED);
        }
    }

    @Test
    void aVoteCountsInTheBlocksBetweenItsCheckpointAndTheNext() {
        Checkpoint source = new Checkpoint(0, blockHash(0));
        Checkpoint target = new Checkpoint(1, blockHash(4));
        for (long height = 4; height <= 9; height++) {
            trial = Trial.start();
            blocksTo(height);
            Outcome outcome = trial.submit(Trial.vote(Alice.KEYS, trial.network(), source, target));

            assertThat(outcome instanceof Outcome.Applied)
                    .as("a vote for checkpoint 4 in block %d", height)
                    .isEqualTo(height >= 5 && height <= 7);
        }
    }
}

package io.wormhole.channel.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.HashLock;
import io.wormhole.channel.update.LockIds;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HopPaymentTest {
    @Test
    void threeHopsPayAndEveryRelayEarnsItsFee() {
        HopWorld world = new HopWorld(4, 10);

        world.begin(true);
        world.runUntilQuiet();

        assertThat(world.gains()).containsExactly(-32L, 1L, 1L, 30L);
        assertThat(world.locks()).isZero();
    }

    @Test
    void aPayeeWithoutTheSecretIsNotPaidAndNobodyLoses() {
        HopWorld world = new HopWorld(4, 10);

        world.begin(false);
        world.runUntilQuiet();
        assertThat(world.locks()).isEqualTo(3);
        world.passSlowly(400);

        assertThat(world.gains()).containsExactly(0L, 0L, 0L, 0L);
        assertThat(world.locks()).isZero();
    }

    @Test
    void aRelayThatIsPaidTooLittleGivesItBack() {
        HopWorld world = new HopWorld(3, 10);
        world.payLess(1, 5);

        world.begin(true);
        world.runUntilQuiet();

        assertThat(world.gains()).containsExactly(0L, 0L, 0L);
        assertThat(world.locks()).isZero();
    }

    @Test
    void aRelayThatIsToPayMoreThanThereIsGivesItBack() {
        HopWorld world = new HopWorld(3, 10);
        world.payLess(1, Long.MAX_VALUE - 30);

        world.begin(true);
        world.runUntilQuiet();

        assertThat(world.gains()).containsExactly(0L, 0L, 0L);
        assertThat(world.locks()).isZero();
    }

    @Test
    void aRelayWhoseLockWouldNeverExpireGivesItBack() {
        HopWorld world = new HopWorld(3, 10);
        world.expireAt(1, new BlockHeight(Long.MAX_VALUE));

        world.begin(true);
        world.runUntilQuiet();

        assertThat(world.gains()).containsExactly(0L, 0L, 0L);
        assertThat(world.locks()).isZero();
    }

    @Test
    void aFeeOfAnyAmountIsAnAmount() {
        HopPolicy.Fee all = new HopPolicy.Fee(Amount.of(1), 1_000_000);

        assertThat(all.of(Amount.of(Long.MAX_VALUE))).isEqualTo(Amount.of(Long.MAX_VALUE));
        assertThat(all.of(Amount.of(1_500_001))).isEqualTo(Amount.of(1_500_002));
        assertThat(new HopPolicy.Fee(Amount.of(2), 1).of(Amount.of(1_000_001)))
                .isEqualTo(Amount.of(4));
    }

    @Test
    void aRelayThatWouldHaveTooLittleTimeGivesItBack() {
        HopWorld world = new HopWorld(3, 10);
        world.shortenFirst(5);

        world.begin(true);
        world.runUntilQuiet();

        assertThat(world.gains()).containsExactly(0L, 0L, 0L);
        assertThat(world.locks()).isZero();
    }

    @Test
    void aRelayTakesNoLockThatItsPayerCouldTakeBackByClosingAlone() {
        HopWorld world = new HopWorld(3, 10, 60);

        world.begin(true);
        world.runUntilQuiet();

        assertThat(world.gains()).containsExactly(0L, 0L, 0L);
        assertThat(world.locks()).isZero();
    }

    @Test
    void allPayOrNoneWhateverIsLostOrForgotten() {
        int seeds = Integer.getInteger("wormhole.hop.seeds", 150);
        for (int seed = 0; seed < seeds; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            HopWorld world = new HopWorld(2 + random.nextInt(4), seed);
            boolean knows = random.nextInt(4) > 0;
            world.begin(knows);
            for (int i = 0; i < 60; i++) {
                world.somethingHappens(random);
                world.checkNobodyIsExposed();
            }
            world.heal();
            world.runUntilQuiet();
            if (!knows || world.locks() > 0) {
                world.passSlowly(500);
            }

            assertThat(world.locks()).as("seed " + seed).isZero();
            assertThat(world.paidOrNot()).as("seed %d: %s", seed, world).isTrue();
        }
    }

    @Test
    void aPartnerWhoIsSilentUntilTheEndIsForcedByTheChain() {
        HopWorld world = new HopWorld(3, 1);
        world.begin(true);
        world.untilSecretIsShownTo(1);

        world.silence(0);
        world.pass(world.blocksUntilForce(1));

        assertThat(world.step(1)).isInstanceOf(HopStep.Force.class);
    }

    // It could have what is locked signed back to it, by claiming the height of the expiry.
    @Test
    void nothingIsAwaitedOfAPartnerThatCouldClaimThatTheExpiryIsReached() {
        assertThat(HopWorld.POLICY.nearBlocks())
                .isEqualTo(HopWorld.POLICY.forceBlocks() + Tools.HEIGHT_TOLERANCE_BLOCKS);
    }

    @Test
    void aSecretIsStillKnownWhenTheChannelInWhichItWasShownIsOver() {
        Bytes secret = Bytes.of(new byte[HashTimeLock.SECRET_SIZE]);
        Hash hash = HashTimeLock.hashOf(secret);
        long lock = LockIds.of(hash, 3);
        Side alice = Side.open(Alice.KEYS, Side.terms(), 0);
        Side bob = Side.open(Bob.KEYS, Side.terms(), 1);
        alice.offers("lock", HashLock.lock(lock, 0, Amount.of(10), hash, HopWorld.START.plus(100)));
        Side.talk(alice, bob);
        bob.offers(
                "redeem",
                new ChannelOperation.Step(lock, 1, HopWorld.START, HashTimeLock.redeem(secret)),
                new ChannelOperation.Release(lock));
        Side.talk(alice, bob);

        alice.does(Side.chain(50, Side.entry(ChannelEntry.Phase.CLOSED, alice.proof())));

        assertThat(alice.memory()).isInstanceOf(Ended.class);
        assertThat(HopRules.shown((Ended) alice.memory(), hash)).contains(secret);
    }

    // The partner may bring it to the chain, which shows no secret.
    @Test
    void aSecretIsKnownBeforeThePartnerAcknowledgesTheUpdateThatShowsIt() {
        Bytes secret = Bytes.of(new byte[HashTimeLock.SECRET_SIZE]);
        Hash hash = HashTimeLock.hashOf(secret);
        BlockHeight expiry = HopWorld.START.plus(100);
        long lock = LockIds.of(hash, 3);
        Side alice = Side.open(Alice.KEYS, Side.terms(), 0);
        Side bob = Side.open(Bob.KEYS, Side.terms(), 1);
        alice.offers("lock", HashLock.lock(lock, 0, Amount.of(10), hash, expiry));
        Side.talk(alice, bob);
        assertThat(HopRules.shown((Open) alice.memory(), hash)).isEmpty();

        bob.offers(
                "redeem",
                new ChannelOperation.Step(lock, 1, HopWorld.START, HashTimeLock.redeem(secret)),
                new ChannelOperation.Release(lock));
        alice.hears(bob.says());

        assertThat(alice.standing().pending()).isPresent();
        assertThat(HopRules.shown((Open) alice.memory(), hash)).contains(secret);
    }

    @Test
    void aPayeeCountsTheParts() {
        Bytes secret = Bytes.of(new byte[32]);
        Hash hash = HashTimeLock.hashOf(secret);
        HopRules rules = new HopRules(HopWorld.POLICY);
        HashLock part =
                new HashLock(
                        1, Amount.of(40), hash, 1, HopWorld.START.plus(100), HashLock.Status.OPEN);
        HashLock late =
                new HashLock(
                        2, Amount.of(40), hash, 1, HopWorld.START.plus(2), HashLock.Status.OPEN);

        assertThat(rules.settles(hash, Amount.of(80), List.of(part), HopWorld.START)).isFalse();
        assertThat(rules.settles(hash, Amount.of(80), List.of(part, late), HopWorld.START))
                .isFalse();
        assertThat(rules.settles(hash, Amount.of(80), List.of(part, part), HopWorld.START))
                .isTrue();
    }

    @Test
    void partsHaveLocksOfTheirOwn() {
        Hash hash = HashTimeLock.hashOf(Bytes.of(new byte[32]));
        assertThat(LockIds.of(hash, 0)).isPositive();
        assertThat(LockIds.of(hash, 1)).isNotEqualTo(LockIds.of(hash, 0));
        assertThat(LockIds.isPart(LockIds.of(hash, 255), hash)).isTrue();
        assertThat(LockIds.isPart(LockIds.of(hash, 0), Hash.ZERO)).isFalse();
    }

    @Test
    void aPolicyThatLeavesNoTimeForTheChainIsRefused() {
        assertThatThrownBy(() -> new HopPolicy(Amount.ZERO, 0, 41, 100, 5))
                .hasMessageContaining("above 45");
    }
}

package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.AccountTransaction;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.NameTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.StakeTransaction;
import io.wormhole.protocol.transaction.Transfer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Edges that are no heights: accounts that are gone, dust, contracts that want too much. */
class LedgerEdgesTest {
    private static final Hash SALT = Bob.ADDRESS.hash();
    private static final long TIME = 10_000;
    private static final long SPACE = 10_000;

    private final Trial trial = Trial.withRent(1_000_000, 0);

    /** Bob gives away nearly all; some blocks later his account cannot pay its rent. */
    private void bobsAccountIsGone() {
        long keep = 5_000_000;
        Transfer probe = new Transfer(Mallory.ADDRESS, Amount.of(1));
        long fee = 10L * trial.signed(Bob.KEYS, probe).encoded().size();
        long all = trial.balance(Bob.ADDRESS).baseUnits();
        trial.accept(Bob.KEYS, new Transfer(Mallory.ADDRESS, Amount.of(all - fee - keep)));
        trial.at(trial.height() + 6);
        trial.accept(Mallory.KEYS, new AccountTransaction.Delete(Bob.ADDRESS));
        assertThat(trial.ledger().account(Bob.ADDRESS)).isEmpty();
    }

    /** Pays the rent that Bob owes by now, so that the next payment of him is the only change. */
    private void touchBob() {
        trial.accept(Bob.KEYS, new Transfer(Bob.ADDRESS, Amount.ZERO));
    }

    private AccountEntry fresh(long balance) {
        return new AccountEntry(
                Amount.of(balance),
                new Nonce(trial.height() * Draft.NONCES_PER_BLOCK),
                new BlockHeight(trial.height()));
    }

    @Test
    void aChannelPaysAPartyWhoseAccountIsGoneIntoANewOne() {
        Deal deal = Deal.opened(trial, CloseRule.CLOSE_AT_ONCE);
        touchBob();
        bobsAccountIsGone();

        trial.accept(Mallory.KEYS, deal.mutual(20, 30));

        assertThat(deal.entry().phase()).isEqualTo(ChannelEntry.Phase.CLOSED);
        assertThat(trial.ledger().account(Bob.ADDRESS)).contains(fresh(30));
    }

    @Test
    void aStakeOutlivesItsOwnersAccount() {
        trial.accept(Bob.KEYS, new StakeTransaction.Deposit(Amount.of(5 * Trial.DSD)));
        bobsAccountIsGone();
        Amount staked =
                trial.ledger().finality().validators().find(Bob.ADDRESS).orElseThrow().deposit();

        trial.refuse(Bob.KEYS, new StakeTransaction.Logout(), Refusal.AccountUnknown.class);
        trial.accept(Alice.KEYS, new Transfer(Bob.ADDRESS, Amount.of(Trial.DSD)));
        trial.accept(Bob.KEYS, new StakeTransaction.Logout());

        assertThat(staked).isEqualTo(Amount.of(5 * Trial.DSD));
        assertThat(
                        trial.ledger()
                                .finality()
                                .validators()
                                .find(Bob.ADDRESS)
                                .orElseThrow()
                                .isLeaving())
                .isTrue();
    }

    @Test
    void aNameOutlivesItsOwnersAccount() {
        Name name = new Name("/acme");
        trial.accept(
                Bob.KEYS,
                new NameTransaction.Preclaim(
                        NameTransaction.Preclaim.commitment(name, Bob.ADDRESS, SALT)));
        trial.at(trial.height() + 1).accept(Bob.KEYS, new NameTransaction.Claim(name, SALT));
        bobsAccountIsGone();

        trial.accept(Alice.KEYS, new Transfer(Bob.ADDRESS, Amount.of(Trial.DSD)));
        trial.accept(Bob.KEYS, new NameTransaction.Transfer(name, Alice.ADDRESS));

        assertThat(trial.ledger().name(name, new BlockHeight(trial.height())).orElseThrow().owner())
                .isEqualTo(Alice.ADDRESS);
    }

    @Test
    void whoIsOutbidAfterItsAccountIsGoneIsPaidIntoANewOne() {
        Name name = new Name("/bob");
        Amount first = trial.parameters().names().firstBid(name);
        trial.accept(Bob.KEYS, new NameTransaction.Bid(name, first));
        bobsAccountIsGone();

        trial.accept(Alice.KEYS, new NameTransaction.Bid(name, first.times(2)));

        assertThat(trial.ledger().account(Bob.ADDRESS)).contains(fresh(first.baseUnits()));
    }

    @Test
    void whoOutbidsItselfGetsItsFirstMoneyBack() {
        Name name = new Name("/bob");
        Amount first = trial.parameters().names().firstBid(name);
        trial.accept(Bob.KEYS, new NameTransaction.Bid(name, first));
        Amount before = trial.balance(Bob.ADDRESS);

        Outcome.Applied applied =
                trial.accept(Bob.KEYS, new NameTransaction.Bid(name, first.times(2)));

        assertThat(trial.balance(Bob.ADDRESS)).isEqualTo(before.minus(first).minus(applied.fee()));
    }

    @Test
    void dustMakesAnAccountThatRentRemoves() {
        Address dusty = Arbitrary.forTest("LedgerEdgesTest", 1).address();
        trial.accept(Alice.KEYS, new Transfer(dusty, Amount.of(1)));
        assertThat(trial.ledger().account(dusty)).contains(fresh(1));

        trial.at(trial.height() + 1);
        trial.accept(Bob.KEYS, new AccountTransaction.Delete(dusty));

        assertThat(trial.ledger().account(dusty)).isEmpty();
    }

    private static ContractLock puppet(Bytes state, long locked) {
        return new ContractLock(
                7,
                ContractCode.load(Puppet.CODE).hash(),
                ContractCall.stateHash(state),
                Amount.of(locked),
                1,
                TIME,
                SPACE);
    }

    private static Value paying(long alice, long bob) {
        return Puppet.order(Value.text("paid"), List.of(Value.of(alice), Value.of(bob)), List.of());
    }

    private Outcome.Applied force(Deal deal, CoSignedState base, Bytes state, Value order) {
        return trial.accept(
                trial.signed(
                        Alice.KEYS,
                        new ChannelTransaction.ForceProgress(
                                deal.id(),
                                Optional.of(base),
                                7,
                                Puppet.CODE,
                                state,
                                ValueCodec.encode(order)),
                        TIME,
                        SPACE));
    }

    @Test
    void aContractThatPaysMoreThanItsLockChangesNothingAndTheLastAgreedSplitIsPaid() {
        Deal deal = Deal.opened(trial, CloseRule.RESTART_COUNTDOWN);
        Bytes state = ContractCall.state(Value.of(0), Value.text("new"));
        CoSignedState agreed = deal.state(3, 20, 18, puppet(state, 12));

        for (Value order : List.of(paying(13, 0), paying(12, 1), paying(Long.MAX_VALUE, 1))) {
            ChannelEntry before = deal.entry();
            Outcome.Applied applied = force(deal, agreed, state, order);

            assertThat(deal.entry()).isEqualTo(before);
            assertThat(applied.fee().isZero()).isFalse();
            assertThat(applied.facts())
                    .filteredOn(LedgerFact.ContractStepFailed.class::isInstance)
                    .singleElement()
                    .asString()
                    .contains("PAYS_TOO_MUCH");
        }
        trial.accept(Alice.KEYS, deal.solo(agreed));
        trial.finalise(100);
        Amount before = trial.balance(Bob.ADDRESS);
        trial.at(trial.height() + Deal.COUNTDOWN).accept(Mallory.KEYS, deal.settle());

        long rent = 1_000_000 * trial.height();
        assertThat(trial.balance(Bob.ADDRESS).baseUnits())
                .isEqualTo(before.baseUnits() + 18 + 12 - rent + 10 * 1_000_000L);
    }

    @Test
    void aContractThatPaysAllOfItsLockEmptiesIt() {
        Deal deal = Deal.opened(trial, CloseRule.RESTART_COUNTDOWN);
        Bytes state = ContractCall.state(Value.of(0), Value.text("new"));

        force(deal, deal.state(3, 20, 18, puppet(state, 12)), state, paying(12, 0));

        assertThat(deal.entry().recorded().balances())
                .containsExactly(Amount.of(32), Amount.of(18));
        assertThat(deal.entry().recorded().lock(7).orElseThrow().locked()).isEqualTo(Amount.ZERO);
    }

    @Test
    void aStepThatTrapsKeepsItsFeeAndChangesNothing() {
        Deal deal = Deal.opened(trial, CloseRule.RESTART_COUNTDOWN);
        Bytes state = ContractCall.state(Value.of(0), Value.text("new"));
        ChannelEntry before = deal.entry();
        Amount balance = trial.balance(Alice.ADDRESS);

        Outcome.Applied applied =
                force(deal, deal.state(3, 20, 18, puppet(state, 12)), state, Puppet.refuse());

        assertThat(deal.entry()).isEqualTo(before);
        assertThat(applied.fee().isZero()).isFalse();
        assertThat(trial.balance(Alice.ADDRESS)).isEqualTo(balance.minus(applied.fee()));
        assertThat(applied.facts())
                .anySatisfy(
                        fact ->
                                assertThat(fact)
                                        .isInstanceOfSatisfying(
                                                LedgerFact.ContractStepFailed.class,
                                                failed ->
                                                        assertThat(failed.reason())
                                                                .contains("told to")));
    }

    /** A step starts the countdown anew whenever it comes, as long as nobody has settled. */
    @Test
    void aForcedStepIsGoodBeforeAtAndAfterTheEndOfTheCountdown() {
        for (long height = 19; height <= 21; height++) {
            Trial other = Trial.start();
            Deal deal = Deal.opened(other, CloseRule.RESTART_COUNTDOWN);
            Bytes state = ContractCall.state(Value.of(0), Value.text("new"));
            other.accept(Bob.KEYS, deal.solo(deal.state(3, 20, 18, puppet(state, 12))));
            other.at(height);

            other.accept(
                    other.signed(
                            Alice.KEYS,
                            new ChannelTransaction.ForceProgress(
                                    deal.id(),
                                    Optional.empty(),
                                    7,
                                    Puppet.CODE,
                                    state,
                                    ValueCodec.encode(paying(5, 0))),
                            TIME,
                            SPACE));

            assertThat(deal.entry().closesAt()).isEqualTo(new BlockHeight(height + 10));
        }
    }

    @Test
    void theWholeSupplyInOneAccountOverflowsNothing() {
        Trial rich = Trial.start();
        long bob = rich.balance(Bob.ADDRESS).baseUnits();
        long fee =
                10L
                        * rich.signed(Bob.KEYS, new Transfer(Alice.ADDRESS, Amount.of(1)))
                                .encoded()
                                .size();

        rich.accept(Bob.KEYS, new Transfer(Alice.ADDRESS, Amount.of(bob - fee)));
        rich.refuse(
                Alice.KEYS,
                new Transfer(Mallory.ADDRESS, Amount.of(Long.MAX_VALUE)),
                Refusal.FundsTooLow.class);

        assertThat(rich.balance(Bob.ADDRESS)).isEqualTo(Amount.ZERO);
        assertThat(rich.balance(Alice.ADDRESS).baseUnits())
                .isEqualTo(2 * Trial.WEALTH.baseUnits() - fee);
    }

    @Test
    void aStepThatIsRefusedPaysForTheGasThatItUsed() {
        Deal deal = Deal.opened(trial, CloseRule.RESTART_COUNTDOWN);
        Bytes state = ContractCall.state(Value.of(0), Value.text("new"));
        SignedTransaction signed =
                trial.signed(
                        Alice.KEYS,
                        new ChannelTransaction.ForceProgress(
                                deal.id(),
                                Optional.of(deal.state(3, 20, 18, puppet(state, 12))),
                                7,
                                Puppet.CODE,
                                state,
                                ValueCodec.encode(Puppet.refuse())),
                        TIME,
                        SPACE);

        Amount fee = trial.accept(signed).fee();

        long units = fee.baseUnits() / Trial.GAS_PRICE.baseUnits() - signed.encoded().size();
        assertThat(units).isBetween(1L, TIME + SPACE - 1);
    }
}

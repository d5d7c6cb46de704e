package io.wormhole.channel.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelResize;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResizeTest {
    private final Side alice = Side.alice();
    private final Side bob = Side.bob();

    private static ChannelAction deposit(long amount) {
        return new ChannelAction.Resize(false, Amount.of(amount));
    }

    private static ChannelAction withdraw(long amount) {
        return new ChannelAction.Resize(true, Amount.of(amount));
    }

    private static ChannelAction.ChainSeen chain(ChannelState recorded) {
        ChannelEntry entry =
                new ChannelEntry(
                        Side.terms(),
                        ChannelEntry.Phase.OPEN,
                        recorded,
                        recorded.nonce(),
                        0,
                        BlockHeight.ZERO,
                        new BlockHeight(20));
        return Side.chain(20, entry);
    }

    private ChannelState wanted() {
        return ((Resizing) alice.memory()).resize().change().state();
    }

    @Test
    void aDepositIsCoSignedPublishedAndCountsWhenItIsFinal() {
        alice.pays("before", 10);
        Side.talk(alice, bob);

        alice.does(deposit(50));
        Side.talk(alice, bob);

        assertThat(alice.submits()).containsExactly("deposit-2");
        assertThat(alice.memory()).isInstanceOf(Resizing.class);
        assertThat(bob.memory()).isInstanceOf(Resizing.class);
        ChannelAction.ChainSeen seen = chain(wanted());
        alice.does(seen);
        bob.does(seen);
        assertThat(alice.balance()).isEqualTo(140);
        assertThat(bob.balance()).isEqualTo(110);
        Side.talk(alice, bob);
        alice.pays("after", 140);
        Side.talk(alice, bob);
        assertThat(alice.balance()).isZero();
        assertThat(bob.balance()).isEqualTo(250);
    }

    @Test
    void aWithdrawalTakesFromTheOwnBalanceAlone() {
        alice.does(withdraw(60));
        Side.talk(alice, bob);
        ChannelAction.ChainSeen seen = chain(wanted());
        alice.does(seen);
        bob.does(seen);

        assertThat(alice.balance()).isEqualTo(40);
        assertThat(bob.balance()).isEqualTo(100);
    }

    @Test
    void whoSeesItLaterCatchesUp() {
        alice.does(deposit(50));
        Side.talk(alice, bob);
        ChannelAction.ChainSeen seen = chain(wanted());

        alice.does(seen).pays("early", 3);
        Side.talk(alice, bob);
        bob.does(seen);
        Side.talk(alice, bob);

        assertThat(bob.proof()).isEqualTo(alice.proof()).isPresent();
        assertThat(alice.balance()).isEqualTo(147);
    }

    @Test
    void whateverMessageIsLostAReconnectCompletesIt() {
        for (int lost = 0; lost < 4; lost++) {
            Side one = Side.alice();
            Side other = Side.bob();
            one.does(deposit(50));
            Side.reconnect(one, other, lost);
            Side.reconnect(one, other);

            assertThat(one.memory()).as("after %d", lost).isInstanceOf(Resizing.class);
            assertThat(((Resizing) one.memory()).signatures()).hasSize(2);
            assertThat(other.memory()).isInstanceOf(Resizing.class);
        }
    }

    @Test
    void nothingIsSignedUntilTheChainHasIt() {
        alice.does(deposit(50));
        Side.talk(alice, bob);

        alice.pays("early", 1);
        assertThat(alice.refusal).containsInstanceOf(Refusal.NotInPhase.class);
        bob.does(new ChannelAction.CloseTogether());
        assertThat(bob.refusal).containsInstanceOf(Refusal.NotInPhase.class);

        alice.effects.clear();
        alice.does(chain(Side.terms().initialState(TestNetwork.ID)));
        assertThat(alice.submits()).containsExactly("deposit-1");
        assertThat(alice.memory()).isInstanceOf(Resizing.class);
    }

    @Test
    void eitherMayStillCloseAloneInWhateverTheChainHas() {
        alice.pays("before", 10);
        Side.talk(alice, bob);
        alice.does(deposit(50));
        Side.talk(alice, bob);
        ChannelState after = wanted();

        alice.does(new ChannelAction.Dispute(Optional.empty()));
        alice.effects.clear();
        alice.does(Side.chain(9, Side.entry(ChannelEntry.Phase.OPEN, Optional.empty())));
        assertThat(alice.submits()).containsExactly("close-solo");

        alice.effects.clear();
        alice.does(chain(after));
        assertThat(alice.submits()).containsExactly("close-as-is");
    }

    @Test
    void aWishGivesWayToAnUpdateOfThePartner() {
        alice.does(deposit(50));
        ChannelMessage lost = alice.says();
        bob.pays("first", 5);
        Side.talk(alice, bob);

        assertThat(alice.told(Effect.TellResizeFailed.class)).hasSize(1);
        assertThat(alice.balance()).isEqualTo(105);
        bob.hears(lost);
        assertThat(bob.refusal).isPresent();
        assertThat(bob.memory()).isInstanceOf(Open.class);
    }

    @Test
    void wishesThatCrossLeaveOneOfThem() {
        alice.does(deposit(50));
        bob.does(withdraw(20));

        Side.talk(alice, bob);

        // For an odd nonce participant 1 goes first.
        assertThat(((Resizing) bob.memory()).signatures()).hasSize(2);
        assertThat(((Resizing) alice.memory()).resize().withdrawal()).isTrue();
        assertThat(alice.told(Effect.TellResizeFailed.class)).hasSize(1);
    }

    @Test
    void aPartnerThatRefusedAndSignsAfterAllIsHeldToIt() {
        alice.does(deposit(50));
        ChannelMessage wish = alice.says();
        alice.hears(new ChannelMessage.RefuseResize(new Nonce(1), "not now"));
        assertThat(alice.told(Effect.TellResizeFailed.class)).hasSize(1);

        bob.hears(wish);
        alice.hears(bob.says());

        assertThat(alice.submits()).containsExactly("deposit-1");
        assertThat(bob.memory()).isInstanceOf(Resizing.class);
    }

    @Test
    void aPartnerChangesItsOwnBalanceAlone() {
        Resize takes = Resize.of(alice.standing().position(), 0, true, Amount.of(5));
        Resize honest = Resize.of(alice.standing().position(), 1, true, Amount.of(5));
        ChannelState state = honest.change().state();
        ChannelState skewed =
                new ChannelState(
                        state.channel(),
                        state.nonce(),
                        List.of(Amount.of(95), Amount.of(100)),
                        state.locks());
        Resize lies = new Resize(true, new ChannelResize(skewed, honest.change().amounts()));
        ChannelState later =
                new ChannelState(state.channel(), new Nonce(7), state.balances(), state.locks());
        Resize early = new Resize(true, new ChannelResize(later, honest.change().amounts()));
        Resize huge =
                new Resize(
                        false,
                        new ChannelResize(state, List.of(Amount.ZERO, Amount.of(Long.MAX_VALUE))));

        for (Resize bad : List.of(takes, lies, early, huge)) {
            alice.hears(new ChannelMessage.ProposeResize(bad));
            assertThat(alice.refusal).isPresent();
            assertThat(alice.says()).isInstanceOf(ChannelMessage.RefuseResize.class);
        }
        alice.hears(
                new ChannelMessage.CountersignResize(
                        takes,
                        Bob.KEYS.sign(takes.tag(), TestNetwork.ID, takes.change().encoded())));
        assertThat(alice.refusal).isPresent();
        assertThat(alice.memory()).isInstanceOf(Open.class);
        assertThat(alice.submits()).isEmpty();
    }

    @Test
    void whatCannotBeIsRefusedAtOnce() {
        for (ChannelAction bad : List.of(deposit(0), withdraw(101), deposit(Long.MAX_VALUE))) {
            alice.does(bad);
            assertThat(alice.refusal).containsInstanceOf(Refusal.OperationRefused.class);
        }
        alice.pays("under way", 1).does(deposit(1));
        assertThat(alice.refusal).containsInstanceOf(Refusal.Busy.class);
    }

    @Test
    void contractsStayAsTheyAre() {
        alice.offers(
                "lock",
                new ChannelOperation.Lock(9, 0, Amount.of(5), 0, Toy.CODE, Toy.START, 10, 10));
        Side.talk(alice, bob);
        bob.does(deposit(7));
        Side.talk(alice, bob);
        ChannelAction.ChainSeen seen = chain(wanted());
        alice.does(seen);
        bob.does(seen);

        alice.offers("step", new ChannelOperation.Step(9, 0, BlockHeight.ZERO, Bytes.of((byte) 4)));
        Side.talk(alice, bob);

        assertThat(bob.balance()).isEqualTo(111);
    }

    @Test
    void aCopyFromBeforeTheDepositLearnsOfItFromTheChain() {
        ChannelMemory old = alice.memory();
        alice.does(deposit(50));
        Side.talk(alice, bob);
        ChannelAction.ChainSeen seen = chain(wanted());
        bob.does(seen);
        Side side = new Side(Alice.KEYS, old);
        side.does(new ChannelAction.Restored());

        Side.reconnect(side, bob);
        side.does(seen);
        Side.talk(side, bob);

        assertThat(((Open) side.memory()).doubtful()).isFalse();
        assertThat(side.balance()).isEqualTo(150);
        side.pays("goes on", 1);
        Side.talk(side, bob);
        assertThat(side.proof()).isEqualTo(bob.proof());
    }

    @Test
    void aSnapshotRecordsTheNewestState() {
        alice.does(new ChannelAction.Snapshot());
        assertThat(alice.refusal).isPresent();
        alice.pays("p", 1);
        Side.talk(alice, bob);

        alice.does(new ChannelAction.Snapshot());

        assertThat(alice.submits()).containsExactly("snapshot-1");
    }
}

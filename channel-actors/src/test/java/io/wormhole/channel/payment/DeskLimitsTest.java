package io.wormhole.channel.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.update.LockIds;
import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bob's desk, and what Alice says to it about locks in their channel. */
class DeskLimitsTest {
    private static final PublicKey ALICE = Alice.KEYS.publicKey();
    private static final BlockHeight HEIGHT = new BlockHeight(1_000);
    private static final BlockHeight EXPIRY = HEIGHT.plus(100);
    private static final Bytes SECRET = Bytes.of(new byte[HashTimeLock.SECRET_SIZE]);
    private static final Hash HASH = HashTimeLock.hashOf(SECRET);

    private final Open open = (Open) Side.open(Bob.KEYS, Side.terms(), 1).memory();
    private final ChannelId channel = open.party().id();
    private final PaymentBook book = new PaymentBook();
    private final PaymentDesk desk =
            new PaymentDesk(book, PaymentSettings.defaults(true), Bob.KEYS.publicKey());

    private List<PaymentEffect> take(PaymentInput input) {
        return desk.take(List.of(input)).effects();
    }

    private List<PaymentEffect> forwarded(int number) {
        Hash hash = Hash.of(DomainTag.GENESIS, Bytes.of((byte) number));
        return take(
                new PaymentInput.Heard(
                        ALICE, new RelayMessage.Forward(hash, 0, channel, List.of())));
    }

    private List<PaymentEffect> seen(ChannelMemory memory, Optional<ChannelEntry> end) {
        return take(new PaymentInput.ChannelSeen(channel, memory, end));
    }

    private static List<FailureCode> failures(List<PaymentEffect> effects) {
        List<FailureCode> codes = new ArrayList<>();
        for (PaymentEffect effect : effects) {
            if (effect instanceof PaymentEffect.Say say
                    && say.message() instanceof RelayMessage.Failed failed) {
                codes.add(failed.failure().code());
            }
        }
        return codes;
    }

    @Test
    void aNeighbourCannotFillTheBookWithLocksOfOneChannel() {
        for (int i = 0; i < 4 * ChannelState.MAXIMUM_LOCKS; i++) {
            assertThat(failures(forwarded(i))).isEmpty();
        }

        List<PaymentEffect> oneMore = forwarded(100);

        assertThat(failures(oneMore)).containsExactly(FailureCode.BUSY);
        assertThat(book.hopCount()).isEqualTo(4 * ChannelState.MAXIMUM_LOCKS);
    }

    @Test
    void aHopWhoseLockNeverComesIsForgottenAndItsNeighbourToldSo() {
        forwarded(1);
        seen(open, Optional.empty());
        List<FailureCode> said = new ArrayList<>();

        for (int i = 1; i <= 102; i++) {
            assertThat(book.hopCount()).as("block %d", i).isEqualTo(i <= 101 ? 1 : 0);
            said.addAll(failures(take(new PaymentInput.BlockSeen(HEIGHT.plus(i), Map.of()))));
        }

        assertThat(book.hopCount()).isZero();
        assertThat(said).hasSize(1);
    }

    /** The secret is shown, and the channel ended with this state of the lock. */
    private IssuedInvoice.State endedWith(Optional<Bytes> lockState) {
        Hop hop = Hop.of(new RelayMessage.Forward(HASH, 0, channel, List.of()));
        Invoice invoice =
                Invoice.of(
                        new Invoice.Terms(TestNetwork.ID, Amount.of(30), HASH, EXPIRY, 60, ""),
                        Bob.KEYS);
        List.of(
                        new PaymentEvent.InvoiceIssued(invoice, SECRET),
                        new PaymentEvent.HopBegun(hop),
                        new PaymentEvent.InvoiceAccepted(HASH),
                        new PaymentEvent.HopKnows(hop.key(), SECRET, Optional.of(EXPIRY)))
                .forEach(book::apply);
        desk.resume();
        desk.take(List.of());

        seen(new Ended(open.party(), List.of()), Optional.of(entry(hop, lockState)));

        assertThat(book.hopCount()).isZero();
        return book.invoice(HASH).orElseThrow().state();
    }

    private ChannelEntry entry(Hop hop, Optional<Bytes> lockState) {
        List<ContractLock> locks =
                lockState
                        .map(
                                state ->
                                        new ContractLock(
                                                LockIds.of(HASH, hop.part()),
                                                HashTimeLock.loaded().hash(),
                                                ContractCall.stateHash(state),
                                                Amount.of(30),
                                                0,
                                                HashTimeLock.GAS.time(),
                                                HashTimeLock.GAS.space()))
                        .stream()
                        .toList();
        Nonce nonce = Nonce.ZERO.next();
        return new ChannelEntry(
                open.party().terms(),
                ChannelEntry.Phase.CLOSED,
                new ChannelState(channel, nonce, List.of(Side.DEPOSIT, Side.DEPOSIT), locks),
                nonce,
                0,
                HEIGHT,
                HEIGHT);
    }

    @Test
    void anInvoiceWhoseLockWentBackAtTheEndOfTheChannelIsClosedUnpaid() {
        Bytes untouched = HashTimeLock.initialState(HASH, 1, EXPIRY);

        assertThat(endedWith(Optional.of(untouched))).isEqualTo(IssuedInvoice.State.EXPIRED);
    }

    @Test
    void anInvoiceWhoseLockTheChainRedeemedIsPaid() {
        Bytes redeemed = HashTimeLock.redeemedState(HASH, 1, EXPIRY);

        assertThat(endedWith(Optional.of(redeemed))).isEqualTo(IssuedInvoice.State.PAID);
    }

    @Test
    void anInvoiceWhoseLockWasRedeemedBeforeTheEndIsPaid() {
        assertThat(endedWith(Optional.empty())).isEqualTo(IssuedInvoice.State.PAID);
    }

    private PaymentEffect.Ask asked(PaymentDesk payer) {
        payer.resume();
        payer.take(List.of(new PaymentInput.Linked(ALICE)));
        for (PaymentEffect effect :
                payer.take(List.of(new PaymentInput.ChannelSeen(channel, open, Optional.empty())))
                        .effects()) {
            if (effect instanceof PaymentEffect.Ask ask) {
                return ask;
            }
        }
        throw new AssertionError("it does not ask");
    }

    @Test
    void aRefusalOfWhatWasAskedBeforeARestartDoesNotEndWhatIsAskedAgain() {
        RelayLeg leg = new RelayLeg(channel, Amount.of(30), EXPIRY);
        Hop hop = Hop.payer(HASH, 0, List.of(leg));
        book.apply(new PaymentEvent.HopBegun(hop));
        PaymentEffect.Ask before = asked(desk);
        PaymentDesk again =
                new PaymentDesk(book, PaymentSettings.defaults(true), Bob.KEYS.publicKey());
        PaymentEffect.Ask now = asked(again);

        again.take(
                List.of(
                        new PaymentInput.Answered(
                                before, new PaymentInput.Answer.Refused("busy"))));
        assertThat(book.hopCount()).isEqualTo(1);

        again.take(
                List.of(
                        new PaymentInput.Answered(
                                now, new PaymentInput.Answer.Made(Nonce.ZERO.next()))));
        assertThat(book.hop(hop.key()).orElseThrow().payment().locked()).isTrue();
    }

    @Test
    void aNeighbourCannotRefuseALockThatMayStillWaitInItsChannel() {
        Hop hop = Hop.payer(HASH, 0, List.of(new RelayLeg(channel, Amount.of(30), EXPIRY)));
        book.apply(new PaymentEvent.HopBegun(hop));
        PaymentEffect.Ask ask = asked(desk);
        PaymentFailure failure =
                new PaymentFailure(FailureCode.BUSY, Alice.KEYS.publicKey(), Optional.empty(), "");

        PaymentDesk.Outcome outcome =
                desk.take(
                        List.of(
                                new PaymentInput.Unanswered(ask),
                                new PaymentInput.Heard(
                                        ALICE,
                                        new RelayMessage.Failed(HASH, 0, channel, failure))));

        assertThat(outcome.events()).noneMatch(PaymentEvent.HopFailed.class::isInstance);
        assertThat(book.hopCount()).isEqualTo(1);
    }

    @Test
    void anInvoiceOfWhichOnePartCameIsPaidThoughAnotherWentBack() {
        Hop other = Hop.of(new RelayMessage.Forward(HASH, 1, channel, List.of()));
        List.of(new PaymentEvent.HopBegun(other), new PaymentEvent.HopOver(other.key(), true))
                .forEach(book::apply);
        Bytes untouched = HashTimeLock.initialState(HASH, 1, EXPIRY);

        assertThat(endedWith(Optional.of(untouched))).isEqualTo(IssuedInvoice.State.PAID);
    }
}

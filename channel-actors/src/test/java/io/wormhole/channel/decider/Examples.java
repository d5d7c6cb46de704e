package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.List;
import java.util.Optional;

/** At least one example of every message, event, action and memory. */
public final class Examples {
    private static final Signature SIGNATURE =
            Alice.KEYS.sign(DomainTag.CHANNEL_TERMS, TestNetwork.ID, Side.terms().encoded());
    private static final ClosingBalances BALANCES =
            new ClosingBalances(
                    Side.terms().id(TestNetwork.ID), List.of(Amount.of(7), Amount.of(193)));
    private static final Update UPDATE =
            Update.of(
                    new ChannelOperation.Pay(0, Amount.of(1)),
                    new ChannelOperation.Lock(9, 1, Amount.of(2), 0, Toy.CODE, Toy.START, 10, 20),
                    new ChannelOperation.TopUp(9, 0, Amount.of(3)),
                    new ChannelOperation.Step(9, 1, new BlockHeight(4), Bytes.of((byte) 1)),
                    new ChannelOperation.Release(9));
    private static final Offer OFFER =
            new Offer(List.of("cups", "lids"), UPDATE, Optional.of(new Permit(9, Amount.of(3), 2)));
    private static final DoneRequests DONE =
            DoneRequests.NONE.with(List.of(DoneRequests.ONCE + "cup"), new Nonce(1));
    private static final ForcedStep STEP = new ForcedStep(9, Bytes.of((byte) 5));

    private Examples() {}

    private static CoSignedState proof() {
        return new CoSignedState(
                Side.terms().initialState(TestNetwork.ID), List.of(SIGNATURE, SIGNATURE));
    }

    private static Resize resize(boolean withdrawal) {
        ChannelPosition opening = Open.fresh(party()).standing().position();
        return Resize.of(opening, 1, withdrawal, Amount.of(9));
    }

    private static Optional<ResizeWish> wish(boolean refused) {
        return Optional.of(new ResizeWish(resize(true), refused));
    }

    private static ChannelParty party() {
        return new ChannelParty(TestNetwork.ID, Side.terms(), 1);
    }

    /** Every message. */
    public static List<ChannelMessage> messages() {
        Nonce nonce = new Nonce(3);
        return List.of(
                new ChannelMessage.OpenRequest(Side.terms(), SIGNATURE),
                new ChannelMessage.OpenAgreed(SIGNATURE),
                new ChannelMessage.OpenRefused("no"),
                new ChannelMessage.Propose(nonce, UPDATE),
                new ChannelMessage.Countersign(nonce, SIGNATURE),
                new ChannelMessage.Acknowledge(nonce, SIGNATURE),
                new ChannelMessage.RefuseUpdate(nonce, UPDATE.fingerprint(), "why"),
                new ChannelMessage.ProposeClose(BALANCES),
                new ChannelMessage.CountersignClose(BALANCES, SIGNATURE),
                new ChannelMessage.RefuseClose("why"),
                new ChannelMessage.ProposeResize(resize(false)),
                new ChannelMessage.CountersignResize(resize(true), SIGNATURE),
                new ChannelMessage.RefuseResize(nonce, "why"),
                new ChannelMessage.Reestablish(Nonce.ZERO, Optional.empty()),
                new ChannelMessage.Reestablish(nonce, Optional.of(proof())));
    }

    /** Every event. */
    public static List<ChannelEvent> events() {
        List<Signature> both = List.of(SIGNATURE, SIGNATURE);
        return List.of(
                new ChannelEvent.OpenProposed(TestNetwork.ID, Side.terms(), SIGNATURE),
                new ChannelEvent.TermsAgreed(TestNetwork.ID, Side.terms(), 1, both),
                new ChannelEvent.OpenAbandoned("no"),
                new ChannelEvent.OpenedOnChain(),
                new ChannelEvent.UpdateOffered(OFFER),
                new ChannelEvent.UpdateOffered(new Offer("plain", UPDATE, Optional.empty())),
                new ChannelEvent.OfferDropped("why"),
                new ChannelEvent.UpdateSigned(UPDATE, SIGNATURE),
                new ChannelEvent.UpdateSkipped(SIGNATURE),
                new ChannelEvent.SkipCompleted(both),
                new ChannelEvent.TakenBack((KnownChannel) memories().get(6)),
                new ChannelEvent.ResizeProposed(resize(true)),
                new ChannelEvent.ResizeAbandoned("why"),
                new ChannelEvent.ResizeSigned(resize(false), SIGNATURE),
                new ChannelEvent.ResizeCompleted(resize(false), both),
                new ChannelEvent.MovedOnChain(resize(true).change().state()),
                new ChannelEvent.OfferCompleted(both),
                new ChannelEvent.PendingCompleted(both),
                new ChannelEvent.CloseProposed(BALANCES),
                new ChannelEvent.CloseAbandoned("why"),
                new ChannelEvent.CloseSigned(BALANCES, SIGNATURE),
                new ChannelEvent.CloseCompleted(BALANCES, both),
                new ChannelEvent.DisputeBegun(false, Optional.empty()),
                new ChannelEvent.DisputeBegun(true, Optional.of(STEP)),
                new ChannelEvent.DisputeUndone(),
                new ChannelEvent.DoubtArose(),
                new ChannelEvent.DoubtCleared(),
                new ChannelEvent.LossDetected(proof()),
                new ChannelEvent.Ended(List.of(Amount.of(7), Amount.of(193))));
    }

    /** Every action. */
    public static List<ChannelAction> actions() {
        ChannelEntry entry = Side.entry(ChannelEntry.Phase.CLOSING, Optional.empty());
        return List.of(
                new ChannelAction.Open(TestNetwork.ID, Side.terms()),
                new ChannelAction.Agree(
                        TestNetwork.ID, new ChannelMessage.OpenRequest(Side.terms(), SIGNATURE)),
                new ChannelAction.MakeOffer(OFFER),
                new ChannelAction.CloseTogether(),
                new ChannelAction.Dispute(Optional.empty()),
                new ChannelAction.Dispute(Optional.of(STEP)),
                new ChannelAction.Hear(messages().get(3)),
                new ChannelAction.Connected(),
                new ChannelAction.Restored(),
                new ChannelAction.Trust(),
                new ChannelAction.Resize(true, Amount.of(5)),
                new ChannelAction.Snapshot(),
                new ChannelAction.TakeBack((KnownChannel) memories().get(1)),
                new ChannelAction.NotTaken("open", "funds"),
                new ChannelAction.ChainSeen(
                        Optional.of(entry),
                        Optional.empty(),
                        new BlockHeight(9),
                        new BlockHeight(4)));
    }

    /** Every memory. */
    public static List<ChannelMemory> memories() {
        Side alice = Side.alice();
        Side bob = Side.bob();
        alice.pays("done", 1);
        Side.talk(alice, bob);
        bob.hears(
                new ChannelMessage.Propose(
                        new Nonce(2), Update.of(new ChannelOperation.Pay(0, Amount.of(2)))));
        bob.pays("waits", 3);
        Open open = (Open) bob.memory();
        Standing standing =
                new Standing(
                        open.standing().position(),
                        open.standing().proof(),
                        open.standing().offer(),
                        open.standing().pending(),
                        List.of(new Permit(9, Amount.of(3), 2)),
                        List.of(),
                        DONE);
        ChannelParty party = open.party();
        Standing skipping =
                standing.withPending(SignedUpdate.skip(party.me(), standing.position(), SIGNATURE));
        List<Signature> both = List.of(SIGNATURE, SIGNATURE);
        return List.of(
                new Absent(),
                new Proposed(party, SIGNATURE),
                new Proposed(party, SIGNATURE, Optional.of("no")),
                new Agreed(party, both),
                Open.fresh(party),
                new Open(party, standing, Optional.of(BALANCES)),
                new Open(party, standing, Optional.empty(), Optional.empty(), true),
                new Open(party, standing, Optional.empty(), wish(false), false),
                new Open(party, standing, Optional.empty(), wish(true), false),
                new Resizing(party, standing, resize(true), SIGNATURE, List.of()),
                new Resizing(party, standing, resize(false), SIGNATURE, both),
                new Open(party, skipping, Optional.empty()),
                new Closing(party, standing, BALANCES, SIGNATURE, List.of()),
                new Closing(party, standing, BALANCES, SIGNATURE, both),
                new Disputed(party, standing, false, Optional.empty()),
                new Disputed(party, standing, true, Optional.of(STEP)),
                new Disputed(
                        party,
                        standing,
                        true,
                        List.of(STEP, new ForcedStep(STEP.lockId() + 1, STEP.message()))),
                new Lost(party, standing, proof()),
                new Ended(party, List.of(Amount.of(7), Amount.of(193))),
                new Ended(
                        party,
                        List.of(Amount.of(7), Amount.of(193)),
                        List.of(new HeardStep(9, HashTimeLock.refund())),
                        DONE));
    }
}

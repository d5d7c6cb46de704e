package io.wormhole.settlement.ledger;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.AuctionEntry;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.protocol.transaction.NameTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.genesis.NameRules;
import java.util.Optional;

/**
 * Short names are sold to who offers most: everybody wants them, and a preclaim would only give
 * them to the quickest. Each bid moves the end; who is outbid is paid back at once.
 */
final class NameAuctions {
    private NameAuctions() {}

    static Amount cost(NameTransaction.Bid body, TransitionTable.CostContext context) {
        return body.amount();
    }

    static Optional<Refusal> bid(NameTransaction.Bid body, Transaction transaction, Draft draft) {
        Name name = body.name();
        NameRules rules = draft.parameters().names();
        if (!rules.isAuctioned(name)) {
            return Transition.refuse(new NameRefusal.NameNotAuctioned(name));
        }
        Optional<NameEntry> taken = draft.ledger().name(name, draft.height());
        if (taken.isPresent()) {
            return Transition.refuse(
                    new NameRefusal.NameTaken(name, taken.get().owner(), taken.get().expiresAt()));
        }
        Optional<AuctionEntry> running = draft.ledger().auction(name);
        if (running.isPresent() && !draft.height().isBefore(running.get().endsAt())) {
            return Transition.refuse(new NameRefusal.AuctionOver(name, running.get().bidder()));
        }
        Amount needed = running.map(NameAuctions::nextBid).orElse(rules.firstBid(name));
        if (!body.amount().covers(needed)) {
            return Transition.refuse(new NameRefusal.BidTooLow(name, body.amount(), needed));
        }
        draft.debit(draft.sender(), body.amount());
        running.ifPresent(outbid -> draft.credit(outbid.bidder(), outbid.amount()));
        BlockHeight end = draft.height().plus(rules.auctionBlocks());
        AuctionEntry entry = new AuctionEntry(name, draft.sender(), body.amount(), end);
        draft.change(ledger -> ledger.withAuction(name, Optional.of(entry)));
        draft.fact(new LedgerFact.NameChanged(name));
        return Transition.done();
    }

    /** At least a twentieth more, and at least one unit. */
    private static Amount nextBid(AuctionEntry running) {
        long amount = running.amount().baseUnits();
        long more = Math.max(1, amount / 20);
        return Amount.of(amount > Long.MAX_VALUE - more ? Long.MAX_VALUE : amount + more);
    }

    /** Ends an auction that is over and burns its price; says who gets the name. */
    static Optional<Refusal> end(Name name, Draft draft) {
        Optional<AuctionEntry> running = draft.ledger().auction(name);
        if (running.isEmpty()) {
            return Transition.refuse(
                    new NameRefusal.NameAuctioned(name, draft.parameters().names().firstBid(name)));
        }
        AuctionEntry auction = running.get();
        if (draft.height().isBefore(auction.endsAt())) {
            return Transition.refuse(
                    new NameRefusal.AuctionRuns(name, draft.height(), auction.endsAt()));
        }
        draft.change(ledger -> ledger.withAuction(name, Optional.empty()));
        draft.burn(auction.amount());
        return Transition.done();
    }
}

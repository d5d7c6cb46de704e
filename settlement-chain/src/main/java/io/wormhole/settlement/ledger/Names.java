package io.wormhole.settlement.ledger;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.naming.Pointer;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.AuctionEntry;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.protocol.transaction.NameTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.genesis.NameRules;
import java.util.List;
import java.util.Optional;

/**
 * Names: a top-level name needs a preclaim, a lower one the ownership of the name above. A lower
 * name never outlives the one above, whose owner can also revoke it.
 */
final class Names {
    private Names() {}

    static Amount cost(NameTransaction.Claim body, TransitionTable.CostContext context) {
        NameRules rules = context.block().parameters().names();
        return rules.isAuctioned(body.name()) ? Amount.ZERO : fee(body.name(), rules);
    }

    static Amount cost(NameTransaction.Update body, TransitionTable.CostContext context) {
        return body.extendBlocks() == 0
                ? Amount.ZERO
                : fee(body.name(), context.block().parameters().names());
    }

    static Optional<Refusal> preclaim(
            NameTransaction.Preclaim body, Transaction transaction, Draft draft) {
        Hash commitment = body.commitment();
        Optional<Preclaim> known = draft.ledger().preclaim(commitment);
        if (known.isPresent()) {
            BlockHeight until = known.get().at().plus(rules(draft).preclaimMaximumBlocks());
            if (!draft.height().isAfter(until)) {
                return Transition.refuse(new NameRefusal.PreclaimPending(commitment, until));
            }
        }
        Preclaim fresh = new Preclaim(draft.height());
        draft.change(ledger -> ledger.withPreclaim(commitment, Optional.of(fresh)));
        return Transition.done();
    }

    static Optional<Refusal> claim(
            NameTransaction.Claim body, Transaction transaction, Draft draft) {
        Name name = body.name();
        Optional<NameEntry> taken = draft.ledger().name(name, draft.height());
        if (taken.isPresent()) {
            return Transition.refuse(
                    new NameRefusal.NameTaken(name, taken.get().owner(), taken.get().expiresAt()));
        }
        if (rules(draft).isAuctioned(name)) {
            return claimForWinner(name, draft);
        }
        Optional<Refusal> refusal =
                name.parent().isPresent()
                        ? refuseToClaimBelow(name.parent().get(), draft)
                        : usePreclaim(body, draft);
        if (refusal.isPresent()) {
            return refusal;
        }
        BlockHeight end = draft.height().plus(rules(draft).termBlocks());
        draft.burnFromSender(fee(name, rules(draft)));
        put(new NameEntry(name, draft.sender(), withinParent(name, end, draft), List.of()), draft);
        return Transition.done();
    }

    /** Anybody may bring it: the name goes to who offered most. */
    private static Optional<Refusal> claimForWinner(Name name, Draft draft) {
        Optional<AuctionEntry> auction = draft.ledger().auction(name);
        return NameAuctions.end(name, draft)
                .or(
                        () -> {
                            Address winner = auction.orElseThrow().bidder();
                            BlockHeight end = draft.height().plus(rules(draft).termBlocks());
                            put(new NameEntry(name, winner, end, List.of()), draft);
                            return Transition.done();
                        });
    }

    private static Optional<Refusal> refuseToClaimBelow(Name parent, Draft draft) {
        return refuseUnlessOwner(parent, draft);
    }

    private static Optional<Refusal> usePreclaim(NameTransaction.Claim body, Draft draft) {
        Hash commitment =
                NameTransaction.Preclaim.commitment(body.name(), draft.sender(), body.salt());
        Optional<Preclaim> preclaim = draft.ledger().preclaim(commitment);
        if (preclaim.isEmpty()) {
            return Transition.refuse(new NameRefusal.PreclaimMissing(commitment));
        }
        BlockHeight from = preclaim.get().at().plus(rules(draft).preclaimMinimumBlocks());
        BlockHeight to = preclaim.get().at().plus(rules(draft).preclaimMaximumBlocks());
        if (draft.height().isBefore(from) || draft.height().isAfter(to)) {
            return Transition.refuse(new NameRefusal.PreclaimOutOfWindow(draft.height(), from, to));
        }
        draft.change(ledger -> ledger.withPreclaim(commitment, Optional.empty()));
        return Optional.empty();
    }

    static Optional<Refusal> update(
            NameTransaction.Update body, Transaction transaction, Draft draft) {
        Name name = body.name();
        Optional<Refusal> refusal = refuseUnlessOwner(name, draft);
        if (refusal.isPresent()) {
            return refusal;
        }
        NameEntry before = owned(name, draft);
        if (body.extendBlocks() == 0) {
            put(changed(before, before.owner(), before.expiresAt(), body.pointers()), draft);
            return Transition.done();
        }
        long maximum = rules(draft).maximumTermBlocks();
        if (body.extendBlocks() > maximum) {
            return Transition.refuse(new NameRefusal.TermTooLong(body.extendBlocks(), maximum));
        }
        Optional<Name> parent = name.parent();
        if (parent.isPresent() && draft.ledger().name(parent.get(), draft.height()).isEmpty()) {
            return Transition.refuse(new NameRefusal.NameUnknown(parent.get()));
        }
        BlockHeight asked = draft.height().plus(body.extendBlocks());
        BlockHeight end = later(before.expiresAt(), withinParent(name, asked, draft));
        draft.burnFromSender(fee(name, rules(draft)));
        put(changed(before, before.owner(), end, body.pointers()), draft);
        return Transition.done();
    }

    static Optional<Refusal> transfer(
            NameTransaction.Transfer body, Transaction transaction, Draft draft) {
        Optional<Refusal> refusal = refuseUnlessOwner(body.name(), draft);
        if (refusal.isPresent()) {
            return refusal;
        }
        NameEntry before = owned(body.name(), draft);
        put(changed(before, body.to(), before.expiresAt(), before.pointers()), draft);
        return Transition.done();
    }

    static Optional<Refusal> revoke(
            NameTransaction.Revoke body, Transaction transaction, Draft draft) {
        Name name = body.name();
        Optional<NameEntry> entry = draft.ledger().name(name, draft.height());
        Optional<Refusal> refusal = refuseUnlessOwner(name, draft);
        if (refusal.isPresent() && !(entry.isPresent() && ownsParent(name, draft))) {
            return refusal;
        }
        draft.change(ledger -> ledger.withName(name, Optional.empty()));
        draft.fact(new LedgerFact.NameChanged(name));
        return Transition.done();
    }

    private static boolean ownsParent(Name name, Draft draft) {
        return name.parent()
                .flatMap(parent -> draft.ledger().name(parent, draft.height()))
                .filter(parent -> parent.owner().equals(draft.sender()))
                .isPresent();
    }

    private static Optional<Refusal> refuseUnlessOwner(Name name, Draft draft) {
        Optional<NameEntry> entry = draft.ledger().name(name, draft.height());
        if (entry.isEmpty()) {
            return Transition.refuse(new NameRefusal.NameUnknown(name));
        }
        Address owner = entry.get().owner();
        return owner.equals(draft.sender())
                ? Optional.empty()
                : Transition.refuse(new NameRefusal.NotNameOwner(name, owner, draft.sender()));
    }

    private static NameEntry owned(Name name, Draft draft) {
        return draft.ledger().name(name, draft.height()).orElseThrow();
    }

    private static void put(NameEntry entry, Draft draft) {
        draft.change(ledger -> ledger.withName(entry.name(), Optional.of(entry)));
        draft.fact(new LedgerFact.NameChanged(entry.name()));
    }

    private static NameEntry changed(
            NameEntry before, Address owner, BlockHeight expiresAt, List<Pointer> pointers) {
        return new NameEntry(before.name(), owner, expiresAt, pointers);
    }

    private static BlockHeight withinParent(Name name, BlockHeight end, Draft draft) {
        return name.parent()
                .flatMap(parent -> draft.ledger().name(parent, draft.height()))
                .map(NameEntry::expiresAt)
                .filter(parentEnd -> parentEnd.isBefore(end))
                .orElse(end);
    }

    private static BlockHeight later(BlockHeight one, BlockHeight other) {
        return one.isAfter(other) ? one : other;
    }

    private static Amount fee(Name name, NameRules rules) {
        return name.parent().isPresent() ? rules.subNameFee() : rules.claimFee();
    }

    private static NameRules rules(Draft draft) {
        return draft.parameters().names();
    }
}

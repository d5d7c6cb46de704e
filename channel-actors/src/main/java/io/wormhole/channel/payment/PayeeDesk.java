package io.wormhole.channel.payment;

import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.update.HashLock;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The invoices of this node: shows the secret when the locks reach the amount. */
final class PayeeDesk {
    private final DeskMemory memory;

    PayeeDesk(DeskMemory memory) {
        this.memory = memory;
    }

    void issue(PaymentInput.Issue issue) {
        if (memory.book.invoice(issue.invoice().hash()).isEmpty()) {
            memory.happen(new PaymentEvent.InvoiceIssued(issue.invoice(), issue.secret()));
        }
        memory.effect(new PaymentEffect.Tell(issue.stored()));
    }

    private Optional<Invoice> open(Hash hash) {
        return memory.book
                .invoice(hash)
                .filter(issued -> issued.state() == IssuedInvoice.State.OPEN)
                .map(IssuedInvoice::invoice);
    }

    /** Decides about a lock that has come; whether nothing more is to be done with it now. */
    boolean considers(Hop hop) {
        if (hop.payment().secret().isPresent() || hop.payment().failed()) {
            return false;
        }
        Optional<Invoice> wanted = open(hop.hash());
        if (wanted.isEmpty()) {
            turnDown(hop, FailureCode.UNKNOWN_PAYMENT, "no such invoice waits for payment");
            return true;
        }
        Invoice invoice = wanted.get();
        List<Hop> parts = new ArrayList<>();
        List<HashLock> locks = new ArrayList<>();
        for (Hop part : memory.book.hopsOf(hop.hash())) {
            boolean ours = part.role() == Hop.Role.PAYEE && !part.payment().failed();
            Optional<HashLock> lock = ours ? payable(part) : Optional.empty();
            if (lock.isPresent()) {
                parts.add(part);
                locks.add(lock.get());
            }
        }
        if (!invoice.isOpenAt(memory.height()) || isLate(locks)) {
            parts.forEach(
                    part -> turnDown(part, FailureCode.INCOMPLETE, "not enough came in time"));
            return true;
        }
        if (memory.rules.settles(invoice.hash(), invoice.amount(), locks, memory.height())) {
            accept(hop.hash(), parts);
        }
        return true;
    }

    private Optional<HashLock> payable(Hop part) {
        return memory.incomingLock(part)
                .filter(lock -> lock.status() == HashLock.Status.OPEN)
                .filter(lock -> lock.hash().equals(part.hash()))
                .filter(
                        lock ->
                                memory.known(part.incoming())
                                        .filter(known -> known.party().me() == lock.recipient())
                                        .isPresent());
    }

    // One part that comes too late to be enforced ends the whole, so that all is given back.
    private boolean isLate(List<HashLock> locks) {
        BlockHeight least = memory.height().plus(memory.settings.policy().openBlocks());
        return locks.stream().anyMatch(lock -> lock.expiry().isBefore(least));
    }

    private void accept(Hash hash, List<Hop> parts) {
        IssuedInvoice issued = memory.book.invoice(hash).orElseThrow();
        memory.happen(new PaymentEvent.InvoiceAccepted(hash));
        for (Hop part : parts) {
            Optional<BlockHeight> expiry = memory.incomingLock(part).map(HashLock::expiry);
            memory.happen(new PaymentEvent.HopKnows(part.key(), issued.secret(), expiry));
            memory.due(part.key());
        }
    }

    private void turnDown(Hop hop, FailureCode code, String reason) {
        memory.failures.put(hop.key(), memory.failure(code, Optional.empty(), reason));
        memory.happen(new PaymentEvent.HopFailed(hop.key()));
        memory.due(hop.key());
    }

    /** An accepted invoice is closed with its last part, and paid when any part of it was. */
    void partOver(Hop hop) {
        boolean accepted =
                memory.book
                        .invoice(hop.hash())
                        .filter(issued -> issued.state() == IssuedInvoice.State.ACCEPTED)
                        .isPresent();
        boolean last =
                memory.book.hopsOf(hop.hash()).stream()
                        .noneMatch(
                                other ->
                                        other.role() == Hop.Role.PAYEE
                                                && !other.payment().failed());
        if (accepted && last) {
            boolean paid = memory.book.hasReceived(hop.hash());
            memory.happen(new PaymentEvent.InvoiceClosed(hop.hash(), paid));
        }
    }

    /** Invoices that nobody paid in time. */
    void blockSeen() {
        for (Hash hash : memory.book.openInvoices()) {
            boolean over =
                    open(hash).filter(invoice -> !invoice.isOpenAt(memory.height())).isPresent();
            if (over && memory.book.hopsOf(hash).isEmpty()) {
                memory.happen(new PaymentEvent.InvoiceClosed(hash, false));
            }
        }
    }
}

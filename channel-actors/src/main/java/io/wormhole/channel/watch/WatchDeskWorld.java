package io.wormhole.channel.watch;

import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.payment.IssuedInvoice;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.transaction.TransactionBody;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a watcher does to the world; every call returns at once. */
public interface WatchDeskWorld {
    /** Says something to a client, if there is a link. */
    void say(PublicKey client, WatchMessage message);

    /** Whether there is a channel with a client, through which it can pay. */
    CompletionStage<Boolean> isPartner(PublicKey client);

    /** Makes an invoice. */
    CompletionStage<Invoice> invoice(Amount price, String description);

    /** What became of an invoice; empty when it is not known any more. */
    CompletionStage<Optional<IssuedInvoice.State>> invoiceState(Hash hash);

    /** Brings a transaction to the chain, once for each purpose. */
    void bring(String purpose, TransactionBody body);

    /** Tells people; {@code code} is for programs. */
    void alarm(String code, String words);

    /** The time. */
    Instant now();
}

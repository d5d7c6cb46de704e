package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.payment.OutgoingPayment;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What a watched node does to the world; every call returns at once. */
public interface WatchClientWorld {
    /** Says something to a watcher, if there is a link. */
    void say(PublicKey watcher, WatchMessage message);

    /** All channels of this node that are not over. */
    CompletionStage<List<ChannelId>> channels();

    /** What this node remembers of a channel. */
    CompletionStage<ChannelMemory> inspect(ChannelId channel);

    /** Pays an invoice, once. */
    CompletionStage<OutgoingPayment> pay(Invoice invoice, Amount maximumFee);

    /** Shows a channel in doubt a state that a watcher kept. */
    void prove(ChannelId channel, CoSignedState state);

    /** Tells people; {@code code} is for programs. */
    void alarm(PublicKey watcher, String code, String words);

    /** The time. */
    Instant now();
}

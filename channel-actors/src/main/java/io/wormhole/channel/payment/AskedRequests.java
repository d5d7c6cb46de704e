package io.wormhole.channel.payment;

import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ChannelId;
import java.util.HashMap;
import java.util.Map;

/** What hops asked of their channels since the start, and is not answered: one request for each. */
final class AskedRequests {
    private final Map<Hop.Key, PaymentEffect.Ask> underWay = new HashMap<>();

    /** Whether a request is for an outgoing lock. */
    static boolean isLock(String request) {
        return request.startsWith("lock-");
    }

    PaymentEffect.Ask begin(Hop hop, ChannelId channel, String request, Update update) {
        PaymentEffect.Ask ask =
                new PaymentEffect.Ask(hop.key(), channel, request, update, new Object());
        underWay.put(hop.key(), ask);
        return ask;
    }

    /**
     * Takes note of an answer; whether it is to what was asked last. What was asked before a
     * restart may be refused while the same, asked again, is granted.
     */
    boolean ends(PaymentEffect.Ask ask) {
        PaymentEffect.Ask newest = underWay.get(ask.key());
        boolean awaited = newest != null && newest.ticket().equals(ask.ticket());
        if (awaited) {
            underWay.remove(ask.key());
        }
        return awaited;
    }

    boolean isUnderWay(Hop hop) {
        return underWay.containsKey(hop.key());
    }

    boolean isLockUnderWay(Hop hop) {
        PaymentEffect.Ask ask = underWay.get(hop.key());
        return ask != null && isLock(ask.request());
    }
}

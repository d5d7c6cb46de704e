package io.wormhole.channel.route;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;

/** The channels of a payment in the payer's order, with what is locked in each and until when. */
public record Route(List<Leg> legs) {
    /** One channel of it. */
    public record Leg(AnnouncedChannel channel, Amount amount, BlockHeight expiry) {}

    /** Most channels of one payment. */
    public static final int MOST_LEGS = 20;

    /** Refuses what could leave a relay without its money or its time. */
    public Route {
        legs = List.copyOf(legs);
        if (legs.isEmpty() || legs.size() > MOST_LEGS) {
            throw new IllegalArgumentException("a route has 1 to 20 legs, found " + legs.size());
        }
        for (int i = 1; i < legs.size(); i++) {
            Leg before = legs.get(i - 1);
            Leg leg = legs.get(i);
            boolean linked = before.channel().payee().equals(leg.channel().payer());
            if (!linked
                    || !before.amount().covers(leg.amount())
                    || !leg.expiry().isBefore(before.expiry())) {
                throw new IllegalArgumentException(
                        "leg " + i + " does not follow from the one before it");
            }
        }
    }

    /** What the payer gives, fees included. */
    public Amount total() {
        return legs.get(0).amount();
    }

    /** What the payee gets. */
    public Amount delivers() {
        return legs.get(legs.size() - 1).amount();
    }

    /** What the relays take together. */
    public Amount fees() {
        return total().minus(delivers());
    }
}

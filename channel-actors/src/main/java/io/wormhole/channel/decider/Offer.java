package io.wormhole.channel.decider;

import io.wormhole.channel.update.Update;
import java.util.List;
import java.util.Optional;

/**
 * An update that this side wants: proposed without a signature, so it binds nobody until the
 * partner signs.
 *
 * @param requests the requesters' own names for what rides in it, each answered exactly once
 * @param permit a consent that starts to hold when the update is complete
 */
public record Offer(List<String> requests, Update update, Optional<Permit> permit) {
    /** Refuses an offer that nobody requested. */
    public Offer {
        requests = List.copyOf(requests);
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("an offer without a request");
        }
    }

    /** What one requester wants. */
    public Offer(String request, Update update, Optional<Permit> permit) {
        this(List.of(request), update, permit);
    }

    /** The requests in one word for people. */
    public String request() {
        return requests.size() == 1
                ? requests.get(0)
                : requests.get(0) + " and " + (requests.size() - 1) + " more";
    }
}

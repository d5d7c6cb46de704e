package io.wormhole.channel.decider;

import io.wormhole.channel.update.Update;

/**
 * An update that this side wants: proposed without a signature, so it binds nobody until the
 * partner signs.
 *
 * @param request the requester's own name for it, answered exactly once
 * @param permit a consent that starts to hold when the update is complete
 */
public record Offer(String request, Update update, java.util.Optional<Permit> permit) {}

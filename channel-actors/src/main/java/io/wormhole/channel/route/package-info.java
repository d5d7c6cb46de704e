/**
 * Which channels a payment may take. The rule to keep: amounts and expiries are computed from the
 * payee backwards, so that every relay gets its fee and its time. Start at {@link
 * io.wormhole.channel.route.ChannelGraph}.
 */
@NullMarked
package io.wormhole.channel.route;

import org.jspecify.annotations.NullMarked;

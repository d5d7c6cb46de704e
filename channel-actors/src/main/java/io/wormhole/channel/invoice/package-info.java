/**
 * What a payee asks for, as signed text that can be copied and read out. The rule to keep: whoever
 * pays checks network, signature and expiry first. Start at {@link
 * io.wormhole.channel.invoice.Invoice}.
 */
@NullMarked
package io.wormhole.channel.invoice;

import org.jspecify.annotations.NullMarked;

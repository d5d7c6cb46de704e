/**
 * Brings an account's transactions to the chain, in order, until they are final. The rule to keep:
 * a signed transaction is stored before it is sent, and a purpose is served once. Start at {@link
 * io.wormhole.channel.wallet.Wallet}.
 */
@NullMarked
package io.wormhole.channel.wallet;

import org.jspecify.annotations.NullMarked;

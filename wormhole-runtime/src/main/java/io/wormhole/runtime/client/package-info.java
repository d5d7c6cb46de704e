/**
 * A node for Java programs: typed, and answered by stages. The rule to keep: nothing here knows
 * more than the node's public API. Start at {@link io.wormhole.runtime.client.WormholeClient}.
 */
@NullMarked
package io.wormhole.runtime.client;

import org.jspecify.annotations.NullMarked;

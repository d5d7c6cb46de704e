/**
 * The port through which channels, oracles and wormholes reach the settlement chain. The rule to
 * keep: money is only believed when final. Start at {@link
 * io.wormhole.protocol.settlement.Settlement}.
 */
@NullMarked
package io.wormhole.protocol.settlement;

import org.jspecify.annotations.NullMarked;

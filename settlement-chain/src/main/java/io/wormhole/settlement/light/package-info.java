/**
 * A client of the chain that stores next to nothing: from a trusted checkpoint it goes from final
 * checkpoint to final checkpoint by the votes of the stake, and believes nothing about the state
 * but what is proven against such a header. The rule to keep: whatever a server says is either
 * proven, or the server's problem. Start at {@link io.wormhole.settlement.light.LightClient}.
 */
@NullMarked
package io.wormhole.settlement.light;

import org.jspecify.annotations.NullMarked;

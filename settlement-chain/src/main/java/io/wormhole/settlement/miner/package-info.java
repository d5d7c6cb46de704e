/**
 * Mining: assembling, waiting for the spacing, solving. The rule to keep: no work is done on what
 * is not the head any more. Start at {@link io.wormhole.settlement.miner.MinerActor}.
 */
@NullMarked
package io.wormhole.settlement.miner;

import org.jspecify.annotations.NullMarked;

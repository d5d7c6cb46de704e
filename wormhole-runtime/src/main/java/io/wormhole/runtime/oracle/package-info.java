/**
 * Oracles on a node: feeds and roles from the settings, put under supervision and tied to the
 * node's wallet and miner. Start at {@link io.wormhole.runtime.oracle.OracleService}.
 */
@NullMarked
package io.wormhole.runtime.oracle;

import org.jspecify.annotations.NullMarked;

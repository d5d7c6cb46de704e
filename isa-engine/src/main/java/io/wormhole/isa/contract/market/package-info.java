/**
 * Prediction markets in accounts of the chain. The rule to keep: all that came in goes out, to the
 * last base unit. Start at {@link io.wormhole.isa.contract.market.PredictionMarket}.
 */
@NullMarked
package io.wormhole.isa.contract.market;

import org.jspecify.annotations.NullMarked;

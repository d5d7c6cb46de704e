/**
 * What is paid by an answer: prediction markets and insured crowdfunding, as pure functions that a
 * channel or a contract applies. The rule to keep: all collateral that went in comes out, to the
 * last base unit. Start at {@link io.wormhole.oracle.market.Market}.
 */
@NullMarked
package io.wormhole.oracle.market;

import org.jspecify.annotations.NullMarked;

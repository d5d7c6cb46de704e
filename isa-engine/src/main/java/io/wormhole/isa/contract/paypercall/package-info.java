/**
 * Pay per call: money moves before each call runs. The rule to keep: neither side ever risks more
 * than one call. Start at {@link io.wormhole.isa.contract.paypercall.PayPerCall}.
 */
@NullMarked
package io.wormhole.isa.contract.paypercall;

import org.jspecify.annotations.NullMarked;

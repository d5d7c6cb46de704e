/**
 * Hash-time-locks: the channel's contract, the order of expiries in a swap, and the script that
 * locks the other leg on Bitcoin. The rule to keep: whoever locks second must be left the time to
 * redeem first. Start at {@link io.wormhole.isa.contract.hashlock.HashTimeLock}.
 */
@NullMarked
package io.wormhole.isa.contract.hashlock;

import org.jspecify.annotations.NullMarked;

/**
 * The words of OTP supervision and the plans that follow from them. The one rule to keep:
 * everything here is a function of its arguments, without actors, clocks or randomness. Start
 * reading at {@link io.wormhole.supervision.policy.RestartPolicy}.
 */
@NullMarked
package io.wormhole.supervision.policy;

import org.jspecify.annotations.NullMarked;

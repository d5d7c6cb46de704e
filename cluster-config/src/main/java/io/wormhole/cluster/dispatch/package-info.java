/**
 * Threads for actors. The rule to keep: what an actor tells another one wakes no thread when the
 * one that runs comes to it anyway, and nothing waits long behind a thread that is held up. Start
 * at {@link io.wormhole.cluster.dispatch.SparingPool}.
 */
@NullMarked
package io.wormhole.cluster.dispatch;

import org.jspecify.annotations.NullMarked;

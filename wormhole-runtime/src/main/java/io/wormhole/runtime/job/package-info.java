/**
 * A maker's job: prints the cups of one order and is paid for each. The rule to keep: what is to be
 * done next follows from the stored job and the channel alone, so any actor, node or link may die
 * at any moment. Start at {@link io.wormhole.runtime.job.JobRules}.
 */
@NullMarked
package io.wormhole.runtime.job;

import org.jspecify.annotations.NullMarked;

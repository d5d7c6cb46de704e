/**
 * Those who act on questions: the operator answers its own, the challenger disputes wrong answers
 * of others, the voter votes on disputed ones. The rule to keep: what is said about a question is
 * stored before it is sent and never changed. Start at {@link io.wormhole.oracle.duty.Role}.
 */
@NullMarked
package io.wormhole.oracle.duty;

import org.jspecify.annotations.NullMarked;

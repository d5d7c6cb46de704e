/**
 * The life of a yes/no question as pure functions: ask, answer, counterclaim, vote count, payout.
 * The rule to keep: every deposit that went in comes out as payment or is burned, to the last base
 * unit. Start at {@link io.wormhole.oracle.rules.QuestionRules}.
 */
@NullMarked
package io.wormhole.oracle.rules;

import org.jspecify.annotations.NullMarked;

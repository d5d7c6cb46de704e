/**
 * How the stake changes numbers of its network: which can be changed, how a proposal is voted on,
 * and when it takes effect. The rule to keep: nothing takes effect before its tally is final. Start
 * at {@link io.wormhole.settlement.governance.GovernanceState}.
 */
@NullMarked
package io.wormhole.settlement.governance;

import org.jspecify.annotations.NullMarked;

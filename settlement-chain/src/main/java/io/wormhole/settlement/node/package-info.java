/**
 * A running node of the settlement network. The rule to keep: a node that cannot do its work says
 * why and stops, and never goes on with half of it. Start at {@link
 * io.wormhole.settlement.node.SettlementNode}.
 */
@NullMarked
package io.wormhole.settlement.node;

import org.jspecify.annotations.NullMarked;

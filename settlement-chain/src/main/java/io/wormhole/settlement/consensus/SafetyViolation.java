package io.wormhole.settlement.consensus;

import io.wormhole.protocol.ledger.Checkpoint;

/**
 * Two final checkpoints of which neither builds on the other: at least a third of the stake has
 * broken the rules.
 *
 * @param ours what this node holds to be final
 * @param theirs what another valid chain holds to be final
 */
public record SafetyViolation(Checkpoint ours, Checkpoint theirs) {}

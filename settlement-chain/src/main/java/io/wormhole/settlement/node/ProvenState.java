package io.wormhole.settlement.node;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.settlement.ledger.StateProof;

/** What the state holds at a key, or that it holds nothing, provable against a header. */
public record ProvenState(BlockHeader header, StateProof proof) {}

package io.wormhole.settlement.store;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.settlement.consensus.IndexedBlock;

/** A block's header and its place in the tree. */
public record StoredBlock(IndexedBlock index, BlockHeader header) {}

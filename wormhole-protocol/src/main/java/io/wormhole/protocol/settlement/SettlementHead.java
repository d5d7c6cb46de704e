package io.wormhole.protocol.settlement;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;

/** Where the chain stands: the head, and the last final block at or below it. */
public record SettlementHead(
        BlockHeight height, Hash hash, BlockHeight finalHeight, Hash finalHash) {}

package io.wormhole.channel.wallet;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;

/** What became of something that the wallet was asked to bring to the chain. */
public sealed interface Payment {
    /** It is in a final block. */
    record Settled(String purpose, Hash transaction, BlockHeight height) implements Payment {}

    /** The chain does not take it. */
    record Abandoned(String purpose, String code, String reason) implements Payment {}
}

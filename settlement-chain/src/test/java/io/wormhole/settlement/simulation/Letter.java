package io.wormhole.settlement.simulation;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import java.util.List;

/** What simulated nodes say to each other; the counterparts of the messages of real peers. */
sealed interface Letter {
    record Head(BlockHeader header) implements Letter {}

    record AskHeaders(List<Hash> locator) implements Letter {}

    record Headers(List<BlockHeader> headers) implements Letter {}

    record AskBlocks(List<Hash> hashes) implements Letter {}

    record Body(Block block) implements Letter {}

    record Missing(Hash hash) implements Letter {}

    record Transactions(List<SignedTransaction> transactions) implements Letter {}

    record Waiting(List<Hash> ids) implements Letter {}

    record AskTransactions(List<Hash> ids) implements Letter {}
}

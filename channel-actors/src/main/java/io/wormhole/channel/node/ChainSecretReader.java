package io.wormhole.channel.node;

import io.wormhole.channel.hop.HopRules;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Following;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.settlement.SettlementHead;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;

/** Reads from the blocks which secrets the chain was shown when it ran steps of contracts. */
final class ChainSecretReader {
    /** Most blocks that are read at a time. */
    static final long MOST_BLOCKS = 1_000;

    private static final long PATIENCE_SECONDS = 10;

    private final Settlement settlement;

    ChainSecretReader(Settlement settlement) {
        this.settlement = settlement;
    }

    /**
     * What was shown to locks of a channel in blocks above {@code after}, also in those that are
     * not final: a secret stays known whatever becomes of its block.
     */
    CompletionStage<ChainSecrets> read(ChannelId channel, BlockHeight after) {
        return settlement.head().thenCompose(head -> read(channel, head, after));
    }

    private CompletionStage<ChainSecrets> read(
            ChannelId channel, SettlementHead head, BlockHeight after) {
        BlockHeight from = lower(after, head.finalHeight());
        BlockHeight to = lower(head.height(), from.plus(MOST_BLOCKS));
        BlockHeight readTo = lower(to, head.finalHeight());
        if (!to.isAfter(from)) {
            return CompletableFuture.completedFuture(new ChainSecrets(List.of(), readTo));
        }
        Blocks blocks = new Blocks(channel, to);
        Following following =
                settlement.follow(
                        from,
                        event -> {
                            blocks.take(event);
                            return CompletableFuture.completedFuture(Done.done());
                        });
        return blocks.all
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .whenComplete((done, late) -> following.close())
                .thenCompose(this::secrets)
                .thenApply(found -> new ChainSecrets(found, readTo));
    }

    private static BlockHeight lower(BlockHeight one, BlockHeight other) {
        return one.isBefore(other) ? one : other;
    }

    /** The secrets that these transactions showed to hash-time-locks. */
    CompletionStage<List<Bytes>> secrets(List<Hash> transactions) {
        CompletionStage<List<Bytes>> all = CompletableFuture.completedFuture(List.of());
        for (Hash id : transactions) {
            all = all.thenCombine(secret(id), ChainSecretReader::joined);
        }
        return all;
    }

    private static List<Bytes> joined(List<Bytes> before, Optional<Bytes> found) {
        List<Bytes> both = new ArrayList<>(before);
        found.ifPresent(both::add);
        return both;
    }

    private CompletionStage<Optional<Bytes>> secret(Hash id) {
        return settlement
                .inclusionProof(id)
                .thenApply(
                        proof ->
                                proof.map(InclusionProof::transaction)
                                        .map(signed -> signed.transaction().body())
                                        .filter(ChannelTransaction.ForceProgress.class::isInstance)
                                        .map(ChannelTransaction.ForceProgress.class::cast)
                                        .flatMap(step -> HopRules.secretIn(step.message())));
    }

    /** What may have run steps of the channel, up to a height. */
    private static final class Blocks {
        private final ChannelId channel;
        private final BlockHeight to;
        private final Set<Hash> transactions = new LinkedHashSet<>();
        private final CompletableFuture<List<Hash>> all = new CompletableFuture<>();

        Blocks(ChannelId channel, BlockHeight to) {
            this.channel = channel;
            this.to = to;
        }

        synchronized void take(LedgerEvent event) {
            if (event instanceof LedgerEvent.BlockApplied block) {
                transactions.addAll(
                        PaymentLinks.progressed(block.facts()).getOrDefault(channel, Set.of()));
                if (!block.height().isBefore(to)) {
                    all.complete(List.copyOf(transactions));
                }
            }
        }
    }
}

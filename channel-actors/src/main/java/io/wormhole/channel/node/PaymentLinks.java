package io.wormhole.channel.node;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.payment.PaymentEffect;
import io.wormhole.channel.payment.PaymentInput;
import io.wormhole.channel.payment.PaymentWorld;
import io.wormhole.channel.payment.RelayCodec;
import io.wormhole.channel.payment.RelayMessage;
import io.wormhole.channel.route.Route;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.Following;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.settlement.SettlementHead;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.Done;

/** The channels, neighbours and chain of one node, as its payments need them. */
final class PaymentLinks implements PaymentWorld {
    private final ChannelService channels;
    private final Settlement settlement;
    private final ChainSecretReader secrets;
    private final Function<PaymentEffect.RouteWish, CompletionStage<List<Route>>> finder;
    private final ChainNews news;
    private Optional<Following> following = Optional.empty();

    /** Hears of the chain; called by its thread, must return at once. */
    interface ChainNews {
        /** A channel ended. */
        void closed(ChannelId channel);

        /** There is a new head. */
        void block();
    }

    /**
     * Links of one node.
     *
     * @param finder finds routes
     * @param news is told what happens on the chain
     */
    PaymentLinks(
            ChannelService channels,
            Settlement settlement,
            Function<PaymentEffect.RouteWish, CompletionStage<List<Route>>> finder,
            ChainNews news) {
        this.channels = channels;
        this.settlement = settlement;
        this.secrets = new ChainSecretReader(settlement);
        this.finder = finder;
        this.news = news;
    }

    @Override
    public CompletionStage<PaymentInput.ChannelSeen> look(ChannelId channel) {
        return channels.look(channel)
                .thenCompose(
                        memory ->
                                memory instanceof Ended
                                        ? settlement
                                                .channel(channel, Certainty.FINAL)
                                                .thenApply(
                                                        end ->
                                                                new PaymentInput.ChannelSeen(
                                                                        channel, memory, end))
                                        : CompletableFuture.completedFuture(
                                                new PaymentInput.ChannelSeen(
                                                        channel, memory, Optional.empty())));
    }

    @Override
    public CompletionStage<List<PaymentInput.Answer>> ask(
            ChannelId channel, List<PaymentEffect.Ask> requests) {
        List<ChannelEntity.Wanted> wanted =
                requests.stream()
                        .map(ask -> new ChannelEntity.Wanted(ask.request(), ask.update()))
                        .toList();
        return channels.request(channel, wanted)
                .thenApply(all -> all.answers().stream().map(PaymentLinks::answer).toList());
    }

    private static PaymentInput.Answer answer(ChannelEntity.Answer answer) {
        if (answer instanceof ChannelEntity.Completed completed) {
            return new PaymentInput.Answer.Made(completed.nonce());
        } else if (answer instanceof ChannelEntity.Refused refused) {
            return new PaymentInput.Answer.Refused(refused.reason());
        }
        throw new IllegalStateException("no answer to a request: " + answer);
    }

    @Override
    public void force(ChannelId channel, ForcedStep step) {
        channels.perform(channel, new ChannelAction.Dispute(Optional.of(step)));
    }

    @Override
    public void say(PublicKey partner, List<RelayMessage> messages) {
        channels.say(partner, messages.stream().map(RelayCodec::encode).toList());
    }

    @Override
    public CompletionStage<Done> durable() {
        return channels.durable();
    }

    @Override
    public CompletionStage<List<Route>> routes(PaymentEffect.RouteWish wish) {
        return finder.apply(wish);
    }

    @Override
    public CompletionStage<List<Bytes>> secrets(List<Hash> transactions) {
        return secrets.secrets(transactions);
    }

    @Override
    public synchronized void follow(Optional<BlockHeight> from, Consumer<PaymentInput> told) {
        following.ifPresent(Following::close);
        following = Optional.empty();
        settlement
                .head()
                .thenAccept(head -> follow(head, from.orElse(head.finalHeight()), told))
                .whenComplete(
                        (done, starting) -> {
                            if (starting != null) {
                                // The chain is not there yet.
                                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
                                        .execute(() -> follow(from, told));
                            }
                        });
    }

    private synchronized void follow(
            SettlementHead head, BlockHeight from, Consumer<PaymentInput> told) {
        told.accept(new PaymentInput.FinalSeen(from));
        told.accept(new PaymentInput.BlockSeen(head.height(), Map.of()));
        following =
                Optional.of(
                        settlement.follow(
                                from,
                                event -> {
                                    tell(event, told);
                                    return CompletableFuture.completedFuture(Done.done());
                                }));
    }

    private void tell(LedgerEvent event, Consumer<PaymentInput> told) {
        if (event instanceof LedgerEvent.Finalised last) {
            told.accept(new PaymentInput.FinalSeen(last.height()));
        } else if (event instanceof LedgerEvent.BlockApplied block) {
            told.accept(new PaymentInput.BlockSeen(block.height(), progressed(block.facts())));
            block.facts().stream()
                    .filter(LedgerFact.ChannelClosed.class::isInstance)
                    .map(LedgerFact.ChannelClosed.class::cast)
                    .forEach(end -> news.closed(end.channel()));
            news.block();
        }
    }

    /** Channels in which the chain may have run a step, with what may have done it. */
    static Map<ChannelId, Set<Hash>> progressed(List<LedgerFact> facts) {
        Map<ChannelId, Set<Hash>> progressed = new HashMap<>();
        // What a transaction did follows it: one, or several in a row, are looked into.
        Set<Hash> transactions = new LinkedHashSet<>();
        boolean inRow = false;
        for (LedgerFact fact : facts) {
            if (fact instanceof LedgerFact.TransactionApplied applied) {
                if (!inRow) {
                    transactions.clear();
                }
                inRow = true;
                transactions.add(applied.transaction());
                continue;
            }
            inRow = false;
            channelOf(fact)
                    .ifPresent(
                            channel ->
                                    progressed
                                            .computeIfAbsent(channel, id -> new LinkedHashSet<>())
                                            .addAll(transactions));
        }
        return progressed;
    }

    private static Optional<ChannelId> channelOf(LedgerFact fact) {
        if (fact instanceof LedgerFact.ChannelProgressed progress) {
            return Optional.of(progress.channel());
        } else if (fact instanceof LedgerFact.ChannelClosing closing) {
            return Optional.of(closing.channel());
        }
        return Optional.empty();
    }
}

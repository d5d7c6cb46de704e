package io.wormhole.channel.node;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.hop.HopPolicy;
import io.wormhole.channel.payment.PaymentSettings;
import io.wormhole.channel.route.AnnouncedChannel;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The own channels as ways for payments: for own ones, and as announced to others. */
final class OwnChannels {
    private static final int MOST_CHANNELS = 256;
    private static final int ANNOUNCED_PER_BLOCK = 100;

    private final ChannelService channels;
    private final PaymentSettings settings;
    private final Consumer<AnnouncedChannel> announced;
    private final Set<PublicKey> linked = ConcurrentHashMap.newKeySet();
    private final Set<ChannelId> changed = ConcurrentHashMap.newKeySet();

    /** Tells {@code announced} what others may know. */
    OwnChannels(
            ChannelService channels,
            PaymentSettings settings,
            Consumer<AnnouncedChannel> announced) {
        this.channels = channels;
        this.settings = settings;
        this.announced = announced;
    }

    void linked(PublicKey partner) {
        linked.add(partner);
        if (settings.relays()) {
            open().thenAccept(all -> all.forEach(this::announce));
        }
    }

    void unlinked(PublicKey partner) {
        linked.remove(partner);
    }

    void changed(ChannelId channel) {
        if (settings.relays()) {
            changed.add(channel);
        }
    }

    /** The own direction of each channel in which this node can pay now, exactly. */
    CompletionStage<List<AnnouncedChannel>> payable() {
        HopPolicy.Fee free = new HopPolicy.Fee(Amount.ZERO, 0);
        return open().thenApply(
                        all ->
                                all.stream()
                                        .filter(it -> linked.contains(it.party().partnerKey()))
                                        .map(it -> direction(it, free, 1))
                                        .toList());
    }

    private CompletionStage<List<Open>> open() {
        return channels.channels()
                .thenCompose(
                        ids ->
                                all(
                                        ids.stream()
                                                .limit(MOST_CHANNELS)
                                                .map(channels::inspect)
                                                .toList()))
                .thenApply(
                        memories -> memories.stream().flatMap(it -> usable(it).stream()).toList());
    }

    private static Optional<Open> usable(ChannelMemory memory) {
        return memory instanceof Open open && !open.doubtful()
                ? Optional.of(open)
                : Optional.empty();
    }

    private static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> stages) {
        CompletionStage<List<T>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (CompletionStage<T> stage : stages) {
            all =
                    all.thenCombine(
                            stage,
                            (before, one) -> {
                                before.add(one);
                                return before;
                            });
        }
        return all;
    }

    private static AnnouncedChannel direction(Open open, HopPolicy.Fee fee, long expiryBlocks) {
        Amount balance = open.standing().position().state().balances().get(open.party().me());
        ChannelTerms terms = open.party().terms();
        Amount most =
                balance.covers(terms.reserve()) ? balance.minus(terms.reserve()) : Amount.ZERO;
        return new AnnouncedChannel(
                open.party().id(),
                open.party().myKey(),
                open.party().partnerKey(),
                most,
                fee.base(),
                fee.perMillion(),
                expiryBlocks);
    }

    /** Balances change all the time, so what is announced is coarse, and said once per block. */
    void announceChanged() {
        Set<ChannelId> due = new HashSet<>();
        for (ChannelId channel : changed) {
            if (due.size() < ANNOUNCED_PER_BLOCK) {
                due.add(channel);
            }
        }
        changed.removeAll(due);
        due.forEach(
                channel ->
                        channels.inspect(channel)
                                .thenAccept(memory -> usable(memory).ifPresent(this::announce)));
    }

    private void announce(Open open) {
        HopPolicy policy = settings.policy();
        AnnouncedChannel exact = direction(open, policy.relayFee(), policy.expiryBlocks());
        announced.accept(exact.withMost(coarse(exact.most())));
    }

    /** Rounded down to its three highest bits. */
    static Amount coarse(Amount amount) {
        int digits = Long.SIZE - Long.numberOfLeadingZeros(amount.baseUnits());
        int dropped = Math.max(0, digits - 3);
        return Amount.of((amount.baseUnits() >>> dropped) << dropped);
    }
}

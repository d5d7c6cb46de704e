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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The own channels as ways for payments: for own ones, and as announced to others. */
final class OwnChannels {
    private static final int MOST_CHANNELS = 1_000;
    private static final int ANNOUNCED_PER_BLOCK = 100;

    private final ChannelService channels;
    private final PaymentSettings settings;
    private final Consumer<AnnouncedChannel> announced;
    // Partners whose link is up, and the channels with each.
    private final Map<PublicKey, Set<ChannelId>> linked = new ConcurrentHashMap<>();
    // What they were like when last looked at, until something happens in them.
    private final Map<ChannelId, CompletionStage<Optional<Open>>> seen = new ConcurrentHashMap<>();
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
        Set<ChannelId> theirs = ConcurrentHashMap.newKeySet();
        linked.put(partner, theirs);
        channels.channels(partner)
                .thenAccept(
                        all -> {
                            theirs.addAll(all);
                            if (settings.relays()) {
                                changed.addAll(all);
                                announceChanged();
                            }
                        });
    }

    void unlinked(PublicKey partner) {
        linked.remove(partner);
    }

    /** A channel is open from now on. */
    void ready(ChannelId channel) {
        look(channel)
                .thenAccept(
                        found ->
                                found.map(open -> linked.get(open.party().partnerKey()))
                                        .ifPresent(theirs -> theirs.add(channel)));
        announceChanged();
    }

    void changed(ChannelId channel, ChannelMemory memory) {
        seen.computeIfPresent(
                channel, (id, before) -> CompletableFuture.completedStage(usable(memory)));
        if (settings.relays()) {
            changed.add(channel);
        }
    }

    void ended(ChannelId channel) {
        seen.remove(channel);
        linked.values().forEach(theirs -> theirs.remove(channel));
    }

    /** The own direction of each channel in which this node can pay now, exactly. */
    CompletionStage<List<AnnouncedChannel>> payable() {
        HopPolicy.Fee free = new HopPolicy.Fee(Amount.ZERO, 0);
        List<CompletionStage<Optional<Open>>> ours =
                linked.values().stream()
                        .flatMap(Set::stream)
                        .limit(MOST_CHANNELS)
                        .map(channel -> seen.computeIfAbsent(channel, this::look))
                        .toList();
        return all(ours)
                .thenApply(
                        found ->
                                found.stream()
                                        .flatMap(Optional::stream)
                                        .map(open -> direction(open, free, 1))
                                        .toList());
    }

    // One that does not answer cannot be paid through, and is asked again at the next block.
    private CompletionStage<Optional<Open>> look(ChannelId channel) {
        return channels.look(channel)
                .handle(
                        (memory, failure) ->
                                failure == null ? usable(memory) : Optional.<Open>empty());
    }

    private static Optional<Open> usable(ChannelMemory memory) {
        return memory instanceof Open open && !open.doubtful()
                ? Optional.of(open)
                : Optional.empty();
    }

    private static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> stages) {
        List<CompletableFuture<T>> futures =
                stages.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
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

    /** There is a new head. */
    void block() {
        seen.clear();
        announceChanged();
    }

    /** Balances change all the time, so what is announced is coarse, and said once per block. */
    private void announceChanged() {
        Set<ChannelId> due = new HashSet<>();
        for (ChannelId channel : changed) {
            if (due.size() < ANNOUNCED_PER_BLOCK) {
                due.add(channel);
            }
        }
        changed.removeAll(due);
        due.forEach(channel -> look(channel).thenAccept(found -> found.ifPresent(this::announce)));
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

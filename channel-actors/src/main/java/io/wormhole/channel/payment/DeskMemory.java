package io.wormhole.channel.payment;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Standing;
import io.wormhole.channel.hop.HopPayment;
import io.wormhole.channel.hop.HopRules;
import io.wormhole.channel.update.HashLock;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the desk knows besides its book, all of which is found out again after a restart, and what
 * comes of the inputs at hand: events to store, and effects for afterwards.
 */
final class DeskMemory {
    private static final int WARM_BLOCKS = 3;

    final PaymentBook book;
    final PaymentSettings settings;
    final HopRules rules;
    final PublicKey self;
    final Map<Hop.Key, PaymentFailure> failures = new HashMap<>();
    final Map<Hash, List<PaymentInput.PaymentListener>> listeners = new HashMap<>();
    final Set<PublicKey> linked = new HashSet<>();
    // Blocks' transactions that may show a secret: before they are read, the chain is not.
    final Set<List<Hash>> unread = new LinkedHashSet<>();
    private final Map<ChannelId, Seen> seen = new HashMap<>();
    // Channels that are being asked; true: something happened since.
    private final Map<ChannelId, Boolean> looking = new HashMap<>();
    private final Set<Hop.Key> due = new LinkedHashSet<>();
    private List<PaymentEvent> events = new ArrayList<>();
    private List<PaymentEffect> effects = new ArrayList<>();
    private long blocks;
    private BlockHeight height = BlockHeight.ZERO;
    private BlockHeight finalHeight = BlockHeight.ZERO;

    private record Seen(ChannelMemory memory, Optional<ChannelEntry> end) {}

    DeskMemory(PaymentBook book, PaymentSettings settings, PublicKey self) {
        this.book = book;
        this.settings = settings;
        this.rules = new HopRules(settings.policy());
        this.self = self;
    }

    void happen(PaymentEvent event) {
        book.apply(event);
        events.add(event);
    }

    void begin(Hop hop) {
        if (book.hopCount() == 0) {
            // From here on the blocks are read again after a restart.
            happen(new PaymentEvent.ChainRead(finalHeight));
        }
        happen(new PaymentEvent.HopBegun(hop));
        due(hop.key());
    }

    void effect(PaymentEffect effect) {
        effects.add(effect);
    }

    List<PaymentEvent> takeEvents() {
        List<PaymentEvent> taken = events;
        events = new ArrayList<>();
        return taken;
    }

    List<PaymentEffect> takeEffects() {
        List<PaymentEffect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }

    BlockHeight height() {
        return height;
    }

    void head(BlockHeight now) {
        height = now;
        blocks++;
    }

    /** How many blocks were seen since the start. */
    long blocks() {
        return blocks;
    }

    /** Whether enough time has passed since the start for all links to be up. */
    boolean isWarm() {
        return blocks >= WARM_BLOCKS;
    }

    BlockHeight finalHeight() {
        return finalHeight;
    }

    void finalHead(BlockHeight now) {
        finalHeight = now;
    }

    // ---- hops that are to be looked at ----------------------------------------------------------

    void due(Hop.Key key) {
        due.add(key);
    }

    void due(ChannelId channel) {
        book.hopsIn(channel).forEach(hop -> due.add(hop.key()));
    }

    Optional<Hop> nextDue() {
        while (!due.isEmpty()) {
            Hop.Key key = due.iterator().next();
            due.remove(key);
            Optional<Hop> hop = book.hop(key);
            if (hop.isPresent()) {
                return hop;
            }
        }
        return Optional.empty();
    }

    // ---- channels -------------------------------------------------------------------------------

    /** What was known is old; it is asked again when a hop wants to know. */
    void changed(ChannelId channel) {
        seen.remove(channel);
        looking.computeIfPresent(channel, (same, old) -> true);
        due(channel);
    }

    /** What it is like now is known; of an ended one the chain knows more. */
    void moved(PaymentInput.ChannelMoved now) {
        boolean wanted = !book.hopsIn(now.channel()).isEmpty();
        if (now.memory() instanceof Ended || !wanted) {
            changed(now.channel());
        } else {
            looking.computeIfPresent(now.channel(), (same, old) -> true);
            Seen before = seen.put(now.channel(), new Seen(now.memory(), Optional.empty()));
            if (before == null || !offersOnly(before.memory(), now.memory())) {
                due(now.channel());
            }
        }
    }

    // That this side now wants an update is nothing that a hop waits for.
    private static boolean offersOnly(ChannelMemory before, ChannelMemory now) {
        return before instanceof Open old && now instanceof Open open && open.onlyOffersAfter(old);
    }

    /** Whether what is known of a channel is not older than the state with this nonce. */
    boolean isAt(ChannelId channel, Nonce nonce) {
        return known(Optional.of(channel))
                .flatMap(Standing::in)
                .filter(standing -> !standing.nonce().isBefore(nonce))
                .isPresent();
    }

    void saw(PaymentInput.ChannelSeen now) {
        Boolean old = looking.remove(now.channel());
        if (old == null) {
            // Looked at before a restart: what happened since is not known.
            return;
        }
        if (!old) {
            seen.put(now.channel(), new Seen(now.memory(), now.end()));
        }
        due(now.channel());
    }

    void silent(ChannelId channel) {
        looking.remove(channel);
    }

    /** The channel's memory; asks for it when it is not known. */
    Optional<ChannelMemory> look(ChannelId channel) {
        Seen known = seen.get(channel);
        if (known == null && looking.putIfAbsent(channel, false) == null) {
            effect(new PaymentEffect.Look(channel));
        }
        return Optional.ofNullable(known).map(Seen::memory);
    }

    /** Forgets channels that no hop touches. */
    void forgetUntouched() {
        seen.keySet().removeIf(channel -> book.hopsIn(channel).isEmpty());
    }

    Optional<KnownChannel> known(Optional<ChannelId> channel) {
        return channel.map(seen::get)
                .map(Seen::memory)
                .filter(KnownChannel.class::isInstance)
                .map(KnownChannel.class::cast);
    }

    HopRules.Surroundings surroundings(Hop hop) {
        return new HopRules.Surroundings(
                known(hop.incoming()),
                known(hop.outgoing()),
                new HopRules.Surroundings.Ends(end(hop.incoming()), end(hop.outgoing())),
                height);
    }

    private Optional<ChannelEntry> end(Optional<ChannelId> channel) {
        return channel.map(seen::get).flatMap(Seen::end);
    }

    /** The incoming lock as it stands, in a channel that is in use or disputed. */
    Optional<HashLock> incomingLock(Hop hop) {
        HopPayment.Incoming in = hop.payment().incoming().orElseThrow();
        return known(Optional.of(in.channel()))
                .flatMap(Standing::in)
                .flatMap(standing -> HashLock.of(standing.position(), in.lockId()));
    }

    PaymentFailure failure(FailureCode code, Optional<ChannelId> channel, String reason) {
        return new PaymentFailure(code, self, channel, reason);
    }
}

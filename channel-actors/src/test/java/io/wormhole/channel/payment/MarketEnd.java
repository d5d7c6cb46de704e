package io.wormhole.channel.payment;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelEvent;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.decider.Standing;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.settlement.Certainty;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One end of a channel of the network: what its node has of it, in memory and on its disk. */
final class MarketEnd {
    final ChannelId id;
    final int me;
    final int partner;
    final AskedOfChannel asked = new AskedOfChannel();
    Side side;
    boolean up = true;
    private final KeyPair key;
    private final Map<Long, Signature> signed = new HashMap<>();
    private ChannelMemory onDisk;
    private ChannelMemory moved;
    private final Set<Long> stored = new HashSet<>();
    private long coSigned;

    MarketEnd(KeyPair key, ChannelTerms terms, int me, int partner) {
        this.key = key;
        this.side = Side.open(key, terms, me);
        this.id = ((KnownChannel) side.memory()).party().id();
        this.me = me;
        this.partner = partner;
        this.onDisk = side.memory();
        this.moved = side.memory();
    }

    /** What this side holds; empty after the end, and where it knows that it is behind. */
    Optional<Standing> standing() {
        return isOver() || isBehind() ? Optional.empty() : Optional.of(side.standing());
    }

    /** Whether it says that it lost data. */
    boolean isBehind() {
        return side.memory().phase().equals("behind its partner");
    }

    boolean isOver() {
        return side.memory() instanceof Ended;
    }

    /** The head of the chain; what this side owes it. */
    List<Effect.Submit> looksAt(MarketChain chain) {
        side.knowsHeight(chain.height());
        side.does(
                new ChannelAction.ChainSeen(
                        Optional.of(chain.entry(id, Certainty.TENTATIVE)),
                        Optional.of(chain.entry(id, Certainty.FINAL)),
                        chain.height(),
                        chain.finalHeight()));
        List<Effect.Submit> owed = side.told(Effect.Submit.class);
        side.effects.removeIf(Effect.Submit.class::isInstance);
        return owed;
    }

    /** Whether something happened that must be on the disk now. */
    boolean hasWhatMustBeOnDisk() {
        boolean has = !side.events.stream().allMatch(ChannelEvent::isSoonEnough);
        side.events.clear();
        return has;
    }

    void isOnDisk() {
        onDisk = side.memory();
        standing().flatMap(Standing::pending).ifPresent(it -> stored.add(it.nonce().value()));
        standing().flatMap(Standing::proof).ifPresent(it -> coSigned = it.nonce().value());
    }

    /** The highest nonce that both signed and that no crash takes away. */
    long coSigned() {
        return coSigned;
    }

    void losesPower(MarketChain chain) {
        side = new Side(key, onDisk, new VmContracts()).knowsHeight(chain.height());
        moved = onDisk;
        asked.forgetOffered();
    }

    /** The memory, when it has changed since it was asked last. */
    Optional<ChannelMemory> news() {
        if (moved.equals(side.memory())) {
            return Optional.empty();
        }
        moved = side.memory();
        return Optional.of(moved);
    }

    /** Durable before sent, and never two signatures for one nonce. */
    void leaves(ChannelMessage message) {
        if (message instanceof ChannelMessage.Countersign mine) {
            MarketWorld.require(
                    stored.contains(mine.nonce().value()),
                    "a signature left that is not stored: " + mine);
            signs(mine.nonce().value(), mine.signature());
        } else if (message instanceof ChannelMessage.Acknowledge mine) {
            signs(mine.nonce().value(), mine.signature());
        }
    }

    private void signs(long nonce, Signature signature) {
        Signature before = signed.putIfAbsent(nonce, signature);
        MarketWorld.require(
                before == null || before.equals(signature), "two signatures for nonce " + nonce);
    }
}

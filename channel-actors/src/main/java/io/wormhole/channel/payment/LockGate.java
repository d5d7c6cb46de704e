package io.wormhole.channel.payment;

import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Optional;

/** Whether the outgoing lock of a hop may be asked for now, later, or never. */
final class LockGate {
    private final DeskMemory memory;
    private final AskedRequests asked;

    LockGate(DeskMemory memory, AskedRequests asked) {
        this.memory = memory;
        this.asked = asked;
    }

    /** Whether the hop may go on; says so when its lock will never be. */
    boolean lets(Hop hop) {
        Optional<KnownChannel> out = memory.known(hop.outgoing());
        if (!(out.isPresent() && out.get() instanceof Open open)) {
            if (!hop.asked()) {
                fail(hop, FailureCode.UNREACHABLE, "the channel cannot be used");
            }
            return true;
        }
        long lockId = hop.payment().outgoing().orElseThrow().lockId();
        if (open.standing().position().state().lock(lockId).isPresent()) {
            return true;
        }
        Optional<String> countdown =
                memory.rules.countdownObjection(hop.payment(), memory.surroundings(hop));
        Optional<String> objection =
                memory.rules.objection(hop.payment(), memory.surroundings(hop));
        if (hop.asked()) {
            return (objection.isEmpty() && countdown.isEmpty())
                    || isPast(hop)
                    || neverStands(hop, open, countdown.or(() -> objection).orElseThrow());
        }
        if (hop.role() == Hop.Role.RELAY && !memory.settings.relays()) {
            fail(hop, FailureCode.NO_RELAY, "this node relays no payments");
        } else if (countdown.isPresent()) {
            fail(hop, FailureCode.TERMS_NOT_MET, hop.incoming(), countdown.get());
        } else if (objection.isPresent()) {
            fail(hop, FailureCode.TERMS_NOT_MET, objection.get());
        } else if (!memory.linked.contains(open.party().partnerKey())) {
            return awaitsLink(hop);
        } else if (isFull(open)) {
            return false;
        }
        return true;
    }

    // It was asked for, and may still wait in its channel. Whoever asks for something else under
    // its name joins it there. When nothing is there, what is asked for now is not possible, since
    // nobody can release what does not stand: that refusal ends the lock. What this side has not
    // signed, nobody can bring to the chain.
    private boolean neverStands(Hop hop, Open open, String objection) {
        long lockId = hop.payment().outgoing().orElseThrow().lockId();
        if (!open.doubtful() && !isOffered(open, lockId)) {
            memory.failures.putIfAbsent(
                    hop.key(),
                    memory.failure(FailureCode.TERMS_NOT_MET, hop.outgoing(), objection));
            memory.effect(
                    asked.begin(
                            hop,
                            open.party().id(),
                            "lock-" + lockId,
                            Update.of(new ChannelOperation.Release(lockId))));
        }
        return false;
    }

    private static boolean isOffered(Open open, long lockId) {
        return open.standing().offer().stream()
                .anyMatch(offer -> offer.requests().contains("lock-" + lockId));
    }

    // Locks that are asked for count as if they stood.
    private boolean isFull(Open open) {
        ChannelId channel = open.party().id();
        long wanted =
                memory.book.hopsIn(channel).stream()
                        .filter(hop -> hop.outgoing().filter(channel::equals).isPresent())
                        .filter(asked::isLockUnderWay)
                        .count();
        int standing = open.standing().position().state().locks().size();
        return standing + wanted >= ChannelState.MAXIMUM_LOCKS;
    }

    // After a start the links need a moment.
    private boolean awaitsLink(Hop hop) {
        if (!memory.isWarm()) {
            return false;
        }
        fail(hop, FailureCode.UNREACHABLE, "the next node is not connected");
        return true;
    }

    private boolean isPast(Hop hop) {
        BlockHeight expiry = hop.payment().outgoing().orElseThrow().expiry();
        return memory.height().value() - 2 * Tools.HEIGHT_TOLERANCE_BLOCKS >= expiry.value();
    }

    private void fail(Hop hop, FailureCode code, String reason) {
        fail(hop, code, hop.outgoing(), reason);
    }

    private void fail(Hop hop, FailureCode code, Optional<ChannelId> blamed, String reason) {
        memory.failures.put(hop.key(), memory.failure(code, blamed, reason));
        memory.happen(new PaymentEvent.HopFailed(hop.key()));
    }
}

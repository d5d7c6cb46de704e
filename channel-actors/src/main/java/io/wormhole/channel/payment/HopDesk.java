package io.wormhole.channel.payment;

import io.wormhole.channel.hop.HopStep;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The hops of this node: asks the rules what is next, and has it done. */
final class HopDesk {
    // Locks that stand in it, and as many again that come or go.
    private static final int MOST_HOPS_PER_CHANNEL = 4 * ChannelState.MAXIMUM_LOCKS;

    private final DeskMemory memory;
    private final PayerDesk payer;
    private final PayeeDesk payee;
    private final Arrivals arrivals;
    private final AskedRequests asked = new AskedRequests();
    private final LockGate gate;
    // Hops whose next node was told on the present link.
    private final Set<Hop.Key> told = new HashSet<>();

    HopDesk(DeskMemory memory, PayerDesk payer, PayeeDesk payee) {
        this.memory = memory;
        this.payer = payer;
        this.payee = payee;
        this.arrivals = new Arrivals(memory);
        this.gate = new LockGate(memory, asked);
    }

    void forwarded(PublicKey partner, RelayMessage.Forward forward) {
        Hop hop = Hop.of(forward);
        if (memory.book.hop(hop.key()).isPresent()) {
            return;
        }
        if (memory.book.hopCount() >= memory.settings.mostHops()) {
            refuse(partner, forward, FailureCode.BUSY, "too many payments are under way");
            return;
        }
        if (memory.book.incomingIn(forward.channel()) >= MOST_HOPS_PER_CHANNEL) {
            refuse(partner, forward, FailureCode.BUSY, "too many payments come by this channel");
            return;
        }
        boolean taken =
                hop.outgoing().stream()
                        .flatMap(out -> memory.book.hopsIn(out).stream())
                        .anyMatch(
                                other ->
                                        other.payment()
                                                .outgoing()
                                                .equals(hop.payment().outgoing()));
        if (taken) {
            refuse(partner, forward, FailureCode.BUSY, "the same part is under way");
            return;
        }
        memory.begin(hop);
    }

    private void refuse(
            PublicKey partner, RelayMessage.Forward forward, FailureCode code, String reason) {
        memory.effect(
                new PaymentEffect.Say(
                        partner,
                        new RelayMessage.Failed(
                                forward.hash(),
                                forward.part(),
                                forward.channel(),
                                memory.failure(code, Optional.empty(), reason))));
    }

    /** A neighbour gives its incoming lock back, which is this node's outgoing one. */
    void failed(PublicKey partner, RelayMessage.Failed failed) {
        for (Hop hop : memory.book.hopsOf(failed.hash())) {
            boolean meant =
                    hop.part() == failed.part()
                            && hop.outgoing().filter(failed.channel()::equals).isPresent()
                            && partnerOf(hop.outgoing()).filter(partner::equals).isPresent();
            if (meant) {
                memory.failures.put(hop.key(), failed.failure());
                // Once asked for, the lock may still wait in its channel and be made: only the
                // channel's refusal ends it.
                if (!hop.payment().locked() && !hop.asked()) {
                    memory.happen(new PaymentEvent.HopFailed(hop.key()));
                }
                memory.due(hop.key());
            }
        }
    }

    private Optional<PublicKey> partnerOf(Optional<ChannelId> channel) {
        return memory.known(channel).map(known -> known.party().partnerKey());
    }

    void linked(PublicKey partner) {
        for (Hop hop : memory.book.hops()) {
            Optional<PublicKey> next = partnerOf(hop.outgoing());
            if (next.isEmpty() || next.get().equals(partner)) {
                told.remove(hop.key());
                memory.due(hop.key());
            }
        }
    }

    void answered(PaymentInput.Answered answer) {
        PaymentEffect.Ask ask = answer.ask();
        boolean awaited = asked.ends(ask);
        Optional<Hop> hop = memory.book.hop(ask.key());
        if (hop.isEmpty()) {
            return;
        }
        if (answer.answer() instanceof PaymentInput.Answer.Made made) {
            if (AskedRequests.isLock(ask.request())) {
                memory.happen(new PaymentEvent.HopLocked(ask.key()));
            }
            if (memory.isAt(ask.channel(), made.nonce())) {
                memory.due(ask.channel());
                return;
            }
        } else if (awaited && answer.answer() instanceof PaymentInput.Answer.Refused refused) {
            refused(hop.get(), ask.request(), refused.reason());
        }
        memory.changed(ask.channel());
    }

    private void refused(Hop hop, String request, String reason) {
        if (AskedRequests.isLock(request)) {
            memory.failures.putIfAbsent(
                    hop.key(), memory.failure(FailureCode.NO_LIQUIDITY, hop.outgoing(), reason));
            memory.happen(new PaymentEvent.HopFailed(hop.key()));
        } else {
            memory.effect(new PaymentEffect.Later(hop.key()));
        }
    }

    void unanswered(PaymentEffect.Ask ask) {
        if (asked.ends(ask)) {
            memory.effect(new PaymentEffect.Later(ask.key()));
        }
    }

    void retry(Hop.Key key) {
        memory.book.hop(key).flatMap(Hop::outgoing).ifPresent(memory::changed);
        memory.book.hop(key).flatMap(Hop::incoming).ifPresent(memory::changed);
    }

    /** Somebody showed this secret. */
    void shown(Bytes secret, Hash hash) {
        for (Hop hop : memory.book.hopsOf(hash)) {
            if (hop.payment().secret().isEmpty() && hop.role() != Hop.Role.PAYEE) {
                memory.happen(new PaymentEvent.HopKnows(hop.key(), secret, Optional.empty()));
                memory.due(hop.key());
            }
        }
        payer.shown(hash, secret);
    }

    /** Brings a hop as far as it goes now. */
    void advance(Hop hop) {
        boolean incomingKnown =
                hop.incoming().map(memory::look).map(Optional::isPresent).orElse(true);
        boolean outgoingKnown =
                hop.outgoing().map(memory::look).map(Optional::isPresent).orElse(true);
        if (!incomingKnown || !outgoingKnown) {
            return;
        }
        if (asked.isUnderWay(hop)) {
            forceWhenDue(hop);
            return;
        }
        if (hop.role() != Hop.Role.PAYER && !hasArrived(hop)) {
            return;
        }
        if (hop.role() == Hop.Role.PAYEE && payee.considers(hop)) {
            return;
        }
        if (hop.outgoing().isPresent() && !isLocked(hop) && !gate.lets(hop)) {
            return;
        }
        Hop now = memory.book.hop(hop.key()).orElse(hop);
        tell(now);
        act(now, memory.rules.next(now.payment(), memory.surroundings(now)));
    }

    // A request that a silent partner leaves unanswered holds up everything but the chain.
    private void forceWhenDue(Hop hop) {
        HopStep step = memory.rules.next(hop.payment(), memory.surroundings(hop));
        if (step instanceof HopStep.Force) {
            act(hop, step);
        }
    }

    private static boolean isLocked(Hop hop) {
        return hop.payment().locked()
                || hop.payment().failed()
                || hop.payment().secret().isPresent();
    }

    // The word that a lock will come arrives before the lock.
    private boolean hasArrived(Hop hop) {
        Arrivals.State state = arrivals.state(hop);
        if (state == Arrivals.State.MISSED) {
            // Whoever said it learns that its lock would stand for nothing.
            sayFailed(hop);
            over(hop, false);
        }
        return state == Arrivals.State.HERE;
    }

    // Before the lock is asked for, and again on every new link while it matters.
    private void tell(Hop hop) {
        boolean matters =
                hop.outgoing().isPresent()
                        && hop.payment().secret().isEmpty()
                        && !hop.payment().failed();
        if (!matters) {
            return;
        }
        partnerOf(hop.outgoing())
                .filter(memory.linked::contains)
                .filter(partner -> told.add(hop.key()))
                .ifPresent(partner -> memory.effect(new PaymentEffect.Say(partner, hop.forward())));
    }

    private void act(Hop hop, HopStep step) {
        Hop.Key key = hop.key();
        if (step instanceof HopStep.Remember remember) {
            shown(remember.secret(), hop.hash());
        } else if (step instanceof HopStep.RememberLock) {
            memory.happen(new PaymentEvent.HopLocked(key));
            memory.due(key);
        } else if (step instanceof HopStep.Request request) {
            request(hop, request);
        } else if (step instanceof HopStep.Force force) {
            memory.effect(new PaymentEffect.Force(force.channel(), force.step()));
        } else if (step instanceof HopStep.Over over) {
            over(hop, over.paid());
        }
    }

    private void request(Hop hop, HopStep.Request request) {
        if (AskedRequests.isLock(request.request())) {
            memory.happen(new PaymentEvent.HopAsked(hop.key()));
        } else if (request.request().startsWith("return-")) {
            sayFailed(hop);
        }
        memory.effect(asked.begin(hop, request.channel(), request.request(), request.update()));
    }

    private void sayFailed(Hop hop) {
        ChannelId channel = hop.incoming().orElseThrow();
        PaymentFailure failure =
                memory.failures.getOrDefault(
                        hop.key(),
                        memory.failure(FailureCode.UNKNOWN, hop.outgoing(), "it was given back"));
        partnerOf(hop.incoming())
                .ifPresent(
                        partner ->
                                memory.effect(
                                        new PaymentEffect.Say(
                                                partner,
                                                new RelayMessage.Failed(
                                                        hop.hash(),
                                                        hop.part(),
                                                        channel,
                                                        failure))));
    }

    private void over(Hop hop, boolean paid) {
        memory.happen(new PaymentEvent.HopOver(hop.key(), paid));
        Optional<PaymentFailure> failure = Optional.ofNullable(memory.failures.remove(hop.key()));
        arrivals.forget(hop.key());
        told.remove(hop.key());
        if (hop.role() == Hop.Role.PAYER) {
            payer.partOver(hop, paid, failure);
        } else if (hop.role() == Hop.Role.PAYEE) {
            payee.partOver(hop);
        }
        // Others may have waited for room in the same channels.
        hop.outgoing().ifPresent(memory::due);
    }
}

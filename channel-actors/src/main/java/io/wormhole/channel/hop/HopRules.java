package io.wormhole.channel.hop;

import io.wormhole.channel.decider.Disputed;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.decider.HeardStep;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Standing;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.HashLock;
import io.wormhole.channel.update.LockIds;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * What a node owes a payment over several channels: pure, and judged anew from what the channels
 * hold, so that it may be asked as often as one likes.
 *
 * <p>The order that keeps every node safe: lock on after being locked in; redeem the incoming lock
 * as soon as the secret is shown; give the incoming lock back only when the outgoing one is gone
 * for certain. While a request is not answered, nothing else may be asked for the same payment.
 */
public final class HopRules {
    private final HopPolicy policy;

    /** Rules of a node with this policy. */
    public HopRules(HopPolicy policy) {
        this.policy = policy;
    }

    /**
     * The two channels as this node remembers them, and the head of the chain.
     *
     * @param ends the channels as the last final block has them, when they are over
     */
    public record Surroundings(
            Optional<KnownChannel> incoming,
            Optional<KnownChannel> outgoing,
            Ends ends,
            BlockHeight height) {
        /** What the chain says of the incoming and the outgoing channel, when they are over. */
        public record Ends(Optional<ChannelEntry> incoming, Optional<ChannelEntry> outgoing) {}

        /** Surroundings in which both channels are in use. */
        public Surroundings(Optional<Open> incoming, Optional<Open> outgoing, BlockHeight height) {
            this(
                    incoming.map(KnownChannel.class::cast),
                    outgoing.map(KnownChannel.class::cast),
                    new Ends(Optional.empty(), Optional.empty()),
                    height);
        }

        Optional<Open> openIncoming() {
            return incoming.filter(Open.class::isInstance).map(Open.class::cast);
        }

        Optional<Open> openOutgoing() {
            return outgoing.filter(Open.class::isInstance).map(Open.class::cast);
        }
    }

    /** The next step. */
    public HopStep next(HopPayment payment, Surroundings now) {
        Optional<Bytes> secret = payment.secret();
        if (secret.isEmpty() && payment.outgoing().isPresent()) {
            Optional<Bytes> shown = now.outgoing().flatMap(known -> shown(known, payment.hash()));
            if (shown.isPresent()) {
                return new HopStep.Remember(shown.get());
            }
        }
        if (secret.isPresent()) {
            return payment.incoming().isPresent()
                    ? redeem(payment, now, secret.get())
                    : paid(payment, now);
        }
        return payment.outgoing().isPresent()
                ? outgoing(payment, payment.outgoing().get(), now)
                : awaited(payment, now);
    }

    private static HopStep awaited(HopPayment payment, Surroundings now) {
        return payment.failed() ? giveBack(payment, now) : new HopStep.Wait();
    }

    // Also what is paid for is taken back when the next node does not redeem it in time.
    private HopStep paid(HopPayment payment, Surroundings now) {
        HopPayment.Outgoing out = payment.outgoing().orElseThrow();
        Optional<HashLock> lock = now.openOutgoing().flatMap(open -> lock(open, out.lockId()));
        return lock.map(standing -> standing(out, standing, now))
                .orElseGet(() -> new HopStep.Over(true));
    }

    /** The secret of {@code hash} if the partner showed it to a lock of that payment here. */
    public static Optional<Bytes> shown(KnownChannel channel, Hash hash) {
        LongPredicate partOfIt = LockIds.partOf(hash);
        for (HeardStep heard : heard(channel)) {
            if (!partOfIt.test(heard.lockId())) {
                continue;
            }
            Optional<Bytes> secret =
                    secretIn(heard.payload()).filter(it -> HashTimeLock.hashOf(it).equals(hash));
            if (secret.isPresent()) {
                return secret;
            }
        }
        return Optional.empty();
    }

    // Also what the partner showed in an update that it has not acknowledged: it may bring that to
    // the chain, where nobody sees the secret any more.
    private static List<HeardStep> heard(KnownChannel channel) {
        if (channel instanceof Ended ended) {
            return ended.heard();
        }
        return Standing.in(channel).map(Standing::allHeard).orElse(List.of());
    }

    /** The secret that a message to a hash-time-lock shows. */
    public static Optional<Bytes> secretIn(Bytes payload) {
        return new HeardStep(0, payload).secret();
    }

    private HopStep redeem(HopPayment payment, Surroundings now, Bytes secret) {
        HopPayment.Incoming incoming = payment.incoming().orElseThrow();
        Bytes message = HashTimeLock.redeem(secret);
        if (now.incoming().filter(Disputed.class::isInstance).isPresent()) {
            return redeemOnChain(incoming, (Disputed) now.incoming().get(), message);
        }
        if (now.incoming().filter(Ended.class::isInstance).isPresent()) {
            return new HopStep.Over(isPaidAtTheEnd(payment, incoming, now));
        }
        Optional<HashLock> lock =
                now.incoming()
                        .flatMap(
                                known ->
                                        Standing.in(known)
                                                .flatMap(
                                                        standing ->
                                                                HashLock.of(
                                                                        standing.position(),
                                                                        incoming.lockId())));
        boolean near =
                lock.filter(it -> it.status() == HashLock.Status.OPEN)
                        .filter(it -> isNear(it, now.height()))
                        .isPresent();
        if (near) {
            return new HopStep.Force(
                    incoming.channel(), new ForcedStep(incoming.lockId(), message));
        }
        if (now.openIncoming().isEmpty()) {
            return new HopStep.Wait();
        }
        Open open = now.openIncoming().get();
        if (lock.isEmpty() || lock.get().status() != HashLock.Status.OPEN) {
            return new HopStep.Over(
                    lock.map(it -> it.status() == HashLock.Status.REDEEMED).orElse(true));
        }
        return new HopStep.Request(
                incoming.channel(),
                "redeem-" + incoming.lockId(),
                Update.of(
                        new ChannelOperation.Step(
                                incoming.lockId(), open.party().me(), now.height(), message),
                        new ChannelOperation.Release(incoming.lockId())));
    }

    // A lock that the chain did not find in the channel was redeemed before. One that stood there
    // unredeemed went back, which can be told when its expiry is known.
    private static boolean isPaidAtTheEnd(
            HopPayment payment, HopPayment.Incoming incoming, Surroundings now) {
        Optional<ContractLock> lock =
                now.ends().incoming().flatMap(it -> it.recorded().lock(incoming.lockId()));
        if (lock.isEmpty() || incoming.expiry().isEmpty()) {
            return true;
        }
        int me = now.incoming().orElseThrow().party().me();
        return lock.get()
                .stateHash()
                .equals(redeemedState(payment.hash(), me, incoming.expiry().get()));
    }

    private boolean isNear(HashLock lock, BlockHeight height) {
        return !height.plus(policy.nearBlocks()).isBefore(lock.expiry());
    }

    // Whoever closed alone: the lock in the newest state is redeemed by the chain.
    private static HopStep redeemOnChain(
            HopPayment.Incoming incoming, Disputed disputed, Bytes message) {
        ForcedStep step = new ForcedStep(incoming.lockId(), message);
        boolean open =
                HashLock.of(disputed.standing().position(), incoming.lockId())
                        .filter(lock -> lock.status() == HashLock.Status.OPEN)
                        .isPresent();
        return open && !disputed.steps().contains(step)
                ? new HopStep.Force(incoming.channel(), step)
                : new HopStep.Wait();
    }

    private HopStep outgoing(HopPayment payment, HopPayment.Outgoing out, Surroundings now) {
        if (now.outgoing().filter(Ended.class::isInstance).isPresent()) {
            return afterTheEnd(payment, out, now);
        }
        if (now.openOutgoing().isEmpty()) {
            return new HopStep.Wait();
        }
        Optional<HashLock> lock = lock(now.openOutgoing().get(), out.lockId());
        if (lock.isPresent() && !payment.locked()) {
            return new HopStep.RememberLock();
        }
        if (lock.isPresent()) {
            return standing(out, lock.get(), now);
        }
        if (isOffered(now.openOutgoing().get(), out.lockId())) {
            // The partner may have signed it: nothing may be given back before that is known.
            return new HopStep.Wait();
        }
        boolean over =
                payment.locked()
                        || payment.failed()
                        || countdownObjection(payment, now).isPresent()
                        || objection(payment, now).isPresent();
        return over ? giveBack(payment, now) : lockOn(payment.hash(), out, now);
    }

    // What the chain ended without a redeemed lock went back to this node. If it was redeemed, the
    // secret is in a block, and whoever reads the blocks will tell.
    private static HopStep afterTheEnd(
            HopPayment payment, HopPayment.Outgoing out, Surroundings now) {
        if (now.ends().outgoing().isEmpty()) {
            return new HopStep.Wait();
        }
        int payee = now.outgoing().orElseThrow().party().partner();
        Hash redeemedState = redeemedState(payment.hash(), payee, out.expiry());
        boolean redeemed =
                now.ends()
                        .outgoing()
                        .flatMap(entry -> entry.recorded().lock(out.lockId()))
                        .filter(lock -> lock.stateHash().equals(redeemedState))
                        .isPresent();
        return redeemed ? new HopStep.Wait() : giveBack(payment, now);
    }

    private static Hash redeemedState(Hash hash, int payee, BlockHeight expiry) {
        return ContractCall.stateHash(HashTimeLock.redeemedState(hash, payee, expiry));
    }

    private static boolean isOffered(Open open, long lockId) {
        return open.standing().offer().stream()
                .flatMap(offer -> offer.update().operations().stream())
                .anyMatch(
                        operation ->
                                operation instanceof ChannelOperation.Lock lock
                                        && lock.lockId() == lockId);
    }

    private static HopStep lockOn(Hash hash, HopPayment.Outgoing out, Surroundings now) {
        int me = now.outgoing().orElseThrow().party().me();
        return new HopStep.Request(
                out.channel(),
                "lock-" + out.lockId(),
                Update.of(HashLock.lock(out.lockId(), me, out.amount(), hash, out.expiry())));
    }

    private HopStep standing(HopPayment.Outgoing out, HashLock lock, Surroundings now) {
        if (lock.status() == HashLock.Status.REFUNDED) {
            return new HopStep.Request(
                    out.channel(),
                    "clear-" + out.lockId(),
                    Update.of(new ChannelOperation.Release(out.lockId())));
        }
        if (lock.status() == HashLock.Status.REDEEMED || now.height().isBefore(lock.expiry())) {
            return new HopStep.Wait();
        }
        if (!now.height().isBefore(lock.expiry().plus(policy.forceBlocks()))) {
            return new HopStep.Force(
                    out.channel(), new ForcedStep(out.lockId(), HashTimeLock.refund()));
        }
        int me = now.outgoing().orElseThrow().party().me();
        return new HopStep.Request(
                out.channel(),
                "reclaim-" + out.lockId(),
                Update.of(
                        new ChannelOperation.Step(
                                out.lockId(), me, now.height(), HashTimeLock.refund())));
    }

    private static HopStep giveBack(HopPayment payment, Surroundings now) {
        if (payment.incoming().isEmpty()) {
            return new HopStep.Over(false);
        }
        HopPayment.Incoming incoming = payment.incoming().get();
        if (now.incoming().filter(Ended.class::isInstance).isPresent()) {
            return new HopStep.Over(false);
        }
        if (now.openIncoming().isEmpty()) {
            // In a dispute the lock goes back by itself, since nobody shows the secret.
            return new HopStep.Wait();
        }
        return lock(now.openIncoming().get(), incoming.lockId()).isEmpty()
                ? new HopStep.Over(false)
                : new HopStep.Request(
                        incoming.channel(),
                        "return-" + incoming.lockId(),
                        Update.of(new ChannelOperation.Release(incoming.lockId())));
    }

    /** Why this node does not lock its outgoing leg; empty when it does. */
    public Optional<String> objection(HopPayment payment, Surroundings now) {
        HopPayment.Outgoing out = payment.outgoing().orElseThrow();
        if (out.expiry().isBefore(now.height().plus(policy.openBlocks()))) {
            return Optional.of(
                    "the next lock would be open until %s only, it is %s"
                            .formatted(out.expiry(), now.height()));
        }
        if (payment.incoming().isEmpty()) {
            return Optional.empty();
        }
        Optional<HashLock> lock =
                now.openIncoming()
                        .flatMap(open -> payable(open, payment.incoming().get().lockId()));
        if (lock.isEmpty() || !lock.get().hash().equals(payment.hash())) {
            return Optional.of("no open hash-time-lock pays this node");
        }
        // Whoever asks for the relay names amount and expiry: no sum of them may be made.
        if (lock.get().expiry().value() - policy.expiryBlocks() < out.expiry().value()) {
            return Optional.of(
                    "locks expire at %s and %s, %d blocks are needed between them"
                            .formatted(lock.get().expiry(), out.expiry(), policy.expiryBlocks()));
        }
        Amount fee = policy.relayFee().of(out.amount());
        Amount locked = lock.get().locked();
        return locked.covers(out.amount()) && locked.minus(out.amount()).covers(fee)
                ? Optional.empty()
                : Optional.of(
                        "%s is locked, %s and a fee of %s are needed"
                                .formatted(locked, out.amount(), fee));
    }

    /**
     * Why the channel of the incoming lock is no good for it; empty when it is. A side that closes
     * alone gets what is locked back at the end of the countdown, whatever the lock says, so the
     * countdown must last until the secret cannot come any more.
     */
    public Optional<String> countdownObjection(HopPayment payment, Surroundings now) {
        if (payment.incoming().isEmpty() || now.openIncoming().isEmpty()) {
            return Optional.empty();
        }
        long open = payment.outgoing().orElseThrow().expiry().value() - now.height().value();
        long countdown = now.openIncoming().get().party().terms().countdownBlocks();
        return open <= countdown - policy.forceBlocks()
                ? Optional.empty()
                : Optional.of(
                        "the channel's countdown is %d blocks, a relay needs %d and %d more"
                                .formatted(countdown, open, policy.forceBlocks()));
    }

    /** The open lock with this id that pays this node. */
    public static Optional<HashLock> payable(Open open, long lockId) {
        return lock(open, lockId)
                .filter(found -> found.status() == HashLock.Status.OPEN)
                .filter(found -> found.recipient() == open.party().me());
    }

    /** Whether a payee may show the secret: the locks are enough, and open long enough. */
    public boolean settles(Hash hash, Amount amount, Iterable<HashLock> locks, BlockHeight height) {
        Amount sum = Amount.ZERO;
        for (HashLock lock : locks) {
            boolean counts =
                    lock.hash().equals(hash)
                            && !lock.expiry().isBefore(height.plus(policy.openBlocks()));
            sum = counts ? sum.plus(lock.locked()) : sum;
        }
        return sum.covers(amount);
    }

    private static Optional<HashLock> lock(Open open, long lockId) {
        return HashLock.of(open.standing().position(), lockId);
    }
}

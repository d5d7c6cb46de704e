package io.wormhole.channel.swap;

import io.wormhole.channel.decider.Disputed;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Lost;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Standing;
import io.wormhole.channel.hop.HopRules;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.HashLock;
import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.Optional;

/** What can be told of a swap from its two channels and chains. */
record SwapFacts(Swap swap, SwapRules.View now) {
    /** The secret, shown in the own leg's channel or to its chain; it has paid that leg. */
    Optional<Bytes> shown() {
        return HopRules.shown(now.give(), swap.hash())
                .or(
                        () ->
                                now.shownOnChain().stream()
                                        .filter(it -> it.size() == HashTimeLock.SECRET_SIZE)
                                        .filter(it -> HashTimeLock.hashOf(it).equals(swap.hash()))
                                        .findFirst());
    }

    /** The own lock, when it stands. */
    Optional<HashLock> own() {
        return lock(now.give()).filter(it -> it.recipient() == now.give().party().partner());
    }

    /** The other's lock as it was agreed, still to be redeemed. */
    boolean isOwed() {
        return lock(now.take())
                .filter(it -> it.status() == HashLock.Status.OPEN)
                .filter(it -> it.recipient() == now.take().party().me())
                .filter(it -> it.locked().covers(swap.take().amount()))
                .filter(it -> it.expiry().equals(swap.take().expiry()))
                .isPresent();
    }

    private Optional<HashLock> lock(KnownChannel channel) {
        return Standing.in(channel)
                .flatMap(standing -> HashLock.of(standing.position(), swap.lockId()))
                .filter(it -> it.hash().equals(swap.hash()));
    }

    /** Whether the own lock waits for a signature. */
    boolean isOffered() {
        return now.give() instanceof Open open
                && open.standing().offer().stream()
                        .flatMap(offer -> offer.update().operations().stream())
                        .anyMatch(
                                operation ->
                                        operation instanceof ChannelOperation.Lock lock
                                                && lock.lockId() == swap.lockId());
    }

    /**
     * Whether the other's leg was paid: it stood when the secret was shown, or when the participant
     * locked, and went in no other way.
     */
    boolean isReceived() {
        boolean stood = now.progress().revealed() || (!swap.initiator() && now.progress().locked());
        if (!stood) {
            return false;
        }
        if (now.take() instanceof Ended) {
            return now.takeEnd().filter(this::isReceivedAtTheEnd).isPresent();
        }
        Optional<Standing> held = Standing.in(now.take());
        boolean gone =
                held.filter(it -> it.position().state().lock(swap.lockId()).isEmpty()).isPresent();
        boolean redeemed =
                lock(now.take()).filter(it -> it.status() == HashLock.Status.REDEEMED).isPresent();
        return redeemed || (gone && !isTakenBack(held.orElseThrow()));
    }

    private boolean isTakenBack(Standing held) {
        return held.allHeard().stream()
                .anyMatch(heard -> heard.lockId() == swap.lockId() && heard.isRefund());
    }

    // A lock that the chain did not find in the channel was redeemed before.
    private boolean isReceivedAtTheEnd(ChannelEntry end) {
        Hash redeemed =
                ContractCall.stateHash(
                        HashTimeLock.redeemedState(
                                swap.hash(), now.take().party().me(), swap.take().expiry()));
        Optional<ContractLock> lock = end.recorded().lock(swap.lockId());
        return lock.map(it -> it.stateHash().equals(redeemed)).orElse(true);
    }

    /** Whether the partner of the other leg has no newer state than this side holds. */
    boolean isTakeCertain() {
        return Standing.in(now.take()).filter(it -> it.pending().isEmpty()).isPresent();
    }

    /** Whether nobody has told yet how the other leg ends. */
    boolean isTakeUnknown() {
        return now.take() instanceof Disputed
                || now.take() instanceof Lost
                || (now.take() instanceof Ended && now.takeEnd().isEmpty());
    }

    /** Whether the own leg's expiry was reached so many blocks ago. */
    boolean isGivePast(long blocks) {
        return !now.heights().give().isBefore(swap.give().expiry().plus(blocks));
    }

    /** Whether the other leg's expiry is reached in so many blocks. */
    boolean isTakePast(long blocks) {
        BlockHeight height = now.heights().take().plus(blocks);
        return !height.isBefore(swap.take().expiry());
    }
}

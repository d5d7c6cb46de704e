package io.wormhole.channel.payment;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.HeardStep;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.SignedUpdate;
import io.wormhole.channel.decider.Standing;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ContractInstance;
import io.wormhole.channel.update.HashLock;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A node that keeps signatures to itself, says anything, falls silent, shares secrets with its
 * like, and goes to the chain with any state that it has seen, most of all just before a lock
 * expires. It pays what it takes to be first, and makes prices jump.
 */
final class MarketRogue {
    private static final Amount BRIBE = Amount.of(2_000);

    final int from;
    private final MarketWorld world;
    private final MarketNode node;
    private final SplittableRandom random;
    private final int restlessness;
    private final boolean plots;
    private final Map<ChannelId, Set<CoSignedState>> known = new HashMap<>();
    private final Map<ChannelId, Integer> silentUntil = new HashMap<>();

    MarketRogue(MarketWorld world, MarketNode node, int from) {
        this.world = world;
        this.node = node;
        this.from = from;
        this.random = world.random;
        this.restlessness = List.of(2, 8, 40).get(random.nextInt(3));
        this.plots = random.nextInt(3) == 0;
    }

    boolean isSilent(MarketEnd end) {
        return world.now() >= from
                && (silentUntil.getOrDefault(end.id, 0) > world.now() || random.nextInt(8) == 0);
    }

    private Set<CoSignedState> known(MarketEnd end) {
        return known.computeIfAbsent(end.id, id -> new LinkedHashSet<>());
    }

    /** What its own side has both signatures of. */
    void mine(MarketEnd end) {
        end.standing().flatMap(Standing::proof).ifPresent(known(end)::add);
    }

    /** Whatever the partner signs it can sign too, and keep to itself. */
    void hears(MarketEnd end, ChannelMessage message) {
        Optional<Standing> theirs = world.other(end).standing();
        if (message instanceof ChannelMessage.Countersign signed) {
            theirs.flatMap(Standing::pending)
                    .filter(it -> it.nonce().equals(signed.nonce()))
                    .ifPresent(it -> known(end).add(coSigned(end, it)));
        }
        theirs.flatMap(Standing::proof).ifPresent(known(end)::add);
        if (message instanceof ChannelMessage.Propose propose) {
            propose.update().operations().stream()
                    .filter(ChannelOperation.Step.class::isInstance)
                    .map(ChannelOperation.Step.class::cast)
                    .flatMap(step -> new HeardStep(0, step.payload()).secret().stream())
                    .forEach(world.secrets::add);
        }
    }

    private CoSignedState coSigned(MarketEnd end, SignedUpdate pending) {
        Signature own =
                node.key.sign(
                        DomainTag.CHANNEL_STATE,
                        TestNetwork.ID,
                        pending.position().state().encoded());
        return new CoSignedState(
                pending.position().state(),
                end.me == 0 ? List.of(own, pending.mine()) : List.of(pending.mine(), own));
    }

    void act() {
        world.secrets.addAll(world.chain.waitingSecrets());
        if (random.nextInt(20) == 0) {
            world.chain.spike();
        }
        for (MarketEnd end : node.ends.values()) {
            if (world.isHonest(end.partner) && !world.other(end).isOver()) {
                act(end);
            }
        }
    }

    // One update that the partner signs and never hears of again, shown when it is too late to
    // step once more.
    private void plot(MarketEnd end) {
        Standing theirs = theirs(end);
        boolean ready = !known(end).isEmpty() && newest(end).nonce().isAfter(theirs.nonce());
        boolean worthIt =
                locks(end).stream()
                        .filter(it -> it.status() == HashLock.Status.OPEN)
                        .anyMatch(it -> it.recipient() != end.me);
        if (ready && isNearAnExpiry(end, 2)) {
            submit(new ChannelTransaction.Challenge(end.id, newest(end)));
        } else if (!ready && worthIt && world.other(end).side.memory() instanceof Open) {
            ask(end, small(end));
        }
        silentUntil.put(end.id, worthIt ? Integer.MAX_VALUE : 0);
    }

    private void act(MarketEnd end) {
        if (plots) {
            plot(end);
            return;
        }
        boolean atTheEnd = isNearAnExpiry(end, 3);
        if (atTheEnd && !known(end).isEmpty() && random.nextBoolean()) {
            submit(new ChannelTransaction.Challenge(end.id, newest(end)));
        }
        if (random.nextInt(atTheEnd ? 2 : 4 * restlessness) == 0) {
            goToTheChain(end);
        }
        if (random.nextInt(isNearAnExpiry(end, 30) ? 2 : restlessness) == 0) {
            say(end);
        }
        if (random.nextInt(15 * restlessness) == 0) {
            silentUntil.put(end.id, world.now() + random.nextInt(200));
        }
    }

    private boolean isNearAnExpiry(MarketEnd end, long blocks) {
        return locks(end).stream()
                .mapToLong(it -> it.expiry().value() - world.chain.height().value())
                .anyMatch(left -> left >= -1 && left <= blocks);
    }

    private List<HashLock> locks(MarketEnd end) {
        List<HashLock> found = new ArrayList<>();
        for (ContractLock lock : theirs(end).position().state().locks()) {
            HashLock.of(theirs(end).position(), lock.lockId()).ifPresent(found::add);
        }
        return found;
    }

    private Standing theirs(MarketEnd end) {
        return world.other(end).standing().orElseThrow();
    }

    private Optional<HashLock> anyLock(MarketEnd end) {
        List<HashLock> all = locks(end);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private CoSignedState newest(MarketEnd end) {
        return known(end).stream()
                .reduce((one, other) -> other.nonce().isAfter(one.nonce()) ? other : one)
                .orElseThrow();
    }

    private void goToTheChain(MarketEnd end) {
        List<CoSignedState> states = List.copyOf(known(end));
        Optional<CoSignedState> any =
                states.isEmpty() || random.nextInt(4) == 0
                        ? Optional.empty()
                        : Optional.of(states.get(random.nextInt(states.size())));
        switch (random.nextInt(7)) {
            case 0 -> submit(new ChannelTransaction.CloseSolo(end.id, any));
            case 1 -> any.ifPresent(it -> submit(new ChannelTransaction.Challenge(end.id, it)));
            case 2 -> any.ifPresent(it -> submit(new ChannelTransaction.Snapshot(end.id, it)));
            case 3 -> submit(new ChannelTransaction.Settle(end.id));
            case 4 -> end.side.does(new ChannelAction.Dispute(Optional.empty()));
            default -> anyLock(end).ifPresent(lock -> force(end, lock));
        }
    }

    private void force(MarketEnd end, HashLock lock) {
        ContractInstance contract = theirs(end).position().contract(lock.lockId()).orElseThrow();
        submit(
                new ChannelTransaction.ForceProgress(
                        end.id,
                        Optional.empty(),
                        lock.lockId(),
                        contract.code(),
                        contract.state(),
                        payload(lock)));
    }

    private Bytes payload(HashLock lock) {
        Optional<Bytes> secret =
                world.secrets.stream()
                        .filter(it -> HashTimeLock.hashOf(it).equals(lock.hash()))
                        .findFirst();
        if (secret.isEmpty() || random.nextInt(3) == 0) {
            return HashTimeLock.refund();
        }
        Value junk = Value.of(Bytes.of(new byte[random.nextInt(200)]));
        return random.nextBoolean()
                ? HashTimeLock.redeem(secret.get())
                : ValueCodec.encode(
                        Value.tuple(Value.text("redeem"), Value.of(secret.get()), junk));
    }

    private void say(MarketEnd end) {
        MarketEnd far = world.other(end);
        if (!(far.side.memory() instanceof Open)) {
            return;
        }
        Nonce next = theirs(end).nonce().next();
        if (random.nextInt(12) == 0) {
            far.side.hears(new ChannelMessage.Countersign(next, garbage()));
            world.node(end.partner).settle();
        } else {
            ask(end, update(end));
        }
        if (random.nextInt(3) == 0) {
            theirs(end)
                    .pending()
                    .map(it -> coSigned(end, it))
                    .ifPresent(
                            it ->
                                    far.side.hears(
                                            new ChannelMessage.Acknowledge(
                                                    it.nonce(), it.signatures().get(end.me))));
        }
    }

    private void ask(MarketEnd end, Update update) {
        MarketEnd far = world.other(end);
        Nonce next = theirs(end).nonce().next();
        far.side.hears(new ChannelMessage.Propose(next, update));
        // What it signs leaves when its disk has it.
        world.node(end.partner).settle();
        far.standing()
                .flatMap(Standing::pending)
                .ifPresent(it -> known(end).add(coSigned(end, it)));
    }

    private Update small(MarketEnd end) {
        Optional<HashLock> lock = anyLock(end).filter(it -> random.nextBoolean());
        return Update.of(
                lock.isPresent()
                        ? new ChannelOperation.TopUp(lock.get().lockId(), end.me, Amount.of(1))
                        : new ChannelOperation.Pay(end.me, Amount.of(1)));
    }

    private Update update(MarketEnd end) {
        Optional<HashLock> lock = anyLock(end);
        ChannelOperation pay = new ChannelOperation.Pay(end.me, Amount.of(1));
        if (lock.isEmpty()) {
            return Update.of(pay);
        }
        long id = lock.get().lockId();
        long ahead = random.nextLong(2 * Tools.HEIGHT_TOLERANCE_BLOCKS + 1);
        long height = world.chain.height().value() - Tools.HEIGHT_TOLERANCE_BLOCKS + ahead;
        ChannelOperation step =
                new ChannelOperation.Step(
                        id, end.me, new BlockHeight(Math.max(0, height)), payload(lock.get()));
        return switch (random.nextInt(6)) {
            case 0 -> Update.of(pay);
            case 1 -> Update.of(new ChannelOperation.Release(id));
            case 2 -> Update.of(step, new ChannelOperation.Release(id));
            case 3 -> Update.of(new ChannelOperation.TopUp(id, end.me, Amount.of(1)));
            default -> Update.of(step);
        };
    }

    private Signature garbage() {
        return node.key.sign(DomainTag.CHANNEL_STATE, TestNetwork.ID, Bytes.of((byte) 1));
    }

    private void submit(ChannelTransaction body) {
        world.chain.submit(node.key, body, BRIBE, 1_000_000, 100_000);
    }
}

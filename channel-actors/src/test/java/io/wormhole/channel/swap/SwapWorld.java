package io.wormhole.channel.swap;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ContractInstance;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A swap with a partner that breaks its rules. The honest party's driver stops between what it
 * stores and what it does; the other keeps signatures to itself, says anything, wraps secrets,
 * claims heights, and goes to either chain with any state that it has seen, most of all in the last
 * blocks before an expiry; fees rise and blocks are undone. All follows from the seed.
 */
final class SwapWorld {
    static final long FIRST = 50;
    static final long SECOND = 30;
    private static final long FORCE = 6;
    private static final long BLOCK_SECONDS = 10;
    private static final long SECOND_BLOCKS = 70;
    private static final SwapRules RULES =
            new SwapRules(SECOND_BLOCKS * BLOCK_SECONDS, SECOND_BLOCKS * BLOCK_SECONDS / 2, FORCE);

    private final SplittableRandom random;
    private final List<SwapChain> chains;
    private final long lockId;
    final SwapDriver honest;
    private final SwapDriver rogue;
    private final int rogueFrom;
    private final int rogueActs;
    private final SwapKnowledge known;
    private final int[] silentUntil = new int[2];
    private final int[] spikeUntil = new int[2];
    private int now;

    SwapWorld(long seed) {
        this.random = new SplittableRandom(seed);
        CloseRule rule =
                random.nextBoolean() ? CloseRule.CLOSE_AT_ONCE : CloseRule.RESTART_COUNTDOWN;
        this.chains = List.of(new SwapChain(1, rule), new SwapChain(2, rule));
        byte[] chosen = new byte[HashTimeLock.SECRET_SIZE];
        random.nextBytes(chosen);
        Bytes theSecret = Bytes.of(chosen);
        Hash hash = HashTimeLock.hashOf(theSecret);
        Swap.Leg first = leg(0, FIRST, 3 * SECOND_BLOCKS);
        Swap.Leg second = leg(1, SECOND, SECOND_BLOCKS);
        Swap initiator = new Swap(hash, true, first, second, Optional.of(theSecret));
        Swap participant = new Swap(hash, false, second, first, Optional.empty());
        this.lockId = initiator.lockId();
        boolean initiates = random.nextBoolean();
        SwapDriver alice = new SwapDriver(random, chains, RULES, Alice.KEYS, initiator, initiates);
        SwapDriver bob = new SwapDriver(random, chains, RULES, Bob.KEYS, participant, !initiates);
        this.honest = initiates ? alice : bob;
        this.rogue = initiates ? bob : alice;
        this.rogueFrom = random.nextInt(12);
        this.rogueActs = List.of(2, 10, 60).get(random.nextInt(3));
        this.known = new SwapKnowledge(random, chains, honest, rogue);
        if (!initiates) {
            known.consider(theSecret);
        }
    }

    private Swap.Leg leg(int chain, long amount, long blocks) {
        SwapChain at = chains.get(chain);
        return new Swap.Leg(at.id, Amount.of(amount), at.height().plus(blocks), BLOCK_SECONDS);
    }

    private BlockHeight expiry(int chain) {
        return (chain == honest.give() ? honest.swap.give() : honest.swap.take()).expiry();
    }

    /** Runs it until the honest party is done, and both channels are settled. */
    void run() {
        int most = (int) (4 * SECOND_BLOCKS) + 2 * SwapChain.COUNTDOWN;
        for (now = 0; now < most && honest.over.isEmpty(); now++) {
            tick();
        }
        for (Side side : honest.sides) {
            side.does(new ChannelAction.Dispute(Optional.empty()));
        }
        for (int i = 0; i < 3 * SwapChain.COUNTDOWN && !isSettled(); i++) {
            for (SwapChain chain : chains) {
                chain.spike(false);
                chain.chain.mineFinal(i % 8 == 0 ? 1 : 4);
            }
            look();
        }
    }

    private boolean isSettled() {
        return honest.sides.stream().allMatch(side -> side.memory() instanceof Ended);
    }

    private void tick() {
        for (int i = 0; i < 2; i++) {
            SwapChain chain = chains.get(i);
            if (spikeUntil[i] < now && random.nextInt(40) == 0) {
                // Longer ones are what the blocks to force are for; then a spike may come again.
                spikeUntil[i] = now + random.nextInt(2);
            }
            chain.spike(spikeUntil[i] >= now && now > 0);
            chain.mine(lockId);
            if (random.nextInt(3) > 0) {
                chain.chain.finalise();
            } else if (random.nextInt(20) == 0) {
                chain.chain.reorganise(1, false);
            }
        }
        look();
        honest.act();
        for (int i = 0; i < 3; i++) {
            talk(0);
            talk(1);
        }
        honest.hearRefusals();
        look();
        if (now < rogueFrom || random.nextInt(rogueActs) == 0) {
            rogue.act();
        }
        if (now >= rogueFrom) {
            known.learn();
            beRogue(random.nextInt(2));
        }
    }

    private void look() {
        for (int i = 0; i < 2; i++) {
            chains.get(i).look(honest.sides.get(i), honest.key);
            if (rogue.sides.get(i).memory() instanceof Open && now >= rogueFrom) {
                rogue.sides.get(i).knowsHeight(chains.get(i).height());
            } else {
                chains.get(i).look(rogue.sides.get(i), rogue.key);
            }
        }
    }

    // ---- messages -------------------------------------------------------------------------------

    private void talk(int channel) {
        Side good = honest.sides.get(channel);
        Side bad = rogue.sides.get(channel);
        boolean wild = now >= rogueFrom;
        for (int i = 0; i < 6 && !good.outbox.isEmpty(); i++) {
            ChannelMessage message = good.says();
            known.notice(channel, message);
            if (!wild || (now >= silentUntil[channel] && random.nextInt(6) > 0)) {
                bad.hears(message);
            }
        }
        for (int i = 0; i < 6 && !bad.outbox.isEmpty(); i++) {
            ChannelMessage message = bad.says();
            if (!wild || (now >= silentUntil[channel] && random.nextInt(6) > 0)) {
                good.hears(message);
            }
        }
        if (wild && random.nextInt(12) == 0) {
            bad.outbox.clear();
            good.outbox.clear();
            good.does(new ChannelAction.Connected());
            bad.does(new ChannelAction.Connected());
        }
        if (wild && random.nextInt(25) == 0) {
            silentUntil[channel] = now + random.nextInt(200);
        }
    }

    // ---- what breaks the rules ------------------------------------------------------------------

    private void beRogue(int channel) {
        long left = expiry(channel).value() - chains.get(channel).height().value();
        boolean atTheEnd = left >= -1 && left <= 3;
        if (atTheEnd && !known.of(channel).isEmpty()) {
            submit(channel, new ChannelTransaction.Challenge(id(channel), known.newest(channel)));
        }
        if (random.nextInt(atTheEnd ? 2 : 10) == 0) {
            goToTheChain(channel);
        }
        if (random.nextInt(left < 30 && left > -30 ? 2 : 8) == 0) {
            say(channel);
        }
    }

    private void goToTheChain(int channel) {
        List<CoSignedState> states = known.of(channel);
        Optional<CoSignedState> any =
                states.isEmpty() || random.nextInt(4) == 0
                        ? Optional.empty()
                        : Optional.of(states.get(random.nextInt(states.size())));
        switch (random.nextInt(6)) {
            case 0 -> submit(channel, new ChannelTransaction.CloseSolo(id(channel), any));
            case 1 ->
                    any.ifPresent(
                            it ->
                                    submit(
                                            channel,
                                            new ChannelTransaction.Challenge(id(channel), it)));
            case 2 ->
                    any.ifPresent(
                            it ->
                                    submit(
                                            channel,
                                            new ChannelTransaction.Snapshot(id(channel), it)));
            case 3 -> submit(channel, new ChannelTransaction.Settle(id(channel)));
            default -> force(channel);
        }
    }

    private void force(int channel) {
        Optional<ContractInstance> contract = contract(channel);
        contract.ifPresent(
                it ->
                        submit(
                                channel,
                                new ChannelTransaction.ForceProgress(
                                        id(channel),
                                        Optional.empty(),
                                        lockId,
                                        it.code(),
                                        it.state(),
                                        known.payload())));
    }

    private Optional<ContractInstance> contract(int channel) {
        Side good = honest.sides.get(channel);
        return good.memory() instanceof Ended
                ? Optional.empty()
                : good.standing().position().contract(lockId);
    }

    private void say(int channel) {
        Side good = honest.sides.get(channel);
        if (!(good.memory() instanceof Open open)) {
            return;
        }
        Nonce next = open.standing().nonce().next();
        long height = chains.get(channel).height().value();
        long ahead = random.nextLong(2 * Tools.HEIGHT_TOLERANCE_BLOCKS + 1);
        BlockHeight claimed =
                new BlockHeight(Math.max(0, height - Tools.HEIGHT_TOLERANCE_BLOCKS + ahead));
        ChannelOperation step =
                new ChannelOperation.Step(lockId, rogue.me, claimed, known.payload());
        Update update =
                switch (random.nextInt(6)) {
                    case 0 -> Update.of(new ChannelOperation.Pay(rogue.me, Amount.of(1)));
                    case 1 -> Update.of(new ChannelOperation.Release(lockId));
                    case 2 -> Update.of(step, new ChannelOperation.Release(lockId));
                    case 3 -> Update.of(new ChannelOperation.TopUp(lockId, rogue.me, Amount.of(1)));
                    default -> Update.of(step);
                };
        good.hears(
                random.nextInt(12) == 0
                        ? new ChannelMessage.Countersign(next, garbage())
                        : new ChannelMessage.Propose(next, update));
        if (random.nextInt(3) == 0 && good.memory() instanceof Open later) {
            later.standing()
                    .pending()
                    .map(known::coSigned)
                    .ifPresent(
                            it ->
                                    good.hears(
                                            new ChannelMessage.Acknowledge(
                                                    it.nonce(), it.signatures().get(rogue.me))));
        }
    }

    private Signature garbage() {
        return rogue.key.sign(DomainTag.CHANNEL_STATE, TestNetwork.ID, Bytes.of((byte) 1));
    }

    private void submit(int channel, ChannelTransaction body) {
        chains.get(channel).submit(rogue.key, body, true);
    }

    private ChannelId id(int channel) {
        return chains.get(channel).id;
    }

    // ---- what came of it ------------------------------------------------------------------------

    long gain(int channel) {
        Ended end = (Ended) honest.sides.get(channel).memory();
        return end.payouts().get(honest.me).baseUnits() - SwapChain.DEPOSIT;
    }

    boolean isFinal() {
        return isSettled()
                && chains.stream()
                        .allMatch(
                                it ->
                                        it.entry(Certainty.FINAL).phase()
                                                == ChannelEntry.Phase.CLOSED);
    }

    long give() {
        return honest.give() == 0 ? FIRST : SECOND;
    }

    long take() {
        return honest.take() == 0 ? FIRST : SECOND;
    }

    @Override
    public String toString() {
        return "honest %s, rogue from %d, over %s, %s"
                .formatted(
                        honest.swap.initiator() ? "initiator" : "participant",
                        rogueFrom,
                        honest.over,
                        honest.progress);
    }
}

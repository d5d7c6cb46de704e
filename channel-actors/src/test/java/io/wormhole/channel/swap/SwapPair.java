package io.wormhole.channel.swap;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Offer;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import java.util.Optional;

/** Alice gives 50 on the first chain, with blocks of 10 s, for Bob's 30 on the second, of 60 s. */
abstract class SwapPair {
    static final SwapRules RULES = new SwapRules(2_400, 1_200, 5);
    static final Bytes SECRET = Bytes.of(new byte[HashTimeLock.SECRET_SIZE]);
    static final Hash HASH = HashTimeLock.hashOf(SECRET);

    final Party alice = new Party(Alice.KEYS, 0);
    final Party bob = new Party(Bob.KEYS, 1);
    long seconds = 600_000;

    /** One party's ends of the two channels, and what it stored. */
    final class Party {
        final Side first;
        final Side second;
        final boolean initiator;
        Swap swap = new Swap(HASH, false, leg(1, 50, 1, 10), leg(1, 30, 1, 60), Optional.empty());
        SwapProgress progress = SwapProgress.NONE;
        List<Bytes> onChain = List.of();
        boolean giveOver;

        Party(KeyPair key, int me) {
            this.first = Side.open(key, terms(1), me);
            this.second = Side.open(key, terms(2), me);
            this.initiator = me == 0;
        }

        Side give() {
            return initiator ? first : second;
        }

        Side take() {
            return initiator ? second : first;
        }

        SwapStep next() {
            Swap.Heights heights =
                    initiator
                            ? new Swap.Heights(height(10), height(60))
                            : new Swap.Heights(height(60), height(10));
            return RULES.next(
                    swap,
                    new SwapRules.View(
                            giveOver
                                    ? new Ended(((Open) give().memory()).party(), List.of())
                                    : (KnownChannel) give().memory(),
                            (KnownChannel) take().memory(),
                            heights,
                            progress,
                            onChain,
                            Optional.empty()));
        }

        boolean act() {
            SwapStep step = next();
            if (step instanceof SwapStep.Learn learn) {
                swap = swap.knowing(learn.secret());
                return true;
            } else if (step instanceof SwapStep.Remember remember) {
                progress = remember.progress();
                return true;
            } else if (step instanceof SwapStep.Request request) {
                progress = request.first();
                Side side = request.channel().equals(id(first)) ? first : second;
                if (side.standing().offer().isPresent()) {
                    return false;
                }
                side.does(
                        new ChannelAction.MakeOffer(
                                new Offer(request.request(), request.update(), Optional.empty())));
                return side.refusal.isEmpty();
            }
            return false;
        }

        long gain() {
            return first.balance() + second.balance() - 2_000;
        }
    }

    BlockHeight height(long blockSeconds) {
        return new BlockHeight(seconds / blockSeconds);
    }

    private static ChannelTerms terms(int salt) {
        return new ChannelTerms(
                List.of(
                        new Participant(Alice.KEYS.publicKey(), Amount.of(1_000)),
                        new Participant(Bob.KEYS.publicKey(), Amount.of(1_000))),
                10,
                CloseRule.CLOSE_AT_ONCE,
                Amount.ZERO,
                Hash.of(DomainTag.GENESIS, Bytes.of((byte) salt)));
    }

    static ChannelId id(Side side) {
        return ((Open) side.memory()).party().id();
    }

    private Swap.Leg leg(int channel, long amount, long expiresIn, long blockSeconds) {
        return new Swap.Leg(
                terms(channel).id(TestNetwork.ID),
                Amount.of(amount),
                new BlockHeight((600_000 + expiresIn) / blockSeconds),
                blockSeconds);
    }

    void agree(long firstSeconds, long secondSeconds) {
        Swap.Leg one = leg(1, 50, firstSeconds, 10);
        Swap.Leg other = leg(2, 30, secondSeconds, 60);
        alice.swap = new Swap(HASH, true, one, other, Optional.of(SECRET));
        bob.swap = new Swap(HASH, false, other, one, Optional.empty());
    }

    void runUntilQuiet() {
        for (int i = 0; i < 500; i++) {
            boolean any = alice.act();
            any |= bob.act();
            any |= !alice.first.outbox.isEmpty() || !alice.second.outbox.isEmpty();
            any |= !bob.first.outbox.isEmpty() || !bob.second.outbox.isEmpty();
            Side.talk(alice.first, bob.first);
            Side.talk(alice.second, bob.second);
            if (!any) {
                return;
            }
        }
        throw new AssertionError("it never ends");
    }

    void passBothExpiries() {
        seconds += 4_800;
        runUntilQuiet();
        seconds += 4_800;
        runUntilQuiet();
    }
}

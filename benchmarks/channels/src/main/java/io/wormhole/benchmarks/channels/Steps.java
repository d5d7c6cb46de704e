package io.wormhole.benchmarks.channels;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.contract.order.OrderTerms;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.List;

/** Deliveries under the order contract, one in each update, on one core and without a network. */
final class Steps {
    private static final int CUPS = 500;
    private static final long LOCK = 1;
    private static final KeyPair LINE = key(3);

    private final UpdateRules rules = new UpdateRules(new VmContracts());
    private final ChannelTerms terms =
            new ChannelTerms(
                    List.of(
                            new Participant(key(1).publicKey(), Amount.of(1_000_000)),
                            new Participant(key(2).publicKey(), Amount.of(1_000_000))),
                    100,
                    CloseRule.CLOSE_AT_ONCE,
                    Amount.ZERO,
                    Hash.ZERO);
    private final ChannelPosition start = ordered();
    private final List<Update> deliveries = deliveries();

    private static KeyPair key(int number) {
        byte[] seed = new byte[KeyPair.SEED_SIZE];
        seed[0] = (byte) number;
        return KeyPair.ofSeed(Bytes.of(seed));
    }

    private static Hash order() {
        return Hash.of(DomainTag.GENESIS, Bytes.of((byte) 7));
    }

    private ChannelPosition ordered() {
        OrderTerms order =
                new OrderTerms(
                        Pair.NETWORK,
                        order(),
                        Amount.of(100),
                        CUPS,
                        LINE.publicKey(),
                        0,
                        1,
                        new BlockHeight(1_000));
        ChannelOperation lock =
                new ChannelOperation.Lock(
                        LOCK,
                        1,
                        Amount.of(100L * CUPS),
                        1,
                        OrderContract.code(),
                        OrderContract.initialState(order),
                        OrderContract.GAS.time(),
                        OrderContract.GAS.space());
        return moved(
                new ChannelPosition(terms.initialState(Pair.NETWORK), List.of()), Update.of(lock));
    }

    private ChannelPosition moved(ChannelPosition from, Update update) {
        if (rules.apply(terms, from, update) instanceof UpdateRules.Result.Moved moved) {
            return moved.position();
        }
        throw new IllegalStateException("refused: " + rules.apply(terms, from, update));
    }

    private static List<Update> deliveries() {
        List<Update> all = new ArrayList<>();
        for (int cup = 1; cup <= CUPS; cup++) {
            Bytes payload =
                    OrderContract.deliver(
                            cup, OrderContract.attest(LINE, Pair.NETWORK, order(), cup));
            all.add(
                    Update.of(
                            new ChannelOperation.Step(LOCK, 0, new BlockHeight(10), payload)));
        }
        return all;
    }

    /** Deliveries for each second. */
    double perSecond(int seconds) {
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        long done = 0;
        while (System.nanoTime() < end) {
            ChannelPosition position = start;
            for (Update delivery : deliveries) {
                position = moved(position, delivery);
                done++;
            }
        }
        return done * 1e9 / (System.nanoTime() - begin);
    }
}

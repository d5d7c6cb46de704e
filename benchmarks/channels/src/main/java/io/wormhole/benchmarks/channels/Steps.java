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
import java.util.stream.IntStream;

/** Deliveries under the order contract, one in each update, on one core and without a network. */
final class Steps {
    private static final int CUPS = 500;
    // So many that no delivery's signature is still remembered when its turn comes again.
    private static final int ORDERS = 40;
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
    private final List<Order> orders =
            IntStream.range(0, ORDERS).mapToObj(this::placed).toList();

    /** An order as it was placed, and what is delivered for it. */
    private record Order(ChannelPosition start, List<Update> deliveries) {}

    private static KeyPair key(int number) {
        byte[] seed = new byte[KeyPair.SEED_SIZE];
        seed[0] = (byte) number;
        return KeyPair.ofSeed(Bytes.of(seed));
    }

    private Order placed(int number) {
        Hash order = Hash.of(DomainTag.GENESIS, Bytes.of((byte) number));
        return new Order(ordered(order), deliveries(order));
    }

    private ChannelPosition ordered(Hash id) {
        OrderTerms order =
                new OrderTerms(
                        Pair.NETWORK,
                        id,
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

    private static List<Update> deliveries(Hash id) {
        List<Update> all = new ArrayList<>();
        for (int cup = 1; cup <= CUPS; cup++) {
            Bytes payload =
                    OrderContract.deliver(
                            cup, OrderContract.attest(LINE, Pair.NETWORK, id, cup));
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
            Order order = orders.get((int) (done / CUPS % ORDERS));
            ChannelPosition position = order.start();
            for (Update delivery : order.deliveries()) {
                position = moved(position, delivery);
                done++;
            }
        }
        return done * 1e9 / (System.nanoTime() - begin);
    }
}

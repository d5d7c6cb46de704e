package io.wormhole.channel.node;

import io.wormhole.channel.decider.ChannelLedger;
import io.wormhole.channel.update.ContractRunner;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A chain on which a final block comes every few milliseconds. */
public final class TickingChain implements AutoCloseable {
    private static final int BLOCK_MILLIS = 25;

    private final FakeSettlement chain;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /** A chain on which these have plenty of money. */
    public TickingChain(ContractRunner contracts, KeyPair... rich) {
        chain =
                new FakeSettlement(
                        TestNetwork.ID,
                        List.of(rich).stream()
                                .collect(
                                        Collectors.toMap(
                                                KeyPair::address, key -> Amount.of(100_000_000))),
                        new ChannelLedger(TestNetwork.ID, contracts));
        var unused =
                clock.scheduleAtFixedRate(
                        () -> chain.mineFinal(1),
                        BLOCK_MILLIS,
                        BLOCK_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    /** The chain. */
    public FakeSettlement chain() {
        return chain;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}

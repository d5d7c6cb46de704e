package io.wormhole.settlement.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.chain.Shown;
import io.wormhole.settlement.mempool.MempoolLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FailingDiskTest {
    private final ActorTestKit kit = ActorTestKit.create();

    @AfterEach
    void shutDown() {
        FailingDisk.FAULT.set(Optional.empty());
        kit.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Read-only file system"})
    void aFailingDiskStopsTheChainWithTheReasonAndLosesNothingAcknowledged(
            String fault, @TempDir Path folder) {
        FailingDisk.register();
        String path = FailingDisk.SCHEME + ":" + folder.resolve("chain");
        ChainStore store = ChainStore.open(path, Forge.GENESIS.networkId(), 1 << 20);
        Block first;
        Block second;
        try (Forge forge = new Forge(folder.resolve("forge"))) {
            first = forge.block(forge.chain().head(), 1);
            forge.chain().importBlock(first, first.header().timeMillis());
            second = forge.block(forge.chain().head(), 1);
        }
        ActorRef<ChainActor.Command> actor = kit.spawn(ChainActor.create(parts(store)));
        TestProbe<ChainNews> news = kit.createTestProbe(ChainNews.class);
        TestProbe<ImportResult> results = kit.createTestProbe(ImportResult.class);
        actor.tell(new ChainActor.Subscribe(news.ref()));
        actor.tell(new ChainActor.Import(first.bare(), results.ref()));
        results.expectMessageClass(ImportResult.Imported.class);

        FailingDisk.FAULT.set(Optional.of(fault));
        actor.tell(new ChainActor.Import(second.bare(), results.ref()));

        news.expectMessageClass(ChainNews.HeadMoved.class);
        news.expectMessageClass(ChainNews.HeadMoved.class);
        ChainNews.Failed failed = news.expectMessageClass(ChainNews.Failed.class);
        assertThat(failed.reason().getMessage())
                .contains("disk full, or read-only")
                .contains("chain")
                .contains(fault);
        results.expectNoMessage();
        news.expectTerminated(actor, Duration.ofSeconds(5));
        store.close();
        FailingDisk.FAULT.set(Optional.empty());
        try (ChainStore again = ChainStore.open(path, Forge.GENESIS.networkId(), 1 << 20)) {
            Chain chain = parts(again).chain();
            assertThat(chain.head().index().hash()).isEqualTo(first.hash());
            assertThat(again.body(first.hash())).contains(first.encoded());
            assertThat(again.block(second.hash())).isEmpty();
        }
    }

    private static ChainActor.Parts parts(ChainStore store) {
        Chain chain =
                Chain.open(Forge.GENESIS, store, new NodeCache(store, 1000), Optional.empty());
        return new ChainActor.Parts(
                Forge.GENESIS,
                store,
                chain,
                MempoolLimits.defaults(),
                () -> Instant.now(),
                new Shown<>(ChainActor.firstView(chain)));
    }
}

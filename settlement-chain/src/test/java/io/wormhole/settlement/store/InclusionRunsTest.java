package io.wormhole.settlement.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.GenesisBlock;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.consensus.IndexedBlock;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InclusionRunsTest {
    private static final Block GENESIS = GenesisBlock.of(Forge.GENESIS);
    private static final int MANY = 600;

    private final Arbitrary any = Arbitrary.forTest("InclusionRunsTest", 1);
    private Path file;

    @BeforeEach
    void choose(@TempDir Path folder) {
        file = folder.resolve("chain");
    }

    private ChainStore open() {
        return ChainStore.open(file, TestNetwork.ID, 1 << 16);
    }

    private List<Hash> ids(int count) {
        return Stream.generate(any::hash).limit(count).toList();
    }

    private Hash commit(ChainStore store, long height, List<Hash> transactions, boolean follow) {
        IndexedBlock first = IndexedBlock.genesis(GENESIS.hash());
        Hash hash = any.hash();
        store.commit(
                new BlockCommit(
                        new IndexedBlock(
                                hash,
                                first.hash(),
                                height,
                                first.totalWork(),
                                first.justified(),
                                first.finalised()),
                        GENESIS.header(),
                        any.bytes(10),
                        Bytes.EMPTY,
                        transactions,
                        List.of(),
                        Map.of()),
                follow
                        ? Optional.of(new CanonicalChange(height, List.of(hash), hash))
                        : Optional.empty());
        return hash;
    }

    @Test
    void everyTransactionOfManyBlocksIsFoundAndNoOther() throws Exception {
        List<List<Hash>> blocks = new ArrayList<>();
        List<Hash> hashes = new ArrayList<>();
        try (ChainStore store = open()) {
            for (int height = 0; height < 40; height++) {
                blocks.add(ids(height % 5 == 0 ? 3 : MANY + height));
                hashes.add(commit(store, height, blocks.get(height), true));
            }
        }

        try (ChainStore store = open()) {
            for (int height = 0; height < blocks.size(); height++) {
                List<Hash> ids = blocks.get(height);
                for (int place = 0; place < ids.size(); place += 7) {
                    assertThat(store.inclusion(ids.get(place)))
                            .contains(new Inclusion(hashes.get(height), height, place));
                }
            }
            ids(100).forEach(other -> assertThat(store.inclusion(other)).isEmpty());
        }
        assertThat(runs()).as("of 32 batches, four at a time merged").isLessThan(10);
    }

    private long runs() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM inclusion_run")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void onlyTheBlockOfTheFollowedChainCounts() {
        List<Hash> ids = ids(MANY);
        List<Hash> onForkAlone = ids(MANY);
        try (ChainStore store = open()) {
            commit(store, 0, ids, false);
            Hash followed = commit(store, 1, ids, true);
            commit(store, 1, ids, false);
            commit(store, 2, onForkAlone, false);

            ids.forEach(
                    id ->
                            assertThat(store.inclusion(id))
                                    .contains(new Inclusion(followed, 1, ids.indexOf(id))));
            assertThat(store.inclusion(onForkAlone.get(0))).isEmpty();
        }
    }
}

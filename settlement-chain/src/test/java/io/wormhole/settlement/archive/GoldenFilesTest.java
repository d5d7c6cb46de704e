package io.wormhole.settlement.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.merkle.MapVerdict;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.chain.History;
import io.wormhole.settlement.store.ChainStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that this program wrote once are read for ever. Whoever changes a format adds files of the
 * new one beside these: {@code -Dwormhole.golden.write=FOLDER} writes them.
 */
class GoldenFilesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/chain");
    private static final int BLOCKS = 24;
    private static final int OLDEST_SCHEMA = 2;

    @TempDir private Path folder = Path.of("");

    private ChainArchive open(String name) {
        return ChainArchive.open(
                Forge.GENESIS, DatabaseSettings.h2(folder.resolve(name)), History.ARCHIVE);
    }

    private static Hash goldenHead() throws Exception {
        return Hash.ofHex(Files.readString(GOLDEN.resolve("head")).strip());
    }

    /** Makes the chain of the golden files; does nothing in an ordinary run. */
    @Test
    void theFilesAreWrittenWhereThatIsAskedFor() throws Exception {
        String target = System.getProperty("wormhole.golden.write", "");
        if (target.isEmpty()) {
            return;
        }
        Path into = Files.createDirectories(Path.of(target));
        try (Forge forge = new Forge(folder.resolve("new"))) {
            for (int i = 0; i < BLOCKS; i++) {
                List<SignedTransaction> sent =
                        new ArrayList<>(forge.votes(forge.chain().head(), Alice.KEYS, Bob.KEYS));
                if (i % 3 == 0) {
                    sent.add(forge.pay(Alice.KEYS, Bob.ADDRESS, i / 3 + 1));
                }
                forge.extend(forge.chain().head(), 1, sent.toArray(SignedTransaction[]::new));
            }
            Hash head = forge.chain().head().index().hash();
            Files.writeString(into.resolve("head"), head.toHex() + "\n");
        }
        try (ChainArchive archive = open("new/chain")) {
            archive.exportTo(into.resolve("blocks-1"), 1);
            archive.backUp(into.resolve("store-" + ChainStore.SCHEMA_VERSION + ".zip"));
            Files.write(
                    into.resolve("proof-1"),
                    archive.prove(ledger -> ledger.proveAccount(Bob.ADDRESS)).encoded().toArray());
        }
    }

    @Test
    void blocksThatWereExportedOnceAreImportedAndExportedAsTheyWere() throws Exception {
        Path again = folder.resolve("again");
        try (ChainArchive archive = open("fresh")) {
            ChainArchive.Imported imported = archive.importFrom(GOLDEN.resolve("blocks-1"));
            archive.exportTo(again, 1);

            assertThat(imported.added()).isEqualTo(BLOCKS);
            assertThat(archive.verify(2).blocks()).isEqualTo(BLOCKS);
        }

        assertThat(again).hasSameBinaryContentAs(GOLDEN.resolve("blocks-1"));
        try (ChainStore store =
                ChainStore.open(folder.resolve("fresh"), Forge.GENESIS.networkId(), 1 << 16)) {
            assertThat(store.head()).contains(goldenHead());
        }
    }

    @Test
    void aProofThatWasWrittenOnceStillHolds() throws Exception {
        Bytes written = Bytes.of(Files.readAllBytes(GOLDEN.resolve("proof-1")));

        ProofFile proof = ProofFile.decode(written);

        assertThat(proof.encoded()).isEqualTo(written);
        assertThat(proof.verdict()).isInstanceOf(MapVerdict.Present.class);
        assertThat(proof.hasWork(Forge.GENESIS)).isTrue();
    }

    @Test
    void aDatabaseOfEverySchemaIsOpenedAndWhole() throws Exception {
        for (int schema = OLDEST_SCHEMA; schema <= ChainStore.SCHEMA_VERSION; schema++) {
            String name = "of-schema-" + schema;
            DatabaseBackup.restore(
                    GOLDEN.resolve("store-" + schema + ".zip"), folder.resolve(name), at -> true);

            try (ChainArchive archive = open(name)) {
                assertThat(archive.height()).isEqualTo(BLOCKS);
                assertThat(archive.verify(2).blocks()).isEqualTo(BLOCKS);
            }
        }
    }
}

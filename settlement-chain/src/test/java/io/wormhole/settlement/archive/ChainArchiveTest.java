package io.wormhole.settlement.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.merkle.MapVerdict;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.chain.History;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ChainArchiveTest {
    private static final int BLOCKS = 40;

    @TempDir private Path folder = Path.of("");

    private Hash head = Hash.ZERO;

    @BeforeEach
    void grow() {
        try (Forge forge =
                new Forge(
                        ChainStore.open(
                                folder.resolve("chain"), Forge.GENESIS.networkId(), 1 << 20),
                        History.ARCHIVE)) {
            for (int i = 0; i < BLOCKS; i++) {
                List<SignedTransaction> sent =
                        new ArrayList<>(forge.votes(forge.chain().head(), Alice.KEYS, Bob.KEYS));
                if (i % 5 == 0) {
                    sent.add(forge.pay(Alice.KEYS, Bob.ADDRESS, i / 5 + 1));
                }
                forge.extend(forge.chain().head(), 1, sent.toArray(SignedTransaction[]::new));
            }
            head = forge.chain().head().index().hash();
        }
    }

    private ChainArchive open(String name) {
        return ChainArchive.open(
                Forge.GENESIS, DatabaseSettings.h2(folder.resolve(name)), History.ARCHIVE);
    }

    @Test
    void aSoundChainIsFoundSound() throws Exception {
        try (ChainArchive archive = open("chain")) {
            ChainArchive.Verified verified = archive.verify(2);

            assertThat(verified.blocks()).isEqualTo(BLOCKS);
            assertThat(verified.supply().isBalanced()).isTrue();
        }
    }

    @Test
    void whatIsLeftOfAPrunedChainIsVerifiedAndExported() throws Exception {
        Path database = folder.resolve("chain");
        try (ChainStore store = ChainStore.open(database, Forge.GENESIS.networkId(), 1 << 20)) {
            store.pruneBodies(1, 12);
        }

        try (ChainArchive archive = open("chain")) {
            assertThat(archive.verify(2).blocks()).isEqualTo(BLOCKS - 12);
            assertThatThrownBy(() -> archive.exportTo(folder.resolve("x"), 12))
                    .isInstanceOf(ArchiveRefused.class)
                    .hasMessageContaining("allowed: 13 to " + BLOCKS);
            assertThat(archive.exportTo(folder.resolve("y"), 13).count()).isEqualTo(BLOCKS - 12);
        }
    }

    @Test
    void whatIsExportedIsImportedElsewhere() throws Exception {
        Path file = folder.resolve("blocks");
        try (ChainArchive archive = open("chain")) {
            archive.exportTo(file, 1);
            assertThatThrownBy(() -> archive.exportTo(file, 1)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> archive.exportTo(folder.resolve("x"), BLOCKS + 1))
                    .isInstanceOf(ArchiveRefused.class);
        }

        try (ChainArchive other = open("other")) {
            assertThat(other.importFrom(file))
                    .isEqualTo(new ChainArchive.Imported(BLOCKS, 0, BLOCKS));
            assertThat(other.importFrom(file))
                    .isEqualTo(new ChainArchive.Imported(0, BLOCKS, BLOCKS));
            assertThat(other.verify(1).blocks()).isEqualTo(BLOCKS);
        }
    }

    @Test
    void aFileThatIsCutOrChangedIsRefused() throws Exception {
        Path file = folder.resolve("blocks");
        try (ChainArchive archive = open("chain")) {
            archive.exportTo(file, 1);
        }
        byte[] whole = Files.readAllBytes(file);
        Arbitrary any = Arbitrary.forTest("ChainArchiveTest", 5);
        Path bad = folder.resolve("bad");

        for (int i = 0; i < 12; i++) {
            Bytes changed = any.withOneBitFlipped(Bytes.of(whole));
            Files.write(bad, changed.toArray());
            try (ChainArchive other = open("flipped" + i)) {
                assertThatThrownBy(() -> other.importFrom(bad)).isInstanceOf(ArchiveRefused.class);
            }
        }
        Files.write(bad, Bytes.of(whole).slice(0, whole.length - 7).toArray());
        try (ChainArchive other = open("cut")) {
            assertThatThrownBy(() -> other.importFrom(bad))
                    .isInstanceOf(ArchiveRefused.class)
                    .hasMessageContaining("cut off");
        }
    }

    @Test
    void sweepingLeavesAChainThatIsWhole() throws Exception {
        Path file = folder.resolve("chain.mv.db");
        try (ChainArchive archive = open("chain")) {
            assertThat(archive.sweep(new History(96))).isZero();
            archive.compact();
        }
        assertThat(file).exists();
        try (ChainArchive archive = open("chain")) {
            assertThat(archive.verify(2).blocks()).isEqualTo(BLOCKS);
        }
    }

    @Test
    void aBackupIsRestoredWhereNothingIs() throws Exception {
        Path backup = folder.resolve("backup.zip");
        try (ChainArchive archive = open("chain")) {
            archive.backUp(backup);
        }

        assertThatThrownBy(() -> restore(backup, "chain"))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining("already");
        assertThat(restore(backup, "deep/restored")).isEqualTo(BLOCKS);
        try (ChainArchive restored = open("deep/restored")) {
            assertThat(restored.height()).isEqualTo(BLOCKS);
            assertThat(restored.verify(2).blocks()).isEqualTo(BLOCKS);
        }
    }

    private long restore(Path backup, String name) throws Exception {
        return DatabaseBackup.restore(
                backup,
                folder.resolve(name),
                at -> {
                    try (ChainArchive archive =
                            ChainArchive.open(
                                    Forge.GENESIS, DatabaseSettings.h2(at), History.FULL)) {
                        return archive.height();
                    }
                });
    }

    @Test
    void aBackupThatIsNotWholeTakesNoPlace() throws Exception {
        Path backup = folder.resolve("backup.zip");
        try (ChainArchive archive = open("chain")) {
            archive.backUp(backup);
        }
        byte[] whole = Files.readAllBytes(backup);
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        List<byte[]> wrong =
                List.of(
                        new byte[0],
                        Arrays.copyOf(whole, 20),
                        Arrays.copyOf(whole, whole.length / 2),
                        damaged);
        for (byte[] content : wrong) {
            Path file = Files.write(folder.resolve("wrong.zip"), content);

            assertThatThrownBy(() -> restore(file, "restored/chain"))
                    .isInstanceOf(ArchiveRefused.class)
                    .hasMessageContaining("wrong.zip is");
            assertThat(folder.resolve("restored")).isEmptyDirectory();
        }
    }

    @Test
    void aCutFileSaysHowFarItWasImported() throws Exception {
        Path file = folder.resolve("blocks");
        try (ChainArchive archive = open("chain")) {
            archive.exportTo(file, 1);
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));

        try (ChainArchive other = open("other")) {
            assertThatThrownBy(() -> other.importFrom(file))
                    .isInstanceOf(ArchiveRefused.class)
                    .hasMessageContaining("cut off")
                    .hasMessageEndingWith(
                            "%d blocks before it are imported, the head is at height %d"
                                    .formatted(BLOCKS - 1, BLOCKS - 1));
            assertThat(other.verify(2).blocks()).isEqualTo(BLOCKS - 1);
        }
    }

    @Test
    void aFileThatBeginsAboveTheHeadNamesTheBlockThatIsMissing() throws Exception {
        Path file = folder.resolve("blocks");
        try (ChainArchive archive = open("chain")) {
            archive.exportTo(file, 3);
        }

        try (ChainArchive other = open("other")) {
            assertThatThrownBy(() -> other.importFrom(file))
                    .isInstanceOf(ArchiveRefused.class)
                    .hasMessageContaining("block 3 of")
                    .hasMessageContaining("is not here; 0 blocks before it are imported");
        }
    }

    @Test
    void aChainInUseIsNotTouched() {
        try (ChainArchive first = open("chain")) {
            assertThat(first.height()).isEqualTo(BLOCKS);
            assertThatThrownBy(() -> open("chain"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use");
        }
        assertThat(head).isNotEqualTo(Hash.ZERO);
    }

    @Test
    void aProofHoldsForMembersAndAbsentOnesAndNoBitOfItCanBeChanged() {
        Arbitrary any = Arbitrary.forTest("ChainArchiveTest", 6);
        try (ChainArchive archive = open("chain")) {
            ProofFile member = archive.prove(ledger -> ledger.proveAccount(Bob.ADDRESS));
            ProofFile absent = archive.prove(ledger -> ledger.proveAccount(any.address()));

            assertThat(member.verdict()).isInstanceOf(MapVerdict.Present.class);
            assertThat(absent.verdict()).isInstanceOf(MapVerdict.Absent.class);
            assertThat(member.hasWork(Forge.GENESIS)).isTrue();
            for (int i = 0; i < 2_000; i++) {
                Bytes changed = any.withOneBitFlipped(member.encoded());
                assertThat(isTheSameProof(changed, member)).as("flip %d", i).isFalse();
            }
        }
    }

    /** Whether a reader who trusts the header of {@code genuine} would believe the bytes. */
    private static boolean isTheSameProof(Bytes encoded, ProofFile genuine) {
        try {
            ProofFile read = ProofFile.decode(encoded);
            return read.header().hash().equals(genuine.header().hash())
                    && read.proof().key().equals(genuine.proof().key())
                    && read.proof().tree() == genuine.proof().tree()
                    && !(read.verdict() instanceof MapVerdict.Unproven);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}

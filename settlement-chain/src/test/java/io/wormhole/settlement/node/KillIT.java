package io.wormhole.settlement.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.consensus.Slashing;
import io.wormhole.settlement.consensus.Vote;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoreException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a mining, voting node at random moments; {@code -Dwormhole.kills=N} kills N times. */
@Timeout(1800)
class KillIT {
    private static final int KILLS = Integer.getInteger("wormhole.kills", 3);
    private static final int LONGEST_WAIT_MILLIS = 150;

    private final Arbitrary any = Arbitrary.forTest("KillIT", 11);
    private final Map<Long, String> acknowledged = new TreeMap<>();
    private final List<Vote> votes = new ArrayList<>();
    private long finalHeight;

    @Test
    void whatWasAcknowledgedSurvivesAndNoTwoVotesContradict(@TempDir Path folder)
            throws IOException, InterruptedException {
        for (int kill = 0; kill < KILLS; kill++) {
            int lines = 3 + any.random().nextInt(40);
            runUntilKilled(folder, lines);
        }

        assertThat(acknowledged.size()).isGreaterThan(KILLS);
        assertThat(finalHeight).isPositive();
        for (Vote first : votes) {
            for (Vote second : votes) {
                assertThat(Slashing.judge(first, second).isPunished()).isFalse();
            }
        }
    }

    @Test
    void aDatabaseThatAnotherProcessUsesIsNamed(@TempDir Path folder) throws IOException {
        Process process = start(folder, "");
        try (BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).startsWith("HEAD ");

            assertThatThrownBy(
                            () ->
                                    ChainStore.open(
                                            folder.resolve("node-1"),
                                            TestNetwork.GENESIS.networkId(),
                                            1 << 16))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use by another node");
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private void runUntilKilled(Path folder, int lines) throws IOException, InterruptedException {
        Process process = start(folder, "");
        try (BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            boolean isFirst = true;
            for (int i = 0; i < lines; i++) {
                String line = said.readLine();
                assertThat(line).as("what the process says").isNotNull();
                if (line.startsWith("HEAD ")) {
                    head(line.split(" ", -1), isFirst);
                    isFirst = false;
                } else if (line.startsWith("VOTE ")) {
                    vote(line.substring("VOTE ".length()));
                }
            }
            // Somewhere in the work on the next blocks.
            long wait = any.random().nextInt(LONGEST_WAIT_MILLIS);
            assertThat(process.waitFor(wait, TimeUnit.MILLISECONDS)).isFalse();
            process.toHandle().destroyForcibly();
            // What was said before the kill was acknowledged too.
            String line = said.readLine();
            while (line != null) {
                if (line.startsWith("HEAD ") && line.split(" ", -1).length == 4) {
                    head(line.split(" ", -1), false);
                }
                line = said.readLine();
            }
        } finally {
            process.toHandle().destroyForcibly();
            process.onExit().join();
        }
    }

    private void head(String[] words, boolean isFirst) {
        long height = Long.parseLong(words[1]);
        if (isFirst && !acknowledged.isEmpty()) {
            long highest = ((TreeMap<Long, String>) acknowledged).lastKey();
            assertThat(height).isGreaterThanOrEqualTo(highest);
            assertThat(Long.parseLong(words[3])).isGreaterThanOrEqualTo(finalHeight);
        }
        String before = acknowledged.putIfAbsent(height, words[2]);
        assertThat(before == null || before.equals(words[2])).isTrue();
        finalHeight = Math.max(finalHeight, Long.parseLong(words[3]));
    }

    private void vote(String hex) {
        FinalityTransaction.Vote vote =
                (FinalityTransaction.Vote)
                        SignedTransaction.decode(Bytes.ofHex(hex)).transaction().body();
        votes.add(new Vote(Alice.ADDRESS, vote.source(), vote.target()));
    }

    /**
     * Starts a node in a process of its own.
     *
     * @param before what a shell does before; nothing: no shell
     */
    static Process start(Path folder, String before) throws IOException {
        String real = System.getProperty("surefire.test.class.path");
        List<String> command = new ArrayList<>();
        if (!before.isEmpty()) {
            command.addAll(List.of("/bin/bash", "-c", before + " exec \"$@\"", "bash"));
        }
        command.addAll(
                List.of(
                        System.getProperty("java.home") + File.separator + "bin/java",
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-D" + TestNetwork.START + "=" + TestNetwork.GENESIS.timeMillis(),
                        "-cp",
                        real == null ? System.getProperty("java.class.path") : real,
                        NodeProcess.class.getName(),
                        folder.toString()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}

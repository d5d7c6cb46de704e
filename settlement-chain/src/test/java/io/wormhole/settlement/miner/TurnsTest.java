package io.wormhole.settlement.miner;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final List<Address> MINERS =
            List.of(Alice.ADDRESS, Bob.ADDRESS, Mallory.ADDRESS);

    private static Hash head(int number) {
        byte[] bytes = new byte[Hash.SIZE];
        bytes[0] = (byte) number;
        return new Hash(Bytes.of(bytes));
    }

    /** Turns on a chain whose blocks these miners have made. */
    private static Turns after(List<Address> producers) {
        Turns turns = new Turns(block -> Optional.empty());
        for (int number = 0; number < producers.size(); number++) {
            turns.follow(new Turns.Made(head(number + 1), head(number), producers.get(number)));
        }
        return turns;
    }

    @Test
    void whoMinesAloneNeverWaits() {
        Turns turns = after(List.of(Alice.ADDRESS));

        for (int number = 0; number < 20; number++) {
            assertThat(turns.before(Alice.ADDRESS, head(number))).isZero();
        }
    }

    @Test
    void onEachHeadExactlyOneTriesFirstAndNobodyAlways() {
        Turns turns = after(MINERS);
        int[] first = new int[MINERS.size()];

        for (int number = 0; number < 60; number++) {
            int firsts = 0;
            for (int miner = 0; miner < MINERS.size(); miner++) {
                if (turns.before(MINERS.get(miner), head(number)) == 0) {
                    first[miner]++;
                    firsts++;
                }
            }
            assertThat(firsts).isEqualTo(1);
        }

        for (int times : first) {
            assertThat(times).isBetween(5, 45);
        }
    }

    @Test
    void whoIsGoneIsForgotten() {
        List<Address> producers = new ArrayList<>(List.of(Bob.ADDRESS));
        producers.addAll(Collections.nCopies(64, Alice.ADDRESS));
        Turns turns = after(producers);

        for (int number = 0; number < 20; number++) {
            assertThat(turns.before(Alice.ADDRESS, head(number))).isZero();
        }
    }

    /** How many turns pass without a block, with those who are gone among so many, per block. */
    private static double[] turnsInVain(int miners, int gone, int heights) {
        List<Address> all = new ArrayList<>();
        for (int miner = 0; miner < miners; miner++) {
            all.add(new Address(head(miner + 1)));
        }
        List<Address> present = all.subList(gone, miners);
        Turns turns = after(all);
        Hash head = head(miners);
        double[] waited = new double[heights];
        for (int height = 0; height < heights; height++) {
            Hash on = head;
            Address next =
                    Collections.min(
                            present, Comparator.comparingInt(miner -> turns.before(miner, on)));
            waited[height] = turns.before(next, on);
            head = Hash.of(DomainTag.ENTROPY, new BlockHeight(height));
            turns.follow(new Turns.Made(head, on, next));
        }
        return waited;
    }

    @Test
    void whoIsGoneIsWaitedForThreeTimesAtMost() {
        for (int gone = 1; gone < 7; gone++) {
            double[] waited = turnsInVain(7, gone, 60);

            assertThat(Arrays.stream(waited).sum()).isLessThanOrEqualTo(3 * gone);
            assertThat(Arrays.stream(waited, 40, 60).sum()).as("%d gone", gone).isZero();
        }
    }

    @Test
    void whoComesBackHasTurnsAgain() {
        List<Address> producers = new ArrayList<>(List.of(Bob.ADDRESS));
        producers.addAll(Collections.nCopies(20, Alice.ADDRESS));
        Turns turns = after(producers);
        assertThat(aliceWaits(turns)).as("nobody waits for Bob").isZero();

        turns.follow(new Turns.Made(head(100), head(producers.size()), Bob.ADDRESS));

        assertThat(aliceWaits(turns)).isBetween(5, 35);
    }

    /** On how many of 40 heads Alice waits for another miner. */
    private static int aliceWaits(Turns turns) {
        int waits = 0;
        for (int number = 0; number < 40; number++) {
            waits += turns.before(Alice.ADDRESS, head(number)) > 0 ? 1 : 0;
        }
        return waits;
    }

    /**
     * Miners of a paced network, whose proofs take no time: each tries a spacing after the head
     * that it sees first, and a turn later for each that comes before it.
     *
     * @param turnMillis how long a turn is; 0: no turns
     * @return of 100 blocks, how many are beside the chain
     */
    private static double orphansPerHundred(int miners, int turnMillis, int mostDelayMillis) {
        SplittableRandom chance = new SplittableRandom(5);
        List<Address> all = new ArrayList<>();
        for (int miner = 0; miner < miners; miner++) {
            all.add(new Address(head(miner + 1)));
        }
        Turns turns = new Turns(block -> Optional.empty());
        int heights = 2_000;
        int orphans = 0;
        for (int height = 0; height < heights; height++) {
            Hash head = Hash.of(DomainTag.ENTROPY, new BlockHeight(height));
            double[] tries = new double[miners];
            double first = Double.MAX_VALUE;
            int winner = 0;
            for (int miner = 0; miner < miners; miner++) {
                // The head reaches each at another moment, and so does the search take.
                tries[miner] =
                        chance.nextDouble(mostDelayMillis)
                                + chance.nextDouble(5)
                                + turnMillis * turns.before(all.get(miner), head);
                if (tries[miner] < first) {
                    first = tries[miner];
                    winner = miner;
                }
            }
            for (int miner = 0; miner < miners; miner++) {
                double heard = first + chance.nextDouble(mostDelayMillis);
                if (miner != winner && tries[miner] < heard) {
                    orphans++;
                }
            }
            turns.follow(
                    new Turns.Made(
                            Hash.of(DomainTag.ENTROPY, new BlockHeight(height + 1)),
                            head,
                            all.get(winner)));
        }
        return 100.0 * orphans / (heights + orphans);
    }

    @Test
    void turnsLongerThanTheWayOfABlockMakeOrphansRare() {
        // A turn of the development network is 25 ms.
        double without = orphansPerHundred(4, 0, 10);
        double with = orphansPerHundred(4, 25, 10);

        System.out.printf(
                "orphans of 100 blocks of 4 miners: %.0f without turns, %.1f with; wires of 100 ms: %.0f and %.0f%n",
                without, with, orphansPerHundred(4, 0, 100), orphansPerHundred(4, 25, 100));
        assertThat(without).isGreaterThan(20);
        assertThat(with).isLessThan(5);
        assertThat(orphansPerHundred(4, 25, 100)).isLessThan(orphansPerHundred(4, 0, 100));
        assertThat(orphansPerHundred(7, 125, 100)).isLessThan(10);
    }

    @Test
    void afterAReorganisationAllAgreeAgain() {
        Map<Hash, Turns.Made> stored = new HashMap<>();
        Turns.Made first = new Turns.Made(head(1), head(0), Alice.ADDRESS);
        Turns.Made ours = new Turns.Made(head(2), head(1), Mallory.ADDRESS);
        Turns.Made theirs = new Turns.Made(head(3), head(1), Bob.ADDRESS);
        Turns.Made theirNext = new Turns.Made(head(4), head(3), Bob.ADDRESS);
        List.of(first, ours, theirs, theirNext).forEach(made -> stored.put(made.block(), made));
        Turns moved = new Turns(block -> Optional.ofNullable(stored.get(block)));
        Turns stayed = new Turns(block -> Optional.ofNullable(stored.get(block)));

        List.of(first, ours, theirNext).forEach(moved::follow);
        List.of(first, theirs, theirNext).forEach(stayed::follow);

        for (int number = 0; number < 20; number++) {
            for (Address miner : MINERS) {
                assertThat(moved.before(miner, head(number)))
                        .isEqualTo(stayed.before(miner, head(number)));
            }
        }
    }

    @Test
    void aTurnLastsUntilMostHaveHeardOfABlockButNeverLongerThanTheSpacing() {
        Turns turns = new Turns(block -> Optional.empty());
        assertThat(turns.turnMillis(200)).isEqualTo(25);

        for (int block = 0; block < 16; block++) {
            turns.heard(110);
        }
        assertThat(turns.turnMillis(200)).isEqualTo(135);

        for (int block = 0; block < 16; block++) {
            turns.heard(60_000);
        }
        assertThat(turns.turnMillis(200)).as("a clock is wrong").isEqualTo(200);

        for (int block = 0; block < 16; block++) {
            turns.heard(-60_000);
        }
        assertThat(turns.turnMillis(200)).isEqualTo(25);
    }
}

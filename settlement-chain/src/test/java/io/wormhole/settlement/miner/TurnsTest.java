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
import java.util.List;
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

    @Test
    void whoMinesAloneNeverWaits() {
        Turns turns = new Turns();
        turns.seen(Alice.ADDRESS);

        for (int number = 0; number < 20; number++) {
            assertThat(turns.before(Alice.ADDRESS, head(number))).isZero();
        }
    }

    @Test
    void onEachHeadExactlyOneTriesFirstAndNobodyAlways() {
        Turns turns = new Turns();
        MINERS.forEach(turns::seen);
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
        Turns turns = new Turns();
        turns.seen(Bob.ADDRESS);
        for (int block = 0; block < 16; block++) {
            turns.seen(Alice.ADDRESS);
        }

        for (int number = 0; number < 20; number++) {
            assertThat(turns.before(Alice.ADDRESS, head(number))).isZero();
        }
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
        Turns turns = new Turns();
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
            turns.seen(all.get(winner));
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
    }
}

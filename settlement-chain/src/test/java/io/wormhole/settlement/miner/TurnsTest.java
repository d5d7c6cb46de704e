package io.wormhole.settlement.miner;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import java.util.List;
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
}

package io.wormhole.channel.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.LockIds;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeardStepTest {
    private static Bytes secret(int number) {
        byte[] bytes = new byte[HashTimeLock.SECRET_SIZE];
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        return Bytes.of(bytes);
    }

    private static HeardStep shown(int number, int part) {
        Bytes secret = secret(number);
        return new HeardStep(
                LockIds.of(HashTimeLock.hashOf(secret), part), HashTimeLock.redeem(secret));
    }

    @Test
    void aSecretIsHeardWhateverThePartnerPutsAroundIt() {
        for (int junk : new int[] {0, 200}) {
            Bytes wrapped =
                    ValueCodec.encode(
                            Value.tuple(
                                    Value.text("redeem"),
                                    Value.of(secret(1)),
                                    Value.of(Bytes.of(new byte[junk]))));

            HeardStep heard =
                    HeardStep.of(new ChannelOperation.Step(7, 1, BlockHeight.ZERO, wrapped))
                            .orElseThrow();

            assertThat(heard.secret()).contains(secret(1));
            assertThat(heard.payload().size()).isLessThan(128);
        }
    }

    @Test
    void messagesWithoutSecretGiveWayFirstAndSecretsOfSwapsLast() {
        List<HeardStep> all = new ArrayList<>();
        all.add(shown(1, LockIds.SWAP_PART));
        all.add(shown(2, 0));
        for (int i = 3; i < 1_000; i++) {
            all.add(new HeardStep(i, HashTimeLock.redeem(secret(i))));
            all.add(new HeardStep(i, HashTimeLock.refund()));
        }

        assertThat(HeardStep.newest(all, 4)).contains(shown(1, LockIds.SWAP_PART), shown(2, 0));
        assertThat(HeardStep.newest(all, 1)).containsExactly(shown(1, LockIds.SWAP_PART));
    }

    @Test
    void amongTheSameTheOldestGivesWay() {
        List<HeardStep> all = List.of(shown(1, 0), shown(2, 0), shown(3, 0));

        assertThat(HeardStep.newest(all, 2)).containsExactly(shown(2, 0), shown(3, 0));
    }
}

package io.wormhole.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import org.junit.jupiter.api.Test;

class SwapPlanTest {
    private static final SwapPlan PLAN =
            SwapOffer.plan(side("ab", 10, 5), side("cd", 1_000, 60), 7_200, 10);

    private static SwapOffer.Side side(String id, long height, long blockSeconds) {
        return new SwapOffer.Side(
                new ChannelId(Hash.ofHex(id.repeat(32))),
                Amount.of(height),
                new BlockHeight(height),
                blockSeconds);
    }

    @Test
    void theInitiatorsLegIsOpenThreeTimesAsLong() {
        assertThat(PLAN.swap().give().expiry()).isEqualTo(new BlockHeight(10 + 3 * 7_200 / 5));
        assertThat(PLAN.swap().take().expiry()).isEqualTo(new BlockHeight(1_000 + 7_200 / 60));
    }

    @Test
    void theOfferHasNoSecretAndTheOtherPartyGivesWhatTheFirstTakes() {
        SwapOffer offer = CanonicalReader.decode(SwapOffer.of(PLAN).encoded(), SwapOffer::readFrom);

        SwapPlan accepted = offer.accepted();

        assertThat(offer).isEqualTo(SwapOffer.of(PLAN));
        assertThat(accepted.swap().secret()).isEmpty();
        assertThat(accepted.swap().initiator()).isFalse();
        assertThat(accepted.swap().give()).isEqualTo(PLAN.swap().take());
        assertThat(accepted.swap().take()).isEqualTo(PLAN.swap().give());
        assertThat(offer.encoded().toHex())
                .doesNotContain(PLAN.swap().secret().orElseThrow().toHex());
    }

    @Test
    void aPlanIsReadBackWithSecretAndLock() {
        SwapPlan locked = PLAN.afterLocking();

        assertThat(CanonicalReader.decode(locked.encoded(), SwapPlan::readFrom)).isEqualTo(locked);
        assertThat(HashTimeLock.hashOf(locked.swap().secret().orElseThrow()))
                .isEqualTo(locked.swap().hash());
    }

    @Test
    void aMistypedOfferIsNoOffer() {
        var bytes = SwapOffer.of(PLAN).encoded();

        assertThatThrownBy(
                        () ->
                                CanonicalReader.decode(
                                        bytes.slice(0, bytes.size() - 1), SwapOffer::readFrom))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

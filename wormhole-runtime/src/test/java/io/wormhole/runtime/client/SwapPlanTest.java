package io.wormhole.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.channel.swap.SwapProgress;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwapPlanTest {
    private static final SwapPlan PLAN =
            SwapOffer.plan(side("ab", 10), side("cd", 1_000), new SwapTimes(7_200, 24, 5, 60));

    private static SwapOffer.Side side(String id, long height) {
        return new SwapOffer.Side(
                new ChannelId(Hash.ofHex(id.repeat(32))),
                Amount.of(height),
                new BlockHeight(height));
    }

    @Test
    void theInitiatorsLegIsOpenThreeTimesAsLong() {
        assertThat(PLAN.swap().give().expiry()).isEqualTo(new BlockHeight(10 + 3 * 7_200 / 5));
        assertThat(PLAN.swap().take().expiry()).isEqualTo(new BlockHeight(1_000 + 7_200 / 60));
    }

    @Test
    void theOfferHasNoSecretAndTheOtherPartyGivesWhatTheFirstTakes() {
        SwapOffer offer = CanonicalReader.decode(SwapOffer.of(PLAN).encoded(), SwapOffer::readFrom);

        SwapPlan accepted = offer.accepted(new SwapTimes(7_200, 24, 60, 5), new BlockHeight(3));

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
        SwapPlan locked = PLAN.with(new SwapProgress(Optional.of(new Nonce(7)), true, true, false));

        assertThat(CanonicalReader.decode(locked.encoded(), SwapPlan::readFrom)).isEqualTo(locked);
        assertThat(HashTimeLock.hashOf(locked.swap().secret().orElseThrow()))
                .isEqualTo(locked.swap().hash());
    }

    @Test
    void theParticipantTakesItsOwnTimesAndRefusesTooLittle() {
        SwapOffer offer = SwapOffer.of(PLAN);
        BlockHeight give = new BlockHeight(1_000);
        BlockHeight take = new BlockHeight(10);

        assertThat(offer.accepted(new SwapTimes(7_200, 24, 60, 5), give).timeObjection(give, take))
                .isEmpty();
        assertThat(offer.accepted(new SwapTimes(7_200, 24, 60, 2), give).timeObjection(give, take))
                .hasValueSatisfying(why -> assertThat(why).contains("between them"));
        assertThat(offer.accepted(new SwapTimes(20_000, 24, 60, 5), give).timeObjection(give, take))
                .hasValueSatisfying(why -> assertThat(why).contains("at least 10000 s"));
    }

    @Test
    void theChainIsAskedTwoMinutesBeforeAnExpiryAtLeastOnBothChains() {
        assertThat(new SwapTimes(7_200, 10, 60, 60).objection(false)).isEmpty();
        assertThat(new SwapTimes(7_200, 10, 60, 1).objection(false)).isPresent();
        assertThat(new SwapTimes(240, 10, 1, 1).objection(false)).isPresent();
        assertThat(new SwapTimes(240, 10, 1, 1).objection(true)).isEmpty();
        assertThat(new SwapTimes(240, 100, 1, 1).objection(true)).isPresent();
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

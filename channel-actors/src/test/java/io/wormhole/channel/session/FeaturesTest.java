package io.wormhole.channel.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeaturesTest {
    @Test
    void whatIsOnlyOfferedIsNoReasonToPart() {
        assertThat(Features.missing(Features.OURS)).isEmpty();
        assertThat(Features.missing(Features.OURS | (1L << 41))).isEmpty();
        assertThat(Features.missing(Features.OURS & ~(1L << Features.RELAYED_PAYMENTS))).isEmpty();
    }

    @Test
    void whatIsDemandedAndNotKnownIsNamed() {
        assertThat(Features.missing(Features.OURS | (1L << 40)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("feature 40"));
        assertThat(Features.missing(0))
                .hasValueSatisfying(reason -> assertThat(reason).contains("lacks feature 0"));
    }
}

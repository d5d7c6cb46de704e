package io.wormhole.channel.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import org.junit.jupiter.api.Test;

class ClosingsTest {
    private static final ChannelTerms TERMS = Watching.terms(CloseRule.CLOSE_AT_ONCE);
    private static final ChannelId ID = TERMS.id(TestNetwork.ID);

    private final Closings closings = new Closings();

    private static ChannelAction.ChainSeen open(long height) {
        ChannelEntry closing = Watching.closing(TERMS, Watching.state(TERMS, 3, 60), 1, 1);
        ChannelEntry entry =
                new ChannelEntry(
                        TERMS,
                        ChannelEntry.Phase.OPEN,
                        closing.recorded(),
                        closing.agreed(),
                        0,
                        BlockHeight.ZERO,
                        new BlockHeight(1));
        return Watching.seen(entry, entry, height);
    }

    @Test
    void whatWasAskedBeforeTheCloseDoesNotSayThatItIsOpenAgain() {
        closings.closing(ID, new BlockHeight(60));

        assertThat(closings.isOver(ID, open(59))).isFalse();
        assertThat(closings.isOver(ID, open(60))).isTrue();
        closings.forget(ID);
        assertThat(closings.isOver(ID, open(1))).isTrue();
    }
}

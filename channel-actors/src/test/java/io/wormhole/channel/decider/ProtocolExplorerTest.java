package io.wormhole.channel.decider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * All message orders and crash points up to a bound; {@code -Dwormhole.model=deep} goes to three
 * updates of each side, and further.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ProtocolExplorerTest {
    private static final boolean DEEP = System.getProperty("wormhole.model", "").equals("deep");

    private static ProtocolExplorer explored(ProtocolExplorer.Bounds bounds) {
        ProtocolExplorer explorer = new ProtocolExplorer(bounds);
        try {
            explorer.run();
        } catch (AssertionError broken) {
            throw new AssertionError("within " + bounds, broken);
        }
        System.out.printf(
                "%s: %d states, %d of them quiet%n",
                bounds, explorer.states(), explorer.quietStates());
        return explorer;
    }

    @Test
    void threeUpdatesOfEachSideConvergeInEveryOrder() {
        assertThat(explored(new ProtocolExplorer.Bounds(3, DEEP ? 3 : 1, 0, 0)).states())
                .isGreaterThan(1_000);
    }

    @Test
    void updatesConvergeWhereverTheLinkBreaksOrASideCrashes() {
        assertThat(explored(new ProtocolExplorer.Bounds(DEEP ? 3 : 2, DEEP ? 4 : 2, 0, 0)).states())
                .isGreaterThan(1_000);
    }

    @Test
    void whatNeedNotBeOnTheDiskYetMayBeLostAtAnyMoment() {
        assertThat(
                        explored(new ProtocolExplorer.Bounds(DEEP ? 3 : 2, 1, 0, 0, DEEP ? 3 : 1))
                                .states())
                .isGreaterThan(1_000);
    }

    @Test
    void closingTogetherAndUpdatesDoNotGetInEachOthersWay() {
        assertThat(explored(new ProtocolExplorer.Bounds(DEEP ? 3 : 1, 1, 2, 0)).states())
                .isGreaterThan(1_000);
    }

    @Test
    void aSideThatComesBackFromItsOldestCopyConvergesOrKnowsThatItIsBehind() {
        assertThat(explored(new ProtocolExplorer.Bounds(DEEP ? 3 : 2, 1, 0, DEEP ? 2 : 1)).states())
                .isGreaterThan(1_000);
    }
}

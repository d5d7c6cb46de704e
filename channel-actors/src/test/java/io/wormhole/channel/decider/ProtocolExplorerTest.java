package io.wormhole.channel.decider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * All message orders and crash points up to a bound; {@code -Dwormhole.model=deep} goes to three
 * updates of each side everywhere, and further. How many states there are stands in {@code
 * docs/protocol/model}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ProtocolExplorerTest {
    private static final boolean DEEP = System.getProperty("wormhole.model", "").equals("deep");
    private static final ExplorerBounds TWO = ExplorerBounds.wishes(2);
    private static final ExplorerBounds THREE = ExplorerBounds.wishes(3);

    private static void explore(ExplorerBounds usual, ExplorerBounds deep) {
        ExplorerBounds bounds = DEEP ? deep : usual;
        ProtocolExplorer explorer = new ProtocolExplorer(bounds);
        try {
            explorer.run();
        } catch (AssertionError broken) {
            throw new AssertionError("within " + bounds, broken);
        }
        System.out.printf(
                "%s: %d states, %d of them quiet%n",
                bounds, explorer.states(), explorer.quietStates());
        assertThat(explorer.states()).isGreaterThan(1_000);
    }

    @Test
    void threeUpdatesOfEachSideConvergeInEveryOrder() {
        explore(THREE.breaks(2), THREE.breaks(8));
    }

    @Test
    void updatesConvergeWhereverTheLinkBreaksOrASideCrashes() {
        explore(TWO.breaks(4), THREE.breaks(3).losses(2).closes(1));
    }

    @Test
    void whatNeedNotBeOnTheDiskYetMayBeLostAtAnyMoment() {
        explore(THREE.losses(1), THREE.breaks(2).losses(3));
    }

    @Test
    void closingTogetherAndUpdatesDoNotGetInEachOthersWay() {
        explore(TWO.breaks(1).closes(2), THREE.breaks(3).closes(2));
    }

    @Test
    void aSideThatComesBackFromItsOldestCopyConvergesOrKnowsThatItIsBehind() {
        explore(TWO.breaks(1).restores(1), THREE.breaks(2).restores(2));
    }

    @Test
    void messagesThatOvertakeOthersComeTwiceOrAreLostDoNoHarmOnceTheLinkIsMadeAgain() {
        explore(THREE.disorders(1), THREE.breaks(1).disorders(2));
    }
}

package io.wormhole.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoOptionsTest {
    private static DemoOptions options(int count, int killWorker, String killNode, boolean cheat) {
        return new DemoOptions(
                count,
                Path.of("cup.gcode"),
                Optional.empty(),
                false,
                killWorker,
                Optional.of(killNode).filter(name -> !name.isEmpty()),
                cheat,
                false,
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "4,-1,'',false,'1 to 4, found -1'",
        "4,5,'',false,'1 to 4, found 5'",
        "4,0,zoe,false,'acme or bob'",
        "1,0,'',true,'two cups or more'",
        "4,2,'',true,'one of'",
        "4,2,bob,false,'one of'",
    })
    void whatCannotBeShownIsRefusedBeforeAnythingStarts(
            int count, int killWorker, String killNode, boolean cheat, String why) {
        assertThat(Demo.objection(options(count, killWorker, killNode, cheat)))
                .hasValueSatisfying(objection -> assertThat(objection).contains(why));
    }

    @Test
    void theWorkerMayCrashAtTheLastCup() {
        assertThat(Demo.objection(options(4, 4, "", false))).isEmpty();
    }
}

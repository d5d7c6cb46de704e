package io.wormhole.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.cli.CommandFailed;
import java.io.IOException;

/** What goes wrong on purpose, once, in mid-order. */
final class Disturbance {
    private final DemoOptions options;
    private final Shell shell;
    private final Site site;
    private final Stage stage;
    private final String channel;
    private boolean isAwaited;

    Disturbance(DemoOptions options, Shell shell, Site site, Stage stage, String channel) {
        this.options = options;
        this.shell = shell;
        this.site = site;
        this.stage = stage;
        this.channel = channel;
        this.isAwaited = options.killNode().isPresent() || options.cheat() || options.silent();
    }

    boolean isDue(JsonNode order) {
        int due = options.cheat() ? 1 : options.count() / 2;
        return isAwaited
                && order.path("phase").asText().equals("running")
                && order.path("delivered").asInt() >= due;
    }

    /** Returns whether the order is given up. */
    boolean happen() throws IOException, InterruptedException {
        isAwaited = false;
        if (options.cheat()) {
            String file = site.oldState().toString();
            String bob = site.data("bob").toString();
            shell.run("channel", "state", channel, "--out", file, "--data", bob);
        } else if (options.silent()) {
            shell.say("bob says nothing any more (SIGSTOP)");
            stage.signal("bob", "STOP");
        } else {
            String who = options.killNode().orElseThrow();
            shell.say("kill -9 " + who);
            stage.kill(who);
            stage.start(who);
            stage.awaitUp(who);
        }
        return options.silent();
    }

    /** Throws when the order was over too soon: then nothing was shown. */
    void requireHappened() {
        if (isAwaited) {
            throw new CommandFailed(
                    CommandFailed.REFUSED,
                    "the order was over before anything could go wrong: order more with --count");
        }
    }
}

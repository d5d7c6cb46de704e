package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.http.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes the copies of channels back. */
@Command(
        name = "restore",
        description = {
            "Takes the copies of channels back into this node; all channels are in doubt until"
                    + " their partners have said where they stand.",
            "A node that lost its data does not know where its partners are: `channel reach` links"
                    + " to those that do not come by themselves."
        },
        mixinStandardHelpOptions = true)
final class ChannelRestoreCommand implements Callable<Integer> {
    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description = "Folder or http(s) address (default: wormhole.channels.backup.to).")
    private @Nullable String from;

    @Mixin private NodeOptions options = new NodeOptions();

    @Override
    public Integer call() {
        ObjectNode request = Json.object();
        if (from != null) {
            request.put("from", from);
        }
        JsonNode done = options.node().post("channels/restore", request);
        options.print(done);
        boolean all = done.path("refused").isEmpty() && done.path("unreadable").isEmpty();
        return all ? 0 : 1;
    }
}

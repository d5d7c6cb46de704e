package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.http.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Links to a partner by name. */
@Command(
        name = "reach",
        description = {
            "Links to the partner of a name, now and after every start.",
            "For a node whose data were lost, so that it does not know where its partners are, and"
                    + " for a partner that has moved."
        },
        mixinStandardHelpOptions = true)
final class ChannelReachCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "A name, such as /acme/line7.")
    private String name = "";

    @Mixin private NodeOptions options = new NodeOptions();

    @Override
    public Integer call() {
        JsonNode partner = options.node().post("channels/reach", Json.object().put("with", name));
        options.print(
                partner,
                "linking to %s:%s"
                        .formatted(partner.path("host").asText(), partner.path("port").asText()));
        return 0;
    }
}

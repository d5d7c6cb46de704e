package io.wormhole.runtime.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.wormhole.channel.decider.Effect;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.runtime.notice.Webhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Timeout(30)
final class ChannelAlarmsTest {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelAlarmsTest.class);

    private static final ChannelId CHANNEL = new ChannelId(Hash.ofHex("ab".repeat(32)));

    @Test
    void whatPeopleShouldKnowAtOnceGoesToTheWebhook() throws IOException, InterruptedException {
        BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/alarm",
                exchange -> {
                    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        try {
            URI address =
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/alarm");
            ChannelAlarms alarms = alarms(Optional.of(address));

            alarms.told(CHANNEL, new Effect.TellDispute(true));
            alarms.told(CHANNEL, new Effect.TellReady());
            alarms.told(CHANNEL, new Effect.TellDispute(false));

            assertThat(bodies.poll(10, TimeUnit.SECONDS))
                    .contains(CHANNEL.toString())
                    .contains("\"alarm\":\"dispute\"");
            assertThat(alarms.count()).isEqualTo(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void withoutAWebhookAlarmsAreCountedAndLogged() {
        ChannelAlarms alarms = alarms(Optional.empty());

        alarms.told(CHANNEL, new Effect.TellLoss(3, 7));
        alarms.told(CHANNEL, new Effect.TellDoubt());

        assertThat(alarms.count()).isEqualTo(2);
    }

    private static ChannelAlarms alarms(Optional<URI> webhook) {
        return new ChannelAlarms(webhook.map(to -> Webhook.to(to, LOG)), LOG);
    }
}

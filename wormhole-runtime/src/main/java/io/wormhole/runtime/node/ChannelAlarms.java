package io.wormhole.runtime.node;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.decider.Effect;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.runtime.notice.Webhook;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Tells people what they should know of their channels at once, in the log, as a metric, and at an
 * address of theirs: a partner that closes alone, data that was lost, a channel in doubt.
 */
final class ChannelAlarms {
    private final Optional<Webhook> webhook;
    private final Logger log;
    private final AtomicLong count = new AtomicLong();

    ChannelAlarms(Optional<Webhook> webhook, Logger log) {
        this.webhook = webhook;
        this.log = log;
    }

    /** How many alarms there were since the start. */
    long count() {
        return count.get();
    }

    /** Raises an alarm if {@code notice} is one. */
    void told(ChannelId channel, Effect notice) {
        if (notice instanceof Effect.TellDispute dispute && !dispute.mine()) {
            raise(
                    channel,
                    "dispute",
                    "the partner closes alone; this node answers with the newest state");
        } else if (notice instanceof Effect.TellLoss loss) {
            raise(
                    channel,
                    "loss",
                    "this node knows state %d but signed state %d: data was lost"
                            .formatted(loss.knownNonce(), loss.provenNonce()));
        } else if (notice instanceof Effect.TellDoubt) {
            raise(
                    channel,
                    "in-doubt",
                    "restored from a copy: waits until the partner says where the channel stands");
        }
    }

    /** Raises an alarm about a watcher of this node, or about this node as a watcher. */
    void watching(PublicKey about, String what, String words) {
        raise("watcher", about.toString(), what, words);
    }

    private void raise(ChannelId channel, String what, String words) {
        raise("channel", channel.toString(), what, words);
    }

    private void raise(String kind, String name, String what, String words) {
        count.incrementAndGet();
        log.warn("{} {}: {}: {}", kind, name, what, words);
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put(kind, name)
                        .put("alarm", what)
                        .put("text", words);
        webhook.ifPresent(to -> to.tell(body));
    }
}

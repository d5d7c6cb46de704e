package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.runtime.node.WormholeNode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** For programs that compute steps themselves: a channel's memory, any update, a forced step. */
final class ChannelStepsApi extends JsonRoutes {

    private final WormholeNode node;

    ChannelStepsApi(WormholeNode node) {
        this.node = node;
    }

    Route route(ChannelId channel) {
        return concat(
                path("memory", () -> reads(() -> memory(channel))),
                path(
                        PathMatchers.segment("secrets").slash(PathMatchers.longSegment()),
                        after -> reads(() -> secrets(channel, new BlockHeight(after)))),
                path("update", () -> takes(text -> update(channel, text))),
                path("force", () -> takes(text -> force(channel, text))));
    }

    private CompletionStage<KnownChannel> known(ChannelId channel) {
        return node.channels()
                .inspect(channel)
                .thenApply(
                        memory -> {
                            if (memory instanceof KnownChannel known) {
                                return known;
                            }
                            throw ApiProblem.notFound("no channel " + channel).raised();
                        });
    }

    private CompletionStage<ObjectNode> memory(ChannelId channel) {
        return known(channel)
                .thenApply(
                        memory ->
                                Json.object()
                                        .put("channel", channel.toString())
                                        .put("phase", memory.phase())
                                        .put("memory", ChannelBytes.text(memory)));
    }

    // What partners say is in the memory; this is what the chain was shown.
    private CompletionStage<ObjectNode> secrets(ChannelId channel, BlockHeight after) {
        return known(channel)
                .thenCompose(memory -> node.channels().chainSecrets(channel, after))
                .thenCombine(
                        node.settlement().channel(channel, Certainty.FINAL),
                        (found, entry) -> {
                            ObjectNode view =
                                    Json.object()
                                            .put("channel", channel.toString())
                                            .put("readTo", found.readTo().value());
                            ArrayNode secrets = view.putArray("secrets");
                            found.secrets().forEach(secret -> secrets.add(secret.toHex()));
                            entry.ifPresent(it -> view.put("entry", it.encoded().toHex()));
                            return view;
                        });
    }

    private CompletionStage<ObjectNode> update(ChannelId channel, String text) {
        Json.Body body = Json.Body.parse(text, Set.of("name", "update"));
        Update update = CanonicalReader.decode(Bytes.ofHex(body.text("update")), Update::readFrom);
        String name = ChannelApi.once(body.text("name"), update.fingerprint().toHex());
        return known(channel)
                .thenCompose(memory -> node.channels().request(channel, name, update))
                .thenApply(answer -> completed(channel, answer));
    }

    private static ObjectNode completed(ChannelId channel, ChannelEntity.Answer answer) {
        if (answer instanceof ChannelEntity.Refused refused) {
            throw ApiProblem.refused("channel-refused", refused.reason()).raised();
        }
        long nonce = ((ChannelEntity.Completed) answer).nonce().value();
        return Json.object().put("channel", channel.toString()).put("nonce", nonce);
    }

    private CompletionStage<ObjectNode> force(ChannelId channel, String text) {
        Json.Body body = Json.Body.parse(text, Set.of("lock", "message"));
        ForcedStep step =
                new ForcedStep(
                        Long.parseLong(body.text("lock")), Bytes.ofHex(body.text("message")));
        return known(channel)
                .thenCompose(
                        memory ->
                                node.channels()
                                        .perform(
                                                channel,
                                                new ChannelAction.Dispute(Optional.of(step))))
                .thenApply(
                        answer -> {
                            if (answer instanceof ChannelEntity.Refused refused) {
                                throw ApiProblem.refused("channel-refused", refused.reason())
                                        .raised();
                            }
                            ChannelMemory memory = ((ChannelEntity.Done) answer).memory();
                            return Views.channel(channel, memory);
                        });
    }
}

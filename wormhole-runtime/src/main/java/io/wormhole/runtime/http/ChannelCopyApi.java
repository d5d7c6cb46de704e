package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.backup.Backup;
import io.wormhole.channel.backup.BackupStatus;
import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.runtime.node.WormholeNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.Route;

/** Copies of channels at a second place: how far they are, and taking them back. */
final class ChannelCopyApi extends JsonRoutes {
    private static final int AT_ONCE = 64;

    private final WormholeNode node;

    ChannelCopyApi(WormholeNode node) {
        this.node = node;
    }

    Route route() {
        return concat(
                path("backup", () -> reads(this::status)),
                path("restore", () -> takes(this::restore)));
    }

    private CompletionStage<ObjectNode> status() {
        return node.backup().status().thenApply(ChannelCopyApi::view);
    }

    private static ObjectNode view(Optional<BackupStatus> found) {
        ObjectNode view = Json.object().put("on", found.isPresent());
        found.ifPresent(
                status -> {
                    view.put("to", status.place())
                            .put("channels", status.channels())
                            .put("waiting", status.waiting())
                            .put("written", status.written());
                    status.failure().ifPresent(why -> view.put("failure", why));
                });
        return view;
    }

    // Whatever is known here may be as old as what is lost, so all of it is put in doubt.
    private CompletionStage<ObjectNode> restore(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("from"));
        return node.backup()
                .read(body.optionalText("from"))
                .thenCompose(
                        contents ->
                                node.channels()
                                        .channels()
                                        .thenCompose(known -> restore(contents, known)));
    }

    private CompletionStage<ObjectNode> restore(Backup.Contents contents, List<ChannelId> known) {
        if (contents.copies().isEmpty() && contents.unreadable().isEmpty()) {
            // A mistyped place must not put healthy channels in doubt.
            throw ApiProblem.refused(
                            "no-copies", "there are no copies of this operator's channels there")
                    .raised();
        }
        List<Step> steps = new ArrayList<>();
        Set<ChannelId> copied = new HashSet<>();
        for (KnownChannel copy : contents.copies()) {
            ChannelId channel = copy.party().id();
            copied.add(channel);
            steps.add(new Step(channel, () -> node.channels().takeBack(copy)));
        }
        for (ChannelId channel : known) {
            if (!copied.contains(channel)) {
                steps.add(
                        new Step(
                                channel,
                                () ->
                                        node.channels()
                                                .perform(channel, new ChannelAction.Restored())));
            }
        }
        ObjectNode view = Json.object();
        ArrayNode inDoubt = view.putArray("inDoubt");
        ArrayNode refused = view.putArray("refused");
        ArrayNode unreadable = view.putArray("unreadable");
        contents.unreadable().forEach(unreadable::add);
        return all(steps, 0, inDoubt, refused).thenApply(done -> view);
    }

    private record Step(ChannelId channel, Doing doing) {}

    private interface Doing {
        CompletionStage<ChannelEntity.Answer> run();
    }

    private static CompletionStage<Void> all(
            List<Step> steps, int from, ArrayNode inDoubt, ArrayNode refused) {
        if (from >= steps.size()) {
            return CompletableFuture.completedFuture(null);
        }
        List<Step> some = steps.subList(from, Math.min(steps.size(), from + AT_ONCE));
        List<CompletableFuture<ChannelEntity.Answer>> answers =
                some.stream().map(step -> step.doing().run().toCompletableFuture()).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenComposeAsync(
                        done -> {
                            for (int i = 0; i < some.size(); i++) {
                                String channel = some.get(i).channel().toString();
                                if (answers.get(i).join()
                                        instanceof ChannelEntity.Refused refusal) {
                                    refused.add(channel + ": " + refusal.reason());
                                } else {
                                    inDoubt.add(channel);
                                }
                            }
                            return all(steps, from + AT_ONCE, inDoubt, refused);
                        });
    }
}

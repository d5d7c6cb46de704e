package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.DoneRequests;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.trade.Customer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** Channels: open, show, close, dispute, keep a copy of the state. */
final class ChannelApi extends JsonRoutes {
    private static final int LONGEST_NAME = 128;
    private static final String ME = "me";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    // Whatever is no other route.
    private static final Pattern IDS = Pattern.compile("(?!(?:backup|restore|reach)$)[^/]+");

    private static final String PARTNER_AWAY =
            "the partner may be away, and the node still does it when it is back: look, or ask again"
                    + " by the same name";
    private static final String WITHOUT_PARTNER =
            "another update may wait for a partner that is away; if it stays away, dispute closes"
                    + " the channel without it";

    private final WormholeNode node;
    private final NodeReader reader;
    private final Customer customer;

    ChannelApi(WormholeNode node, NodeReader reader) {
        this.node = node;
        this.reader = reader;
        this.customer = new Customer(node);
    }

    Route route() {
        return pathPrefix(
                "channels",
                () ->
                        concat(
                                pathEndOrSingleSlash(
                                        () -> concat(reads(reader::channels), takes(this::open))),
                                path("reach", () -> takes(this::reach)),
                                new ChannelCopyApi(node).route(),
                                pathPrefix(PathMatchers.segment(IDS), this::one)));
    }

    private Route one(String id) {
        ChannelId channel = new ChannelId(Hash.ofHex(id));
        ChannelAction close = new ChannelAction.CloseTogether();
        ChannelAction dispute = new ChannelAction.Dispute(Optional.empty());
        return concat(
                pathEndOrSingleSlash(() -> reads(() -> reader.channel(channel))),
                path("close", () -> does(() -> perform(channel, close))),
                path("dispute", () -> does(() -> perform(channel, dispute))),
                path("deposit", () -> takes(text -> resize(channel, false, text))),
                path("withdraw", () -> takes(text -> resize(channel, true, text))),
                path("snapshot", () -> does(() -> perform(channel, new ChannelAction.Snapshot()))),
                path("trust", () -> does(() -> perform(channel, new ChannelAction.Trust()))),
                path("pay", () -> takes(text -> pay(channel, text))),
                path("state", () -> reads(() -> state(channel))),
                path("close-solo", () -> takes(text -> closeSolo(channel, text))),
                new ChannelStepsApi(node).route(channel));
    }

    private CompletionStage<ObjectNode> open(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("with", "deposit"));
        Name name = new Name(body.text("with"));
        Amount deposit = Amount.parse(body.text("deposit"));
        return customer.openChannel(name, deposit)
                .thenApply(
                        opening ->
                                Json.object()
                                        .put("id", opening.channel().toString())
                                        .put("phase", "proposed"));
    }

    private CompletionStage<ObjectNode> reach(String text) {
        Name name = new Name(Json.Body.parse(text, Set.of("with")).text("with"));
        return customer.reach(name)
                .thenApply(
                        partner ->
                                Json.object()
                                        .put("operator", partner.operator().toString())
                                        .put("host", partner.host())
                                        .put("port", partner.port()));
    }

    // Looks first, so that a mistyped id is told apart from a channel that cannot do it now.
    private CompletionStage<ObjectNode> perform(ChannelId channel, ChannelAction action) {
        return reader.channel(channel)
                .thenCompose(known -> node.channels().perform(channel, action))
                .exceptionally(failure -> late(failure, WITHOUT_PARTNER))
                .thenApply(
                        answer -> {
                            if (answer instanceof ChannelEntity.Refused refused) {
                                throw ApiProblem.refused("channel-refused", refused.reason())
                                        .raised();
                            }
                            return Views.channel(channel, ((ChannelEntity.Done) answer).memory());
                        });
    }

    // The same name and amount again is the same payment, whatever crashed in between.
    private CompletionStage<ObjectNode> pay(ChannelId channel, String text) {
        Json.Body body = Json.Body.parse(text, Set.of("amount", "name"));
        Amount amount = aboveZero(body.text("amount"));
        String name =
                body.optionalText("name")
                        .map(given -> once(given, amount.baseUnits()))
                        .orElseGet(() -> "pay-" + UUID.randomUUID());
        return reader.channel(channel)
                .thenCompose(
                        known ->
                                node.channels()
                                        .request(
                                                channel,
                                                name,
                                                Update.of(
                                                        new ChannelOperation.Pay(
                                                                known.path(ME).asInt(), amount))))
                .exceptionally(failure -> late(failure, PARTNER_AWAY))
                .thenApply(
                        answer -> {
                            if (answer instanceof ChannelEntity.Refused refused) {
                                throw ApiProblem.refused("channel-refused", refused.reason())
                                        .raised();
                            }
                            return Json.object()
                                    .put("channel", channel.toString())
                                    .put("paid", amount.toString())
                                    .put(
                                            "nonce",
                                            ((ChannelEntity.Completed) answer).nonce().value());
                        });
    }

    private static ChannelEntity.Answer late(Throwable failure, String hint) {
        throw ApiProblem.of(failure).status() == Problems.LATE.status()
                ? Problems.late(hint).raised()
                : new CompletionException(failure);
    }

    static Amount aboveZero(String text) {
        Amount amount = Amount.parse(text);
        if (amount.isZero()) {
            throw new IllegalArgumentException("an amount above zero is needed");
        }
        return amount;
    }

    static String once(String name, Object what) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a name has 1 to %d characters, not %d".formatted(LONGEST_NAME, name.length()));
        }
        return DoneRequests.ONCE + what + "/" + name;
    }

    private CompletionStage<ObjectNode> resize(ChannelId channel, boolean withdrawal, String text) {
        Amount amount = aboveZero(Json.Body.parse(text, Set.of("amount")).text("amount"));
        ChannelAction resize = new ChannelAction.Resize(withdrawal, amount);
        return withdrawal
                ? perform(channel, resize)
                : reader.channel(channel)
                        .thenCompose(known -> customer.requireFunds(amount))
                        .thenCompose(done -> perform(channel, resize));
    }

    private CompletionStage<ObjectNode> state(ChannelId channel) {
        return reader.channel(channel)
                .thenCompose(known -> customer.stateOf(channel))
                .thenApply(
                        state ->
                                Json.object()
                                        .put("channel", channel.toString())
                                        .put(
                                                "state",
                                                ApiProblem.require(
                                                                state,
                                                                () ->
                                                                        "nothing is co-signed that the"
                                                                                + " chain does not"
                                                                                + " know")
                                                        .toHex()));
    }

    // Publishes a state of the caller's choice; an old one can lose the channel to the partner's
    // watcher.
    private CompletionStage<ObjectNode> closeSolo(ChannelId channel, String text) {
        Json.Body body = Json.Body.parse(text, Set.of("state", "knowingItMayBeOld"));
        CoSignedState state =
                CanonicalReader.decode(Bytes.ofHex(body.text("state")), CoSignedState::readFrom);
        if (!body.flag("knowingItMayBeOld")) {
            throw new IllegalArgumentException(
                    "publishing an old state loses against the partner's newer one: set"
                            + " knowingItMayBeOld, or use dispute, which publishes the newest");
        }
        ChannelTransaction close = new ChannelTransaction.CloseSolo(channel, Optional.of(state));
        return reader.channel(channel)
                .thenCompose(
                        known ->
                                node.channels()
                                        .bring(
                                                channel + "/publish-" + state.nonce(),
                                                close,
                                                PATIENCE))
                .thenApply(ChainApi::payment);
    }
}

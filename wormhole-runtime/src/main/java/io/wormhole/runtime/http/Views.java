package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Closing;
import io.wormhole.channel.decider.Disputed;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Lost;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Resizing;
import io.wormhole.channel.decider.Standing;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.runtime.job.JobMemory;
import io.wormhole.runtime.job.JobView;
import io.wormhole.runtime.node.NetworkSide;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.order.ChannelNotice;
import io.wormhole.runtime.order.OrderView;
import io.wormhole.runtime.proto.CustomerOrder;
import io.wormhole.runtime.proto.OrderProgress;
import io.wormhole.settlement.node.ChainStatus;
import io.wormhole.settlement.node.LightStatus;
import io.wormhole.supervision.CrashReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** JSON views of what the node knows. */
final class Views {
    private Views() {}

    static ObjectNode chain(WormholeNode node) {
        return node.side() instanceof NetworkSide.Light light
                ? lightChain(node.settlement().network(), light.node().status())
                : chain(node.settlementNode().status());
    }

    /** The same fields where there is something to say, and what is known of the full nodes. */
    private static ObjectNode lightChain(NetworkId network, LightStatus status) {
        ObjectNode view = Json.object();
        view.put("network", network.toString());
        view.put("height", status.head().height().value());
        view.put("hash", status.head().hash().toHex());
        view.put("timeMillis", status.head().timeMillis());
        view.put("finalHeight", status.finalised().height().value());
        view.put("finalHash", status.finalised().hash().toHex());
        view.put(
                "finalityLag",
                status.head().height().value() - status.finalised().height().value());
        view.put("mining", false);
        view.put("voting", false);
        view.putArray("peers");
        ObjectNode light = view.putObject("light");
        light.put("servers", status.servers());
        light.put("answeredMillis", status.answeredMillis());
        ObjectNode liars = light.putObject("notBelieved");
        status.liars().forEach(liars::put);
        return view;
    }

    private static ObjectNode chain(ChainStatus status) {
        ObjectNode view = Json.object();
        view.put("network", status.network().toString());
        view.put("height", status.head().height().value());
        view.put("hash", status.headHash().toHex());
        view.put("timeMillis", status.head().timeMillis());
        view.put("finalHeight", status.finalHeight());
        view.put("finalHash", status.finalHash().toHex());
        view.put("finalityLag", status.finalityLag());
        view.put("justifiedEpoch", status.justified().epoch());
        view.put("mempool", status.waiting());
        view.put("syncing", status.headersWaiting());
        view.put("mining", status.mining());
        view.put("voting", status.voting());
        status.paused().ifPresent(why -> view.put("paused", why));
        status.clockDoubt().ifPresent(why -> view.put("clockDoubt", why));
        status.alarm().ifPresent(alarm -> view.put("alarm", alarm.toString()));
        ArrayNode peers = view.putArray("peers");
        status.peers()
                .forEach(
                        peer ->
                                peers.addObject()
                                        .put("key", peer.key().toString())
                                        .put("address", peer.address())
                                        .put("outbound", peer.isOutbound())
                                        .put("agent", peer.agent())
                                        .put("height", peer.height())
                                        .put("clockOffsetMillis", peer.clockOffsetMillis()));
        return view;
    }

    static ObjectNode account(String address, Optional<AccountEntry> entry) {
        ObjectNode view = Json.object().put("address", address).put("exists", entry.isPresent());
        Json.putAmount(view, "balance", entry.map(AccountEntry::balance).orElse(Amount.ZERO));
        entry.ifPresent(
                account ->
                        view.put("nonce", account.nonce().value())
                                .put("lastTouched", account.lastTouched().value()));
        return view;
    }

    static ObjectNode name(NameEntry entry) {
        ObjectNode view =
                Json.object()
                        .put("name", entry.name().path())
                        .put("owner", entry.owner().toString())
                        .put("expiresAt", entry.expiresAt().value());
        entry.wormhole()
                .ifPresent(
                        address ->
                                view.putObject("wormhole")
                                        .put("id", address.wormhole().toHex())
                                        .put("operator", address.operator().toString())
                                        .put("host", address.host())
                                        .put("port", address.port()));
        return view;
    }

    static ObjectNode channel(ChannelId id, ChannelMemory memory) {
        ObjectNode view = Json.object().put("id", id.toString()).put("phase", memory.phase());
        if (memory instanceof KnownChannel known) {
            view.put("me", known.party().me());
            ArrayNode participants = view.putArray("participants");
            for (Participant participant : known.party().terms().participants()) {
                Json.putAmount(
                        participants.addObject().put("address", participant.address().toString()),
                        "deposit",
                        participant.deposit());
            }
        }
        standing(memory).ifPresent(standing -> standing(view, standing));
        if (memory instanceof Open open && open.doubtful()) {
            view.put("inDoubt", true);
        }
        if (memory instanceof Open open && open.resize().isPresent()) {
            view.put("wishes", open.resize().get().name());
        }
        if (memory instanceof Resizing resizing) {
            view.put("waitsFor", resizing.resize().name());
        }
        if (memory instanceof Lost lost) {
            standing(view, lost.standing());
            view.put("provenNonce", lost.proof().nonce().value());
        }
        if (memory instanceof Ended ended) {
            amounts(view.putArray("payouts"), ended.payouts());
        }
        return view;
    }

    private static Optional<Standing> standing(ChannelMemory memory) {
        if (memory instanceof Open open) {
            return Optional.of(open.standing());
        } else if (memory instanceof Resizing resizing) {
            return Optional.of(resizing.standing());
        } else if (memory instanceof Closing closing) {
            return Optional.of(closing.standing());
        } else if (memory instanceof Disputed disputed) {
            return Optional.of(disputed.standing());
        }
        return Optional.empty();
    }

    private static void standing(ObjectNode view, Standing standing) {
        view.put("nonce", standing.nonce().value());
        state(view, standing.position().state());
        view.put("offerPending", standing.offer().isPresent());
        view.put("waitingForPartner", standing.pending().isPresent());
    }

    private static void state(ObjectNode view, ChannelState state) {
        amounts(view.putArray("balances"), state.balances());
        ArrayNode locks = view.putArray("locks");
        state.locks()
                .forEach(
                        lock ->
                                Json.putAmount(
                                        locks.addObject()
                                                .put("id", lock.lockId())
                                                .put("code", lock.codeHash().toHex()),
                                        "locked",
                                        lock.locked()));
    }

    private static void amounts(ArrayNode array, List<Amount> amounts) {
        amounts.forEach(amount -> array.add(amount.toString()));
    }

    static ObjectNode onChain(ChannelEntry entry) {
        ObjectNode view =
                Json.object()
                        .put("phase", entry.phase().name().toLowerCase(Locale.ROOT))
                        .put("nonce", entry.recorded().nonce().value())
                        .put("forced", entry.forced())
                        .put("closesAt", entry.closesAt().value())
                        .put("changedAt", entry.changedAt().value());
        boolean together =
                entry.phase() == ChannelEntry.Phase.CLOSED
                        && entry.closesAt().equals(BlockHeight.ZERO);
        if (!together) {
            // What both signed to close together is paid and not recorded.
            amounts(view.putArray("payouts"), entry.recorded().payouts());
        }
        return view;
    }

    static ObjectNode order(OrderView order) {
        CustomerOrder stored = order.order();
        ObjectNode view =
                Json.object()
                        .put("id", hex(stored.getOrder()))
                        .put("line", stored.getLine())
                        .put("channel", hex(stored.getChannel()))
                        .put("package", hex(stored.getPackageHash()))
                        .put("phase", stored.getPhase())
                        .put("count", stored.getCount())
                        .put("delivered", stored.getDelivered());
        if (stored.hasTerms()) {
            Json.putAmount(
                    view, "pricePerCup", Amount.of(stored.getTerms().getPricePerCupBaseUnits()));
        }
        if (!stored.getReason().isEmpty()) {
            view.put("reason", stored.getReason());
        }
        order.progress().ifPresent(progress -> view.set("inProduction", inProduction(progress)));
        return view;
    }

    private static ObjectNode inProduction(OrderProgress progress) {
        ObjectNode view =
                Json.object()
                        .put("cup", progress.getCup())
                        .put("linesDone", progress.getLinesDone())
                        .put("linesTotal", progress.getLinesTotal());
        return progress.getNote().isEmpty() ? view : view.put("waitsFor", progress.getNote());
    }

    static ObjectNode job(JobView seen) {
        JobMemory job = seen.memory();
        ObjectNode view =
                Json.object()
                        .put("order", job.order().toHex())
                        .put("channel", job.channel().toString())
                        .put("customer", job.customer().address().toString())
                        .put("device", job.accepted().getDevice())
                        .put("count", job.accepted().getCount())
                        .put("printed", job.printed())
                        .put("paid", job.paid())
                        .put("attempt", job.attempt())
                        .put("linesDone", job.acked())
                        .put("linesTotal", job.accepted().getProgramCommands())
                        .put("disputed", job.disputed());
        Json.putAmount(view, "pricePerCup", job.price());
        seen.waitsFor().ifPresent(why -> view.put("waitsFor", why));
        job.end()
                .ifPresent(end -> view.put("complete", end.complete()).put("reason", end.reason()));
        return view;
    }

    /** What happened in a channel, in a word that stays the same. */
    static ObjectNode notice(ChannelNotice notice) {
        ObjectNode view = Json.object().put("channel", notice.channel().toString());
        Effect effect = notice.notice();
        if (effect instanceof Effect.TellReady) {
            return view.put("what", "ready");
        } else if (effect instanceof Effect.TellOpenFailed failed) {
            return view.put("what", "open-failed").put("reason", failed.reason());
        } else if (effect instanceof Effect.TellCompleted completed) {
            return view.put("what", "update-completed")
                    .put("nonce", completed.position().state().nonce().value());
        } else if (effect instanceof Effect.TellDropped dropped) {
            return view.put("what", "update-dropped").put("reason", dropped.reason());
        } else if (effect instanceof Effect.TellPartnerUpdate update) {
            return view.put("what", "partner-update")
                    .put("nonce", update.position().state().nonce().value());
        } else if (effect instanceof Effect.TellCloseFailed failed) {
            return view.put("what", "close-failed").put("reason", failed.reason());
        } else if (effect instanceof Effect.TellResizeFailed failed) {
            return view.put("what", "resize-failed").put("reason", failed.reason());
        } else if (effect instanceof Effect.TellDispute dispute) {
            return view.put("what", "dispute").put("mine", dispute.mine());
        } else if (effect instanceof Effect.TellLoss loss) {
            return view.put("what", "loss")
                    .put("knownNonce", loss.knownNonce())
                    .put("provenNonce", loss.provenNonce());
        } else if (effect instanceof Effect.TellDoubt) {
            return view.put("what", "in-doubt");
        } else if (effect instanceof Effect.TellEnded ended) {
            amounts(view.putArray("payouts"), ended.payouts());
            return view.put("what", "ended");
        }
        return view.put("what", "changed");
    }

    /** What a supervisor reported. */
    static ObjectNode crash(CrashReport report) {
        return Json.object()
                .put("path", report.path())
                .put("kind", report.kind().name().toLowerCase(Locale.ROOT))
                .put("reason", report.reason().describe())
                .put("restarts", report.restarts());
    }

    static String hex(ByteString field) {
        return Bytes.of(field.toByteArray()).toHex();
    }
}

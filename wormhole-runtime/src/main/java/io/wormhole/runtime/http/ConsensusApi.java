package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.consensus.Validator;
import io.wormhole.settlement.node.ChainStatus;
import io.wormhole.settlement.node.SettlementNode;
import io.wormhole.settlement.store.StoredBlock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** Finality, validators and the tree of blocks, for operators and the explorer. */
final class ConsensusApi extends JsonRoutes {
    private static final int BLOCKS_SHOWN = 60;
    private static final int HEADERS_SHOWN = 50;

    private final WormholeNode node;

    ConsensusApi(WormholeNode node) {
        this.node = node;
    }

    private SettlementNode settlement() {
        return node.settlementNode();
    }

    Route route() {
        return pathPrefix(
                "consensus",
                () ->
                        concat(
                                path("finality", () -> reads(this::finality)),
                                path("validators", () -> reads(this::validators)),
                                path("tree", () -> reads(this::tree)),
                                path(
                                        PathMatchers.segment("channels")
                                                .slash(PathMatchers.segment()),
                                        id -> reads(() -> channel(id))),
                                path(
                                        PathMatchers.segment("headers")
                                                .slash(PathMatchers.longSegment()),
                                        from -> reads(() -> headers(from)))));
    }

    private CompletionStage<ObjectNode> finality() {
        return settlement().finality().thenApply(state -> finality(settlement().status(), state));
    }

    private ObjectNode finality(ChainStatus status, FinalityState state) {
        FinalityRules rules = settlement().genesis().parameters().finality();
        ObjectNode view = Json.object();
        view.put("height", status.head().height().value());
        view.put("finalHeight", status.finalHeight());
        view.put("finalHash", status.finalHash().toHex());
        view.put("lagBlocks", status.finalityLag());
        view.put("epochLength", rules.epochLength());
        view.put("epoch", state.epoch());
        view.set("justified", checkpoint(state.justified()));
        view.set("finalised", checkpoint(state.finalised()));
        view.put("dynasty", state.progress().dynasty());
        view.put("voted", state.votes().voters().size());
        Json.putAmount(view, "stake", state.validators().total());
        status.alarm().ifPresent(alarm -> view.put("alarm", alarm.toString()));
        return view;
    }

    private static ObjectNode checkpoint(Checkpoint checkpoint) {
        return Json.object()
                .put("epoch", checkpoint.epoch())
                .put("hash", checkpoint.blockHash().toHex());
    }

    private CompletionStage<ObjectNode> validators() {
        return settlement()
                .finality()
                .thenApply(
                        state -> {
                            ArrayNode all = Json.array();
                            state.validators()
                                    .all()
                                    .forEach(validator -> all.add(validator(validator, state)));
                            return Json.object()
                                    .put("dynasty", state.progress().dynasty())
                                    .put("epoch", state.epoch())
                                    .set("validators", all);
                        });
    }

    private static ObjectNode validator(Validator validator, FinalityState state) {
        ObjectNode view = Json.object().put("address", validator.address().toString());
        Json.putAmount(view, "stake", validator.deposit());
        view.put("status", status(validator, state));
        view.put("voted", state.votes().voters().contains(validator.address()));
        putKnown(view, "activeFromDynasty", validator.activeFrom());
        putKnown(view, "activeUntilDynasty", validator.activeUntil());
        putKnown(view, "withdrawableFromEpoch", validator.withdrawableFrom());
        return view;
    }

    private static String status(Validator validator, FinalityState state) {
        if (validator.isActiveIn(state.progress().dynasty())) {
            return validator.isLeaving() ? "leaving" : "active";
        }
        return validator.activeFrom() == Validator.NEVER && !validator.isLeaving()
                ? "joining"
                : "left";
    }

    private static void putKnown(ObjectNode view, String name, long moment) {
        if (moment != Validator.NEVER) {
            view.put(name, moment);
        }
    }

    /** A channel of anybody, as the final state holds it. */
    private CompletionStage<ObjectNode> channel(String id) {
        return settlement()
                .settlement()
                .channel(new ChannelId(Hash.ofHex(id)), Certainty.FINAL)
                .thenApply(
                        found ->
                                Views.onChain(
                                        ApiProblem.require(
                                                found, () -> "no channel " + id + " is final")));
    }

    /** The newest blocks of all forks, with what is justified and final. */
    private CompletionStage<ObjectNode> tree() {
        ChainStatus status = settlement().status();
        long from = Math.max(0, status.head().height().value() - BLOCKS_SHOWN);
        return settlement().tree(from).thenApply(blocks -> tree(status, blocks));
    }

    private ObjectNode tree(ChainStatus status, List<StoredBlock> blocks) {
        ArrayNode all = Json.array();
        for (StoredBlock block : blocks) {
            all.addObject()
                    .put("hash", block.index().hash().toHex())
                    .put("parent", block.index().parent().toHex())
                    .put("height", block.index().height())
                    .put("timeMillis", block.header().timeMillis())
                    .put("producer", block.header().producer().toString())
                    .put("justifiedEpoch", block.index().justified().epoch());
        }
        ObjectNode view =
                Json.object()
                        .put("head", status.headHash().toHex())
                        .put("finalHash", status.finalHash().toHex())
                        .put("finalHeight", status.finalHeight())
                        .put("justifiedHash", status.justified().blockHash().toHex())
                        .put(
                                "epochLength",
                                settlement().genesis().parameters().finality().epochLength());
        return view.set("blocks", all);
    }

    private CompletionStage<ObjectNode> headers(long from) {
        return settlement()
                .headers(Math.max(0, from), HEADERS_SHOWN)
                .thenApply(
                        headers -> {
                            ArrayNode all = Json.array();
                            headers.forEach(
                                    header ->
                                            all.addObject()
                                                    .put("height", header.height().value())
                                                    .put("hash", header.hash().toHex())
                                                    .put("timeMillis", header.timeMillis())
                                                    .put("producer", header.producer().toString()));
                            return Json.object().set("headers", all);
                        });
    }
}

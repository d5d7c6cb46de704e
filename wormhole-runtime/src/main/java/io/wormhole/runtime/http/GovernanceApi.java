package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.transaction.GovernanceTransaction;
import io.wormhole.protocol.transaction.StakeTransaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.governance.GovernanceState;
import io.wormhole.settlement.governance.GovernedParameter;
import io.wormhole.settlement.governance.Proposal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.Route;

/** The parameters of the network, the votes on them, and the operator's own stake. */
final class GovernanceApi extends JsonRoutes {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final WormholeNode node;

    GovernanceApi(WormholeNode node) {
        this.node = node;
    }

    Route route() {
        return concat(
                pathPrefix(
                        "governance",
                        () ->
                                concat(
                                        path("parameters", () -> reads(this::parameters)),
                                        path("proposals", () -> takes(this::propose)),
                                        path("votes", () -> takes(this::vote)))),
                path("stake", () -> takes(this::stake)));
    }

    private CompletionStage<ObjectNode> parameters() {
        return node.settlementNode()
                .finality()
                .thenCombine(node.settlementNode().governance(), this::view);
    }

    private ObjectNode view(FinalityState finality, GovernanceState state) {
        NetworkParameters genesis = node.settlementNode().genesis().parameters();
        NetworkParameters now = state.applyTo(genesis);
        ArrayNode all = Json.array();
        for (GovernedParameter parameter : GovernedParameter.values()) {
            ObjectNode view =
                    all.addObject()
                            .put("parameter", parameter.id())
                            .put("value", parameter.valueIn(now))
                            .put("genesis", parameter.valueIn(genesis))
                            .put("minimum", parameter.minimum())
                            .put("maximum", parameter.maximum());
            Optional.ofNullable(state.proposals().get(parameter))
                    .ifPresent(open -> view.set("proposal", view(open, finality)));
        }
        return Json.object().put("epoch", finality.epoch()).set("parameters", all);
    }

    private static ObjectNode view(Proposal proposal, FinalityState finality) {
        ObjectNode view =
                Json.object()
                        .put("value", proposal.value())
                        .put("proposer", proposal.proposer().toString())
                        .put("openedEpoch", proposal.openedEpoch())
                        .put("tallyEpoch", proposal.openedEpoch() + GovernanceState.VOTING_EPOCHS)
                        .put("open", proposal.isOpen());
        Json.putAmount(view, "yes", proposal.stakeFor(true, finality.currentSet()));
        Json.putAmount(view, "no", proposal.stakeFor(false, finality.currentSet()));
        if (proposal.activeFrom() != Proposal.NOT_YET) {
            view.put("activeFromEpoch", proposal.activeFrom());
        }
        return view;
    }

    private CompletionStage<ObjectNode> propose(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("parameter", "value"));
        return bring(
                new GovernanceTransaction.Propose(
                        body.text("parameter"), number("value", body.text("value"))));
    }

    private CompletionStage<ObjectNode> vote(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("parameter", "value", "vote"));
        String vote = body.text("vote");
        if (!vote.equals("yes") && !vote.equals("no")) {
            throw new IllegalArgumentException("vote is " + vote + ", allowed is yes or no");
        }
        return bring(
                new GovernanceTransaction.Vote(
                        body.text("parameter"),
                        number("value", body.text("value")),
                        vote.equals("yes")));
    }

    private CompletionStage<ObjectNode> stake(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("action", "amount"));
        return bring(
                switch (body.text("action")) {
                    case "deposit" ->
                            new StakeTransaction.Deposit(
                                    Amount.parse(body.optionalText("amount").orElse("")));
                    case "logout" -> new StakeTransaction.Logout();
                    case "withdraw" -> new StakeTransaction.Withdraw();
                    default ->
                            throw new IllegalArgumentException(
                                    "action is %s, allowed is deposit, logout or withdraw"
                                            .formatted(body.text("action")));
                });
    }

    private CompletionStage<ObjectNode> bring(TransactionBody body) {
        return node.channels()
                .bring("governance/" + UUID.randomUUID(), body, PATIENCE)
                .thenApply(ChainApi::payment);
    }
}

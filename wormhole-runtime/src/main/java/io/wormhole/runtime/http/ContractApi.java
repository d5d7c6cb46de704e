package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.wallet.Payment;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.contract.assurance.CrowdfundingAccount;
import io.wormhole.isa.contract.assurance.CrowdfundingState;
import io.wormhole.isa.contract.assurance.ShownAnswer;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.isa.value.ValueText;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.ContractTransaction;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.trade.AnswerDeals;
import io.wormhole.runtime.trade.ChainContracts;
import io.wormhole.runtime.trade.ContractLiterals;
import io.wormhole.settlement.genesis.BlockLimits;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** Contracts in accounts of the chain, of whatever code: make, show, call. */
final class ContractApi extends JsonRoutes {
    private static final GasLimit USUAL = new GasLimit(20_000_000, 200_000);

    private final WormholeNode node;
    private final ChainContracts contracts;

    ContractApi(WormholeNode node) {
        this.node = node;
        this.contracts = new ChainContracts(node);
    }

    Route route() {
        return pathPrefix(
                "contracts",
                () ->
                        concat(
                                pathEndOrSingleSlash(() -> takes(this::create)),
                                pathPrefix(PathMatchers.segment(), this::one)));
    }

    private Route one(String contract) {
        return concat(
                pathEndOrSingleSlash(() -> reads(() -> show(contract))),
                path("call", () -> takes(text -> call(contract, text))));
    }

    private ContractLiterals literals() {
        return new ContractLiterals(
                node.operator().address(), node.settlementNode().status().head().height());
    }

    private CompletionStage<ObjectNode> create(String text) {
        Json.Body body =
                Json.Body.parse(text, Set.of("code", "terms", "state", "amount", "request"));
        ContractCode code = ContractCode.load(Bytes.ofHex(body.text("code")));
        ContractLiterals literals = literals();
        ContractTransaction.Create create =
                new ContractTransaction.Create(
                        Bytes.ofHex(body.text("code")),
                        encoded("terms", literals.read(body.text("terms"), "terms")),
                        encoded("state", literals.read(body.text("state"), "state")),
                        amount(body));
        return contracts
                .create("contract/create/" + request(body), create)
                .thenApply(
                        made ->
                                Json.object()
                                        .put("contract", made.toString())
                                        .put("codeHash", code.hash().toHex()));
    }

    private static Bytes encoded(String field, Value value) {
        Bytes bytes = ValueCodec.encode(value);
        if (bytes.size() > ContractTransaction.MAXIMUM_SIZE) {
            throw new IllegalArgumentException(
                    "%s has %d bytes, allowed are %d"
                            .formatted(field, bytes.size(), ContractTransaction.MAXIMUM_SIZE));
        }
        return bytes;
    }

    private static Amount amount(Json.Body body) {
        return body.optionalText("amount").map(Amount::parse).orElse(Amount.ZERO);
    }

    // The caller's own name for it: the same again is not done twice.
    private static String request(Json.Body body) {
        return body.optionalText("request").orElseGet(() -> UUID.randomUUID().toString());
    }

    private CompletionStage<ObjectNode> show(String text) {
        Address contract = Address.parse(text);
        return contracts
                .find(contract)
                .thenApply(
                        found ->
                                view(
                                        contract,
                                        ApiProblem.require(
                                                found, () -> "there is no contract at " + text)));
    }

    private static ObjectNode view(Address contract, ChainContracts.Standing standing) {
        Hash code = standing.entry().codeHash();
        ObjectNode view =
                Json.object().put("contract", contract.toString()).put("codeHash", code.toHex());
        Json.putAmount(view, "balance", standing.balance());
        TupleValue both = (TupleValue) ValueCodec.decode(standing.entry().state());
        view.put("terms", ValueText.print(both.get(0))).put("state", ValueText.print(both.get(1)));
        if (code.equals(CrowdfundingAccount.codeHash())) {
            crowdfunding(standing)
                    .ifPresent(known -> view.set("crowdfunding", view(known, standing.balance())));
        }
        return view;
    }

    /** Whoever makes an account chooses its first state, and may choose any. */
    private static Optional<CrowdfundingState> crowdfunding(ChainContracts.Standing standing) {
        try {
            return Optional.of(CrowdfundingState.read(standing.entry().state()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static ObjectNode view(CrowdfundingState state, Amount balance) {
        ObjectNode view =
                Json.object()
                        .put("question", state.terms().question().toString())
                        .put("entrepreneur", state.terms().entrepreneur().toString());
        Json.putAmount(view, "goal", state.terms().goal());
        Json.putAmount(view, "pledged", state.pledged());
        Json.putAmount(view, "leastPledge", state.terms().leastPledge());
        Json.putAmount(view, "due", state.due());
        view.put("bonusPpm", state.terms().bonusPpm())
                .put("deadline", state.terms().deadline().value())
                .put("expiry", state.terms().expiry().value())
                .put("outcome", state.outcome().name().toLowerCase(Locale.ROOT))
                .put("covered", state.isCoveredBy(balance));
        ArrayNode pledges = view.putArray("pledges");
        Map<String, Amount> ordered = new TreeMap<>();
        state.pledges().forEach((who, pledge) -> ordered.put(who.toString(), pledge));
        ordered.forEach(
                (who, pledge) ->
                        Json.putAmount(pledges.addObject().put("by", who), "amount", pledge));
        return view;
    }

    private CompletionStage<ObjectNode> call(String address, String text) {
        Address contract = Address.parse(address);
        Json.Body body =
                Json.Body.parse(
                        text, Set.of("message", "answer", "amount", "time", "space", "request"));
        Amount amount = amount(body);
        GasLimit gas = gas(body);
        String purpose = "contract/call/%s/%s".formatted(contract, request(body));
        return message(body)
                .thenCompose(
                        payload ->
                                contracts.call(
                                        purpose,
                                        contract,
                                        gas,
                                        standing ->
                                                new ContractTransaction.Call(
                                                        contract, amount, payload)))
                .thenCompose(settled -> outcome(contract, settled));
    }

    private GasLimit gas(Json.Body body) {
        BlockLimits limits = node.settlementNode().genesis().parameters().limits();
        return new GasLimit(
                body.optionalNumber("time", 1, limits.maximumGas()).orElse(USUAL.time()),
                body.optionalNumber("space", 1, limits.maximumSpace()).orElse(USUAL.space()));
    }

    private CompletionStage<Bytes> message(Json.Body body) {
        Optional<String> message = body.optionalText("message");
        Optional<String> question = body.optionalText("answer");
        if (message.isPresent() == question.isPresent()) {
            throw new IllegalArgumentException("either message or answer is needed");
        }
        if (message.isPresent()) {
            return CompletableFuture.completedFuture(
                    encoded("message", literals().read(message.get(), "message")));
        }
        OracleId oracle = new OracleId(Hash.ofHex(question.orElseThrow()));
        return AnswerDeals.finalAnswer(node, oracle).thenApply(ShownAnswer::message);
    }

    private CompletionStage<ObjectNode> outcome(Address contract, Payment.Settled settled) {
        return contracts
                .refused(contract, settled)
                .thenApply(
                        refused -> {
                            if (refused.isPresent()) {
                                throw ApiProblem.refused(
                                                "contract-refused",
                                                "in block %s the contract refused it: %s"
                                                        .formatted(settled.height(), refused.get()))
                                        .raised();
                            }
                            return ChainApi.payment(settled);
                        });
    }
}

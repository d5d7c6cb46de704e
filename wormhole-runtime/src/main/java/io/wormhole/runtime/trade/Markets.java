package io.wormhole.runtime.trade;

import io.wormhole.channel.wallet.Payment;
import io.wormhole.isa.contract.market.MarketState;
import io.wormhole.isa.contract.market.PredictionMarket;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.ContractTransaction;
import io.wormhole.runtime.node.WormholeNode;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Prediction markets on the chain, as one node's operator uses them. */
public final class Markets {
    private final WormholeNode node;
    private final ChainContracts contracts;

    /** The markets that {@code node} can reach. */
    public Markets(WormholeNode node) {
        this.node = node;
        this.contracts = new ChainContracts(node);
    }

    /**
     * Makes a market; done when it is final.
     *
     * @param request the caller's own name for it; asked again under it, it is made once
     */
    public CompletionStage<Address> create(String request, OracleId question, Amount unit) {
        return contracts.create(
                "market/create/" + request, PredictionMarket.create(question, unit));
    }

    /** What a market holds now. */
    public CompletionStage<MarketState> show(Address market) {
        return contracts
                .find(market)
                .thenApply(
                        found ->
                                found.filter(Markets::isMarket).orElseThrow(() -> noMarket(market)))
                .thenApply(standing -> MarketState.read(standing.entry().state()));
    }

    private static boolean isMarket(ChainContracts.Standing standing) {
        return standing.entry().codeHash().equals(PredictionMarket.codeHash());
    }

    private static Customer.NotPossible noMarket(Address market) {
        return new Customer.NotPossible("there is no prediction market at " + market);
    }

    /** Shows a market the final answer; for {@code request} see {@link #send}. */
    public CompletionStage<Payment.Settled> answer(String request, Address market) {
        return show(market)
                .thenCompose(state -> AnswerDeals.finalAnswer(node, state.question()))
                .thenCompose(
                        proof ->
                                send(
                                        request,
                                        market,
                                        state -> PredictionMarket.answer(market, proof)));
    }

    /**
     * Sends a message that the market takes as it stands; done when it is final.
     *
     * @param request the caller's own name for it: the same again is the same message
     */
    public CompletionStage<Payment.Settled> send(
            String request,
            Address market,
            Function<MarketState, ContractTransaction.Call> message) {
        return contracts.call(
                "market/call/%s/%s".formatted(market, request),
                market,
                PredictionMarket.GAS,
                standing -> sound(market, standing, message));
    }

    private static ContractTransaction.Call sound(
            Address market,
            ChainContracts.Standing standing,
            Function<MarketState, ContractTransaction.Call> message) {
        if (!isMarket(standing)) {
            throw noMarket(market);
        }
        MarketState state = MarketState.read(standing.entry().state());
        ContractTransaction.Call call = message.apply(state);
        if (!call.amount().isZero() && !state.isCoveredBy(standing.balance())) {
            throw new Customer.NotPossible(
                    "%s does not hold what its shares are worth: whoever made it cheats"
                            .formatted(market));
        }
        return call;
    }
}

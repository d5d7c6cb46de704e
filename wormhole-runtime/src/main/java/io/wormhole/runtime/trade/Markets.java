package io.wormhole.runtime.trade;

import io.wormhole.channel.wallet.Payment;
import io.wormhole.isa.contract.AccountCall;
import io.wormhole.isa.contract.AccountMessage;
import io.wormhole.isa.contract.AccountOutcome;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.contract.market.MarketState;
import io.wormhole.isa.contract.market.PredictionMarket;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.ContractEntry;
import io.wormhole.protocol.transaction.ContractTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.settlement.ledger.LedgerKeys;
import io.wormhole.settlement.ledger.StateTree;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Prediction markets on the chain, as one node's operator uses them. */
public final class Markets {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final WormholeNode node;

    /** The markets that {@code node} can reach. */
    public Markets(WormholeNode node) {
        this.node = node;
    }

    /**
     * Makes a market; done when it is final.
     *
     * @param request the caller's own name for it; asked again under it, it is made once
     */
    public CompletionStage<Address> create(String request, OracleId question, Amount unit) {
        return node.channels()
                .bring(
                        "market/create/" + request,
                        PredictionMarket.create(question, unit),
                        PATIENCE)
                .thenApply(Markets::requireTaken)
                .thenCompose(settled -> node.settlement().inclusionProof(settled.transaction()))
                .thenApply(Markets::address);
    }

    private static Payment.Settled requireTaken(Payment payment) {
        if (payment instanceof Payment.Abandoned refused) {
            throw new Customer.NotPossible(refused.code() + ": " + refused.reason());
        }
        return (Payment.Settled) payment;
    }

    private static Address address(Optional<InclusionProof> proof) {
        Transaction made =
                proof.orElseThrow(() -> new Customer.NotPossible("the block is pruned"))
                        .transaction()
                        .transaction();
        return ContractTransaction.Create.address(made.sender().address(), made.nonce());
    }

    /** What a market holds now. */
    public CompletionStage<MarketState> show(Address market) {
        return state(market).thenApply(MarketState::read);
    }

    private CompletionStage<Bytes> state(Address market) {
        return node.settlementNode()
                .proveEntry(
                        ledger -> ledger.prove(StateTree.ACCOUNTS, LedgerKeys.contract(market)),
                        Certainty.TENTATIVE)
                .thenApply(
                        proven ->
                                proven.proof()
                                        .verify(proven.header().roots())
                                        .proven()
                                        .map(
                                                entry ->
                                                        CanonicalReader.decode(
                                                                entry, ContractEntry::readFrom))
                                        .filter(
                                                entry ->
                                                        entry.codeHash()
                                                                .equals(
                                                                        PredictionMarket
                                                                                .codeHash()))
                                        .map(ContractEntry::state)
                                        .orElseThrow(
                                                () ->
                                                        new Customer.NotPossible(
                                                                "there is no prediction market at "
                                                                        + market)));
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
        return state(market)
                .thenCombine(node.settlement().finalAnswers(), Sight::new)
                .thenCombine(
                        node.settlement().account(market, Certainty.TENTATIVE),
                        (sight, account) -> {
                            ContractTransaction.Call call =
                                    message.apply(MarketState.read(sight.state()));
                            requireTakes(sight, account, call);
                            return call;
                        })
                .thenCompose(call -> bring(request, call))
                .thenApply(Markets::requireTaken);
    }

    private record Sight(Bytes state, List<Hash> answers) {}

    /** What the contract would refuse is not paid for. */
    private void requireTakes(
            Sight sight, Optional<AccountEntry> account, ContractTransaction.Call call) {
        Amount balance = account.map(AccountEntry::balance).orElse(Amount.ZERO);
        boolean isSound = MarketState.read(sight.state()).isCoveredBy(balance);
        if (!isSound && !call.amount().isZero()) {
            throw new Customer.NotPossible(
                    "%s does not hold what its shares are worth: whoever made it cheats"
                            .formatted(call.contract()));
        }
        AccountOutcome outcome =
                AccountCall.run(
                        ContractCode.load(PredictionMarket.code()),
                        sight.state(),
                        new AccountMessage(
                                node.operator().address(),
                                node.settlementNode().status().head().height().next(),
                                balance.plus(call.amount()),
                                call.payload(),
                                call.amount(),
                                sight.answers()),
                        PredictionMarket.GAS);
        if (outcome instanceof AccountOutcome.Refused refused) {
            throw new Customer.NotPossible("the market refuses it: " + refused.detail());
        }
    }

    private CompletionStage<Payment> bring(String request, ContractTransaction.Call call) {
        String purpose = "market/call/%s/%s".formatted(call.contract(), request);
        return node.channels().bring(purpose, call, PredictionMarket.GAS, PATIENCE);
    }
}

package io.wormhole.settlement.node;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.Following;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.settlement.LedgerObserver;
import io.wormhole.protocol.settlement.QuestionBook;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.settlement.SettlementHead;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The settlement port on a light node: all that it says of the chain is proven. A read fails when
 * no server proves an answer.
 */
final class LightSettlement implements Settlement, QuestionBook {
    private final LightNode node;

    LightSettlement(LightNode node) {
        this.node = node;
    }

    @Override
    public NetworkId network() {
        return node.genesis().networkId();
    }

    @Override
    public Amount gasPrice() {
        return node.gasPrice();
    }

    @Override
    public CompletionStage<SettlementHead> head() {
        LightStatus status = node.status();
        return CompletableFuture.completedFuture(
                new SettlementHead(
                        status.head().height(),
                        status.head().hash(),
                        status.finalised().height(),
                        status.finalised().hash()));
    }

    @Override
    public CompletionStage<Submission> submit(SignedTransaction transaction) {
        return node.onThread(() -> node.submit(transaction));
    }

    @Override
    public CompletionStage<TransactionStatus> transaction(Hash id) {
        return node.onThread(() -> node.reading().transaction(id, node.own()));
    }

    @Override
    public CompletionStage<Optional<InclusionProof>> inclusionProof(Hash id) {
        return node.onThread(() -> node.client().inclusion(id));
    }

    @Override
    public CompletionStage<Optional<AccountEntry>> account(Address address, Certainty certainty) {
        return node.onThread(() -> node.reading().account(address, certainty));
    }

    @Override
    public CompletionStage<Nonce> nextNonce(Address address) {
        return node.onThread(
                () ->
                        node.own()
                                .next(
                                        address,
                                        node.reading()
                                                .account(address, Certainty.TENTATIVE)
                                                .map(AccountEntry::nonce)
                                                .orElse(Nonce.ZERO)));
    }

    @Override
    public CompletionStage<Optional<ChannelEntry>> channel(ChannelId channel, Certainty certainty) {
        return node.onThread(() -> node.reading().channel(channel, certainty));
    }

    @Override
    public CompletionStage<List<Hash>> finalAnswers() {
        return node.onThread(() -> node.reading().finalAnswers());
    }

    @Override
    public CompletionStage<Optional<NameEntry>> name(Name name, Certainty certainty) {
        return node.onThread(() -> node.reading().name(name, certainty));
    }

    @Override
    public CompletionStage<Optional<Standing>> question(OracleId oracle, Certainty certainty) {
        return node.onThread(() -> node.reading().question(oracle, certainty));
    }

    /** Fails: that there is no further question cannot be proven question by question. */
    @Override
    public CompletionStage<List<Question>> openQuestions(Optional<OracleId> after, int limit) {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException(
                        "a light node cannot list all open questions: ask a full node"));
    }

    @Override
    public Following follow(BlockHeight after, LedgerObserver observer) {
        return node.follow(after, observer);
    }
}

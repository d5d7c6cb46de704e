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
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.chain.Follower;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.OpenQuestions;
import io.wormhole.settlement.store.Inclusion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The settlement port on a running node. */
final class NodeSettlement implements Settlement, QuestionBook {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final RunningParts parts;

    NodeSettlement(RunningParts parts) {
        this.parts = parts;
    }

    @Override
    public NetworkId network() {
        return parts.genesis().networkId();
    }

    @Override
    public Amount gasPrice() {
        return parts.view()
                .get()
                .headLedger()
                .governance()
                .applyTo(parts.genesis().parameters())
                .minimumGasPrice();
    }

    @Override
    public CompletionStage<SettlementHead> head() {
        ChainView view = parts.view().get();
        return CompletableFuture.completedFuture(
                new SettlementHead(
                        new BlockHeight(view.head().index().height()),
                        view.head().index().hash(),
                        new BlockHeight(view.finalBlock().index().height()),
                        view.finalBlock().index().hash()));
    }

    @Override
    public CompletionStage<Submission> submit(SignedTransaction transaction) {
        return ask(replyTo -> new ChainActor.Submit(transaction, replyTo));
    }

    @Override
    public CompletionStage<TransactionStatus> transaction(Hash id) {
        CompletionStage<ChainActor.Waiting> waiting =
                ask(replyTo -> new ChainActor.AskWaiting(List.of(id), replyTo));
        return waiting.thenApplyAsync(
                found ->
                        found.transactions().isEmpty()
                                ? inclusion(id)
                                : new TransactionStatus.Pending(),
                parts.reads());
    }

    private TransactionStatus inclusion(Hash id) {
        Optional<Inclusion> found = parts.store().inclusion(id);
        if (found.isEmpty()) {
            return new TransactionStatus.Unknown();
        }
        Inclusion inclusion = found.get();
        boolean isFinal = inclusion.height() <= parts.view().get().finalBlock().index().height();
        return new TransactionStatus.Included(
                new BlockHeight(inclusion.height()),
                inclusion.block(),
                isFinal ? Certainty.FINAL : Certainty.TENTATIVE);
    }

    @Override
    public CompletionStage<Optional<InclusionProof>> inclusionProof(Hash id) {
        return read(
                view ->
                        parts.store()
                                .inclusion(id)
                                .flatMap(
                                        inclusion ->
                                                parts.store()
                                                        .body(inclusion.block())
                                                        .map(Block::decode)
                                                        .map(block -> proof(block, inclusion))));
    }

    private static InclusionProof proof(Block block, Inclusion inclusion) {
        return new InclusionProof(
                block.header(),
                block.transactions().get(inclusion.place()),
                block.proveTransaction(inclusion.place()));
    }

    @Override
    public CompletionStage<Optional<AccountEntry>> account(Address address, Certainty certainty) {
        return read(view -> ledger(view, certainty).account(address));
    }

    @Override
    public CompletionStage<Nonce> nextNonce(Address address) {
        return ask(replyTo -> new ChainActor.AskNonce(address, replyTo));
    }

    @Override
    public CompletionStage<Optional<ChannelEntry>> channel(ChannelId channel, Certainty certainty) {
        return read(view -> ledger(view, certainty).channel(channel));
    }

    @Override
    public CompletionStage<List<Hash>> finalAnswers() {
        return read(view -> view.headLedger().finalAnswers());
    }

    @Override
    public CompletionStage<Optional<NameEntry>> name(Name name, Certainty certainty) {
        return read(
                view -> {
                    long height =
                            certainty == Certainty.FINAL
                                    ? view.finalBlock().index().height()
                                    : view.head().index().height();
                    return ledger(view, certainty).name(name, new BlockHeight(height));
                });
    }

    @Override
    public CompletionStage<Optional<Standing>> question(OracleId oracle, Certainty certainty) {
        return read(
                view -> {
                    Ledger ledger = ledger(view, certainty);
                    BlockHeight now =
                            new BlockHeight(
                                    certainty == Certainty.FINAL
                                            ? view.finalBlock().index().height()
                                            : view.head().index().height());
                    return ledger.openOracle(oracle)
                            .<Standing>map(
                                    open -> new Standing.Open(open, ledger.castVotes(oracle), now))
                            .or(() -> ledger.answeredOracle(oracle).map(Standing.Settled::new));
                });
    }

    @Override
    public CompletionStage<List<Question>> openQuestions(Optional<OracleId> after, int limit) {
        return read(view -> OpenQuestions.page(view.headLedger(), after, limit));
    }

    static Ledger ledger(ChainView view, Certainty certainty) {
        return certainty == Certainty.FINAL ? view.finalLedger() : view.headLedger();
    }

    @Override
    public Following follow(BlockHeight after, LedgerObserver observer) {
        ActorRef<Follower.Command> follower =
                parts.system()
                        .systemActorOf(
                                Follower.create(
                                        parts.chain(),
                                        parts.store(),
                                        () -> parts.view().get(),
                                        after,
                                        observer),
                                parts.uniqueName("settlement-follower"),
                                DispatcherSelector.fromConfig(RunningParts.READ_DISPATCHER));
        return () -> follower.tell(new Follower.Stop());
    }

    private <T> CompletionStage<T> read(Function<ChainView, T> query) {
        return CompletableFuture.supplyAsync(() -> query.apply(parts.view().get()), parts.reads());
    }

    private <T> CompletionStage<T> ask(Function<ActorRef<T>, ChainActor.Command> question) {
        return AskPattern.ask(parts.chain(), question::apply, TIMEOUT, parts.system().scheduler());
    }
}

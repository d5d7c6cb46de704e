package io.wormhole.settlement.validator;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.store.StoredBlock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EvidenceActorTest {
    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<ChainActor.Command> chain =
            kit.createTestProbe(ChainActor.Command.class);
    private Forge forge;

    @BeforeEach
    void open(@TempDir Path folder) {
        forge = new Forge(folder);
    }

    @AfterEach
    void close() {
        kit.shutdownTestKit();
        forge.close();
    }

    @Test
    void aVoteInABlockOfBeforeTheStartConvictsWhoContradictsItAfterwards() {
        StoredBlock head = forge.extend(forge.chain().head(), 1, 10, Alice.KEYS, Bob.KEYS);
        SignedTransaction first = lastVoteOf(Bob.ADDRESS);

        // A reporter that starts on a store is what the next process is.
        ActorRef<ChainNews> news = startReporter();
        news.tell(new ChainNews.HeadMoved(view(head)));
        news.tell(new ChainNews.VoteSeen(contradicting(first)));
        news.tell(new ChainNews.HeadMoved(view(head)));

        chain.expectMessageClass(ChainActor.AskNonce.class).replyTo().tell(Nonce.ZERO.next());
        SignedTransaction report = chain.expectMessageClass(ChainActor.Submit.class).transaction();
        StoredBlock reported = forge.extend(head, 1, report);
        assertThat(forge.chain().open(reported.header()).finality().validators().find(Bob.ADDRESS))
                .isEmpty();
    }

    @Test
    void votesOfAllForksAreRememberedAndThoseOfLongAgoAreNot() {
        StoredBlock base = forge.extend(forge.chain().head(), 1, 5);
        forge.extend(base, 1, 2, Alice.KEYS);
        forge.extend(base, 2, 2, Bob.KEYS);

        assertThat(past().upTo(7))
                .extracting(vote -> vote.transaction().sender().address())
                .containsExactlyInAnyOrder(Alice.ADDRESS, Bob.ADDRESS);
        assertThat(past().upTo(1_000)).isEmpty();
    }

    private PastVotes past() {
        return new PastVotes(
                Forge.GENESIS.parameters().finality(),
                forge.store()::blocksFrom,
                forge.store()::bare);
    }

    private ActorRef<ChainNews> startReporter() {
        kit.spawn(
                EvidenceActor.create(
                        Forge.GENESIS,
                        Alice.KEYS,
                        chain.ref(),
                        head -> CompletableFuture.completedFuture(past().upTo(head))));
        return chain.expectMessageClass(ChainActor.Subscribe.class).subscriber();
    }

    private SignedTransaction lastVoteOf(Address voter) {
        List<SignedTransaction> votes =
                past().upTo(forge.chain().head().index().height()).stream()
                        .filter(vote -> vote.transaction().sender().address().equals(voter))
                        .toList();
        return votes.get(votes.size() - 1);
    }

    private static SignedTransaction contradicting(SignedTransaction vote) {
        FinalityTransaction.Vote says = (FinalityTransaction.Vote) vote.transaction().body();
        return Transaction.of(
                        Bob.KEYS.publicKey(),
                        Nonce.ZERO,
                        Amount.ZERO,
                        new FinalityTransaction.Vote(
                                says.source(), new Checkpoint(says.target().epoch(), Hash.ZERO)))
                .signedBy(Bob.KEYS, Forge.GENESIS.networkId());
    }

    private ChainView view(StoredBlock head) {
        return new ChainView(
                head,
                forge.chain().finalBlock(),
                forge.chain().open(head.header()),
                forge.chain().open(forge.chain().finalBlock().header()),
                0,
                ChainView.Counts.NONE,
                Optional.empty());
    }
}

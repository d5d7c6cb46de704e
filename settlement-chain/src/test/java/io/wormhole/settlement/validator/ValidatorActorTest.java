package io.wormhole.settlement.validator;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.store.StoredBlock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ValidatorActorTest {
    private final ActorTestKit kit = ActorTestKit.create();
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
    void theVoteIsStoredBeforeItIsSentAndRepeatedUnchangedByTheNextProcess() {
        StoredBlock head = forge.extend(forge.chain().head(), 1, 5);
        SignedTransaction sent = voteOf(head).orElseThrow();

        assertThat(forge.store().lastVote(Alice.ADDRESS).orElseThrow().signed())
                .isEqualTo(sent.encoded());
        // A second validator on the same store is what a process after kill -9 is.
        assertThat(voteOf(head)).contains(sent);
    }

    @Test
    void theNextProcessDoesNotVoteForAnotherCheckpointOfTheEpoch() {
        StoredBlock genesis = forge.chain().head();
        StoredBlock one = forge.extend(genesis, 1, 5);
        StoredBlock other = forge.extend(genesis, 2, 5);
        assertThat(voteOf(one)).isPresent();

        assertThat(voteOf(other)).isEmpty();
    }

    private Optional<SignedTransaction> voteOf(StoredBlock head) {
        TestProbe<ChainActor.Command> chain = kit.createTestProbe(ChainActor.Command.class);
        ActorRef<ValidatorActor.Command> validator =
                kit.spawn(
                        ValidatorActor.create(
                                Forge.GENESIS, Alice.KEYS, forge.store(), chain.ref()));
        ActorRef<ChainNews> news =
                chain.expectMessageClass(ChainActor.Subscribe.class).subscriber();
        news.tell(new ChainNews.HeadMoved(view(head)));
        Optional<SignedTransaction> sent = firstSubmitted(chain);
        kit.stop(validator);
        return sent;
    }

    private static Optional<SignedTransaction> firstSubmitted(TestProbe<ChainActor.Command> chain) {
        try {
            return Optional.of(
                    chain.expectMessageClass(ChainActor.Submit.class, Duration.ofMillis(700))
                            .transaction());
        } catch (AssertionError nothingCame) {
            return Optional.empty();
        }
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

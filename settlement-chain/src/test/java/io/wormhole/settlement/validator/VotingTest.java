package io.wormhole.settlement.validator;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.store.StoredBlock;
import io.wormhole.settlement.store.VoteRecord;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VotingTest {
    private static final Voting ALICE = voting(Alice.KEYS);

    private Forge forge;

    @BeforeEach
    void open(@TempDir Path folder) {
        forge = new Forge(folder);
    }

    @AfterEach
    void close() {
        forge.close();
    }

    private static Voting voting(KeyPair key) {
        return new Voting(key, Forge.GENESIS.networkId(), Forge.GENESIS.parameters().finality());
    }

    private Voting.Decision decide(StoredBlock head, Optional<VoteRecord> last) {
        return ALICE.decide(head, forge.chain().open(head.header()).finality(), last);
    }

    @Test
    void votesForTheCheckpointOfTheEpochOnceItsFirstQuarterIsOver() {
        StoredBlock checkpoint = forge.extend(forge.chain().head(), 1, 4);
        StoredBlock after = forge.extend(checkpoint, 1, 1);

        assertThat(decide(checkpoint, Optional.empty())).isEqualTo(new Voting.Decision.Nothing());
        Voting.Decision.Sign sign = (Voting.Decision.Sign) decide(after, Optional.empty());

        FinalityTransaction.Vote vote =
                (FinalityTransaction.Vote) sign.signed().transaction().body();
        assertThat(vote.target().epoch()).isEqualTo(1);
        assertThat(vote.target().blockHash()).isEqualTo(checkpoint.index().hash());
        assertThat(sign.signed().isSignedFor(Forge.GENESIS.networkId())).isTrue();
    }

    @Test
    void sendsTheSameBytesAgainAfterARestart() {
        StoredBlock head = forge.extend(forge.chain().head(), 1, 5);
        Voting.Decision.Sign first = (Voting.Decision.Sign) decide(head, Optional.empty());

        Voting.Decision again = decide(head, Optional.of(first.vote()));

        assertThat(again).isEqualTo(new Voting.Decision.Repeat(first.signed()));
        assertThat(first.signed().encoded()).isEqualTo(first.vote().signed());
    }

    @Test
    void neverVotesForASecondCheckpointOfAnEpoch() {
        StoredBlock genesis = forge.chain().head();
        StoredBlock one = forge.extend(genesis, 1, 5);
        StoredBlock other = forge.extend(genesis, 2, 5);
        Voting.Decision.Sign voted = (Voting.Decision.Sign) decide(one, Optional.empty());

        assertThat(decide(other, Optional.of(voted.vote())))
                .isEqualTo(new Voting.Decision.Nothing());
    }

    @Test
    void neverVotesFromASourceBeforeTheLastOne() {
        StoredBlock head = forge.extend(forge.chain().head(), 1, 9);
        VoteRecord laterSource =
                new VoteRecord(
                        Alice.ADDRESS,
                        1,
                        1,
                        forge.votes(forge.extend(head, 1, 4), Alice.KEYS).get(0).encoded());

        assertThat(decide(head, Optional.of(laterSource))).isEqualTo(new Voting.Decision.Nothing());
    }

    @Test
    void whoHasNoStakeDoesNotVote() {
        StoredBlock head = forge.extend(forge.chain().head(), 1, 5);

        assertThat(
                        voting(Mallory.KEYS)
                                .decide(
                                        head,
                                        forge.chain().open(head.header()).finality(),
                                        Optional.empty()))
                .isEqualTo(new Voting.Decision.Nothing());
    }
}

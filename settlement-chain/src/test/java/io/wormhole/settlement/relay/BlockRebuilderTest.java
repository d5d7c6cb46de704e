package io.wormhole.settlement.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockVerifier;
import io.wormhole.settlement.block.Judgement;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.store.StoredBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockRebuilderTest {
    private static final long SALT = 7;

    private Forge forge;
    private BlockRebuilder rebuilder;
    private Block block;

    @BeforeEach
    void makeABlock(@TempDir Path folder) {
        forge = new Forge(folder);
        StoredBlock head = forge.chain().head();
        BlockVerifier verifier = new BlockVerifier(Forge.GENESIS);
        rebuilder =
                new BlockRebuilder(
                        (header, transactions) ->
                                verifier.rehearse(
                                                head.header(),
                                                forge.chain().open(head.header()),
                                                header,
                                                transactions)
                                        .map(Judgement.Valid::witness));
        block =
                forge.block(
                        head,
                        1,
                        forge.pay(Alice.KEYS, Bob.ADDRESS, 1),
                        forge.pay(Bob.KEYS, Mallory.ADDRESS, 1),
                        forge.pay(Mallory.KEYS, Alice.ADDRESS, 1));
    }

    @AfterEach
    void close() {
        forge.close();
    }

    private List<SignedTransaction> all() {
        return block.transactions();
    }

    private CompactBlock compact() {
        return CompactBlock.of(block, SALT);
    }

    @Test
    void whoHasAllTransactionsMakesTheVeryBlockWithItsWitness() {
        List<SignedTransaction> waiting = new ArrayList<>(all());
        waiting.add(forge.pay(Alice.KEYS, Bob.ADDRESS, 2));
        Collections.shuffle(waiting, new Random(1));

        Rebuilt result = rebuilder.rebuild(compact(), List.of(), waiting);

        assertThat(result).isEqualTo(new Rebuilt.Whole(block));
    }

    @Test
    void whatIsMissingIsNamedByItsPlaceAndCompletesTheBlock() {
        Rebuilt first = rebuilder.rebuild(compact(), List.of(), List.of(all().get(1)));
        Rebuilt second =
                rebuilder.rebuild(
                        compact(), List.of(all().get(2), all().get(0)), List.of(all().get(1)));

        assertThat(first).isEqualTo(new Rebuilt.Lacks(block.hash(), List.of(0, 2)));
        assertThat(second).isEqualTo(new Rebuilt.Whole(block));
    }

    @Test
    void twoThatLookAlikeAreBothAskedOfTheSender() {
        List<SignedTransaction> waiting = new ArrayList<>(all());
        waiting.add(all().get(1));

        Rebuilt result = rebuilder.rebuild(compact(), List.of(), waiting);

        assertThat(result).isEqualTo(new Rebuilt.Lacks(block.hash(), List.of(1)));
    }

    @Test
    void aShortFormWithTwoIdsAlikeIsUnfit() {
        long id = compact().ids().get(0);

        Rebuilt result =
                rebuilder.rebuild(
                        new CompactBlock(block.header(), SALT, List.of(id, id)), List.of(), all());

        assertThat(result).isInstanceOf(Rebuilt.Unfit.class);
    }

    @Test
    void otherTransactionsOrAnotherOrderAreUnfit() {
        List<Long> turned = new ArrayList<>(compact().ids());
        Collections.reverse(turned);

        assertThat(
                        rebuilder.rebuild(
                                new CompactBlock(block.header(), SALT, turned), List.of(), all()))
                .isInstanceOf(Rebuilt.Unfit.class);
        assertThat(
                        rebuilder.rebuild(
                                new CompactBlock(block.header(), SALT, List.of()),
                                List.of(),
                                all()))
                .isInstanceOf(Rebuilt.Unfit.class);
    }

    @Test
    void aSaltOfAnotherSenderFindsNothing() {
        CompactBlock other = new CompactBlock(block.header(), SALT + 1, compact().ids());

        assertThat(rebuilder.rebuild(other, List.of(), all()))
                .isEqualTo(new Rebuilt.Lacks(block.hash(), List.of(0, 1, 2)));
    }

    @Test
    void withoutTheStateBeforeItABlockIsFetchedWhole() {
        BlockRebuilder stateless = new BlockRebuilder((header, transactions) -> Optional.empty());

        assertThat(stateless.rebuild(compact(), List.of(), all()))
                .isInstanceOf(Rebuilt.Unfit.class);
    }
}

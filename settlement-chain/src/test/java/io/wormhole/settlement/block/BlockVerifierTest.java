package io.wormhole.settlement.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.block.BlockRoots;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.merkle.MapVerdict;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.consensus.Vote;
import io.wormhole.settlement.ledger.BlockContext;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.LedgerKeys;
import io.wormhole.settlement.ledger.SignatureCheck;
import io.wormhole.settlement.ledger.StateProof;
import io.wormhole.settlement.ledger.StateTree;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks are judged alike with a state and with none. */
class BlockVerifierTest {
    private final BlockTrial trial = new BlockTrial(0);

    private SignedTransaction transfer(KeyPair from, long nonce, long amount) {
        return Transaction.of(
                        from.publicKey(),
                        new Nonce(nonce),
                        Amount.of(10),
                        new Transfer(Bob.ADDRESS, Amount.of(amount)))
                .signedBy(from, trial.genesis().networkId());
    }

    private SignedTransaction vote(KeyPair who) {
        Vote vote = trial.ledger().finality().voteFor(who.address()).orElseThrow();
        return Transaction.of(
                        who.publicKey(),
                        Nonce.ZERO,
                        Amount.ZERO,
                        new FinalityTransaction.Vote(vote.source(), vote.target()))
                .signedBy(who, trial.genesis().networkId());
    }

    /** The code with which both verifications refuse {@code block}. */
    private List<String> codes(Block block) {
        Judgement stateless = trial.verifier().verify(trial.context(), block);
        Judgement full = trial.verifier().apply(trial.context(), trial.ledger(), block);
        assertThat(stateless).isInstanceOf(Judgement.Invalid.class);
        assertThat(full).isInstanceOf(Judgement.Invalid.class);
        return List.of(((Judgement.Invalid) stateless).code(), ((Judgement.Invalid) full).code());
    }

    private static Block with(Block block, BlockRoots roots) {
        BlockHeader header = block.header();
        return new Block(
                new BlockHeader(
                        header.version(),
                        header.previous(),
                        header.height(),
                        header.timeMillis(),
                        header.producer(),
                        roots,
                        header.entropy(),
                        header.targetBits(),
                        0,
                        List.of()),
                block.transactions(),
                block.witness());
    }

    @Test
    void anEmptyBlockPaysItsProducerAndThePool() {
        Amount before = trial.ledger().account(BlockTrial.PRODUCER).orElseThrow().balance();

        trial.add();

        Amount subsidy = trial.genesis().parameters().money().subsidy();
        Amount after = trial.ledger().account(BlockTrial.PRODUCER).orElseThrow().balance();
        assertThat(after.minus(before).baseUnits()).isEqualTo(subsidy.baseUnits() * 7 / 10);
        assertThat(trial.ledger().supply().pool().baseUnits()).isEqualTo(subsidy.baseUnits() / 10);
        assertThat(trial.ledger().supply().isBalanced()).isTrue();
    }

    @Test
    void candidatesThatDoNotHoldAreLeftOutAndNamed() {
        Assembly assembly =
                trial.add(
                        transfer(Alice.KEYS, 1, 5),
                        transfer(Alice.KEYS, 1, 6),
                        transfer(Alice.KEYS, 3, 7),
                        transfer(Alice.KEYS, 2, 8));

        assertThat(assembly.unsolved().transactions()).hasSize(2);
        assertThat(assembly.dropped())
                .extracting(dropped -> dropped.refusal().code())
                .containsExactly("nonce-expected", "nonce-expected");
    }

    @Test
    void votesMakeCheckpointsFinalInTheHeadersState() {
        while (trial.nextHeight() < 6) {
            trial.add();
        }
        trial.add(vote(Alice.KEYS));
        while (trial.nextHeight() < 10) {
            trial.add();
        }
        Assembly assembly = trial.add(vote(Alice.KEYS), vote(Bob.KEYS));

        Checkpoint first = new Checkpoint(1, trial.blocks().get(4).hash());
        assertThat(assembly.effects().finalised()).isEqualTo(first);
        assertThat(assembly.effects().justified().epoch()).isEqualTo(2);
    }

    @Test
    void theFirstEpochStandsOnTheGenesisBlock() {
        Assembly assembly = trial.add();

        assertThat(assembly.effects().finalised())
                .isEqualTo(new Checkpoint(0, trial.blocks().get(0).hash()));
    }

    @Test
    void everyOtherRootIsRefused() {
        Block good = trial.mined(trial.assemble(List.of(transfer(Alice.KEYS, 1, 5))).unsolved());
        BlockRoots roots = good.header().roots();
        Hash other = Alice.ADDRESS.hash();
        List<Hash> all =
                new ArrayList<>(
                        List.of(
                                roots.transactions(),
                                roots.accounts(),
                                roots.names(),
                                roots.wormholes(),
                                roots.openOracles(),
                                roots.answeredOracles(),
                                roots.consensus(),
                                roots.witness()));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            List<Hash> changed = new ArrayList<>(all);
            changed.set(i, other);
            Block bad =
                    with(
                            good,
                            new BlockRoots(
                                    changed.get(0),
                                    changed.get(1),
                                    changed.get(2),
                                    changed.get(3),
                                    changed.get(4),
                                    changed.get(5),
                                    changed.get(6),
                                    changed.get(7)));
            List<String> codes = codes(trial.mined(bad));
            assertThat(codes.get(0)).isEqualTo(codes.get(1));
            expected.add(codes.get(0));
        }
        assertThat(expected)
                .containsExactly(
                        "wrong-transactions",
                        "wrong-roots",
                        "wrong-roots",
                        "wrong-roots",
                        "wrong-roots",
                        "wrong-roots",
                        "wrong-roots",
                        "wrong-witness");
    }

    @Test
    void aWitnessIsCompleteMinimalAndOfTheParentsState() {
        Block good = trial.assemble(List.of(transfer(Alice.KEYS, 1, 5))).unsolved();

        assertThat(codes(trial.mined(with(good, witnessOf(trial.ledger(), List.of(), true)))))
                .containsOnly("wrong-witness");
        assertThat(
                        codes(
                                trial.mined(
                                        with(
                                                good,
                                                witnessOf(
                                                        trial.ledger(),
                                                        good.transactions(),
                                                        true)))))
                .containsOnly("wrong-witness");
        Ledger foreign = new BlockTrial(3).ledger();
        assertThat(codes(trial.mined(with(good, witnessOf(foreign, good.transactions(), false)))))
                .containsOnly("wrong-witness");
        assertThat(witnessOf(trial.ledger(), good.transactions(), false))
                .extracting(BlockWitness::hash)
                .isEqualTo(good.witness().hash());
    }

    private Block with(Block block, BlockWitness witness) {
        BlockRoots old = block.header().roots();
        Block changed =
                with(
                        block,
                        new BlockRoots(
                                old.transactions(),
                                old.accounts(),
                                old.names(),
                                old.wormholes(),
                                old.openOracles(),
                                old.answeredOracles(),
                                old.consensus(),
                                witness.hash()));
        return new Block(changed.header(), block.transactions(), witness);
    }

    /** The witness of these transactions; with a look at an entry that has no part in them. */
    private BlockWitness witnessOf(
            Ledger before, List<SignedTransaction> transactions, boolean withMore) {
        Recording recording = new Recording(before);
        BlockContext context =
                new BlockContext(
                        trial.genesis().parameters(),
                        trial.genesis().networkId(),
                        trial.head().header().height().next(),
                        BlockTrial.PRODUCER,
                        SignatureCheck.FULL);
        BlockRun run = new BlockRun(recording.ledger(), context, trial.head().hash());
        transactions.forEach(run::apply);
        run.end();
        if (withMore) {
            assertThat(recording.ledger().map(StateTree.CONSENSUS).get(LedgerKeys.PARAMETERS))
                    .isPresent();
        }
        return recording.witness();
    }

    @Test
    void aBlockWithARefusedTransactionIsInvalid() {
        Block good = trial.assemble(List.of(transfer(Alice.KEYS, 1, 5))).unsolved();
        List<SignedTransaction> twice =
                List.of(good.transactions().get(0), good.transactions().get(0));
        BlockRoots old = good.header().roots();
        Block bad =
                with(
                        new Block(good.header(), twice, good.witness()),
                        new BlockRoots(
                                Block.transactionsRoot(twice),
                                old.accounts(),
                                old.names(),
                                old.wormholes(),
                                old.openOracles(),
                                old.answeredOracles(),
                                old.consensus(),
                                old.witness()));

        assertThat(codes(trial.mined(bad))).containsOnly("refused-transaction");
    }

    @Test
    void headersAreJudgedInOrder() {
        Block good = trial.mined(trial.assemble(List.of()).unsolved());
        BlockHeader header = good.header();

        assertThat(codes(good.withWork(header.powNonce() + 1, header.cycle())))
                .containsOnly("wrong-cycle");
        assertThat(codes(good.withWork(header.powNonce(), List.of()))).containsOnly("wrong-cycle");
        assertThat(codes(changed(good, header.timeMillis() - 1, header.targetBits())))
                .containsOnly("time-too-early");
        assertThat(codes(changed(good, header.timeMillis(), 0x1d00ffff)))
                .containsOnly("wrong-target");
        trial.add();
        assertThat(codes(good)).containsOnly("wrong-parent");
        assertThat(HeaderVerifier.isNotTooFarAhead(header, header.timeMillis() - 540_000))
                .isFalse();
        assertThat(HeaderVerifier.isNotTooFarAhead(header, header.timeMillis() - 539_999)).isTrue();
    }

    private Block changed(Block block, long timeMillis, int targetBits) {
        BlockHeader header = block.header();
        return trial.mined(
                new Block(
                        new BlockHeader(
                                header.version(),
                                header.previous(),
                                header.height(),
                                timeMillis,
                                header.producer(),
                                header.roots(),
                                header.entropy(),
                                targetBits,
                                0,
                                List.of()),
                        block.transactions(),
                        block.witness()));
    }

    @Test
    void noFlippedBitOfABlockIsAccepted() {
        Arbitrary arbitrary = Arbitrary.forTest("BlockVerifierTest", 5);
        Block good =
                trial.mined(
                        trial.assemble(
                                        List.of(
                                                transfer(Alice.KEYS, 1, 5),
                                                transfer(Mallory.KEYS, 1, 6)))
                                .unsolved());

        for (int i = 0; i < 2000; i++) {
            Bytes flipped = arbitrary.withOneBitFlipped(good.encoded());
            try {
                codes(Block.decode(flipped));
            } catch (IllegalArgumentException malformed) {
                assertThat(malformed).hasMessageContaining("malformed");
            }
        }
    }

    @Test
    void aBlockHasOneEncodingAndALimitedSize() {
        Block block = trial.mined(trial.assemble(List.of(transfer(Alice.KEYS, 1, 5))).unsolved());

        assertThat(Block.decode(block.encoded()).encoded()).isEqualTo(block.encoded());
        assertThatThrownBy(() -> Block.decode(block.encoded().concat(Bytes.of((byte) 0))))
                .hasMessageContaining("left over");
        assertThatThrownBy(() -> Block.decode(Bytes.of(new byte[Block.MAXIMUM_SIZE + 1])))
                .hasMessageContaining("at most");
    }

    @Test
    void transactionsAndStateAreProvenAgainstTheHeader() {
        trial.add(transfer(Alice.KEYS, 1, 5), transfer(Mallory.KEYS, 1, 6));
        Block head = trial.head();
        BlockRoots roots = head.header().roots();

        assertThat(
                        head.proveTransaction(1)
                                .verifies(
                                        roots.transactions(), head.transactions().get(1).encoded()))
                .isTrue();
        StateProof proof = StateProof.decode(trial.ledger().proveAccount(Alice.ADDRESS).encoded());
        MapVerdict verdict = proof.verify(roots);
        Bytes value = verdict.proven().orElseThrow();
        assertThat(CanonicalReader.decode(value, AccountEntry::readFrom))
                .isEqualTo(trial.ledger().account(Alice.ADDRESS).orElseThrow());
        assertThat(proof.verify(trial.blocks().get(0).header().roots()))
                .isInstanceOf(MapVerdict.Unproven.class);
        assertThat(
                        trial.ledger()
                                .proveAccount(Arbitrary.ofSeed(99).address())
                                .verify(roots)
                                .proven())
                .isEmpty();
    }

    @Test
    void aBlockThatIsTooFullIsNotAssembledAndNotAccepted() {
        int limit = trial.genesis().parameters().limits().maximumTransactionBytes();
        List<SignedTransaction> many = new ArrayList<>();
        int bytes = 0;
        for (int nonce = 1; bytes <= limit; nonce++) {
            many.add(transfer(Alice.KEYS, nonce, 1));
            bytes += many.get(nonce - 1).encoded().size();
        }

        Assembly assembly = trial.assemble(many);

        assertThat(assembly.unsolved().transactions()).hasSize(many.size() - 1);
        assertThat(assembly.dropped()).isEmpty();
        Block bad = new Block(assembly.unsolved().header(), many, assembly.unsolved().witness());
        assertThat(codes(trial.mined(bad))).containsOnly("block-too-large");
    }
}

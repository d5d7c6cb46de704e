package io.wormhole.settlement.block;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.merkle.MapProof;
import io.wormhole.protocol.merkle.MerkleListProof;
import io.wormhole.protocol.merkle.MissingNodeException;
import io.wormhole.protocol.merkle.PartialMap;
import io.wormhole.protocol.merkle.WitnessReplay;
import io.wormhole.protocol.oracle.AnswerProof;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.AuctionEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.CodeEntry;
import io.wormhole.protocol.state.ContractEntry;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.archive.ProofFile;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.consensus.SlashingProtection;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.governance.GovernanceState;
import io.wormhole.settlement.ledger.BlockContext;
import io.wormhole.settlement.ledger.LedgerAudit;
import io.wormhole.settlement.ledger.Outcome;
import io.wormhole.settlement.ledger.Preclaim;
import io.wormhole.settlement.ledger.SignatureCheck;
import io.wormhole.settlement.ledger.StateProof;
import io.wormhole.settlement.ledger.SupplyTotals;
import io.wormhole.settlement.ledger.Transitions;
import io.wormhole.settlement.light.FinalityProof;
import io.wormhole.settlement.light.TrustedCheckpoint;
import java.util.List;
import java.util.function.Function;

/**
 * Bytes of strangers under a fuzzer that is guided by coverage: each is malformed, or has this one
 * encoding, and then the rules take it or refuse it. In an ordinary test run only the kept corpus
 * is tried; {@code mvn -Pfuzz} searches on.
 */
final class DecoderFuzzTest {
    private static final long LITTLE_GAS = 100_000;

    /** What is stored in the state, at stable places: the first byte of an input chooses. */
    static final List<Function<CanonicalReader, Canonical>> VALUES =
            List.of(
                    AccountEntry::readFrom,
                    NameEntry::readFrom,
                    AuctionEntry::readFrom,
                    ContractEntry::readFrom,
                    CodeEntry::readFrom,
                    ChannelEntry::readFrom,
                    Question::readFrom,
                    AnsweredQuestion::readFrom,
                    CastVotes::readFrom,
                    FinalityState::readFrom,
                    GovernanceState::readFrom,
                    SupplyTotals::readFrom,
                    Preclaim::readFrom,
                    NetworkParameters::readFrom,
                    Genesis::readFrom,
                    SlashingProtection::readFrom);

    /** What somebody shows to prove something. */
    private static final List<Function<Bytes, Canonical>> PROOFS =
            List.of(
                    encoded -> CanonicalReader.decode(encoded, MapProof::readFrom),
                    encoded -> CanonicalReader.decode(encoded, MerkleListProof::readFrom),
                    StateProof::decode,
                    ProofFile::decode,
                    FinalityProof::decode,
                    TrustedCheckpoint::decode,
                    InclusionProof::decode,
                    AnswerProof::decode);

    private static final BlockTrial TRIAL = trial();

    private static BlockTrial trial() {
        BlockTrial trial = new BlockTrial(0);
        RandomLife life =
                new RandomLife(Arbitrary.ofSeed(3), trial.genesis().networkId(), trial.ledger());
        for (int block = 0; block < 12; block++) {
            trial.append(life.transactions(trial.ledger(), trial.nextHeight()));
        }
        return trial;
    }

    @FuzzTest(maxDuration = "2m")
    void transactionIsMalformedOrRefusedOrKeepsAllMoney(byte[] data) {
        SignedTransaction transaction;
        try {
            transaction = SignedTransaction.decode(Bytes.of(data));
        } catch (IllegalArgumentException malformed) {
            return;
        }
        require(transaction.encoded().equals(Bytes.of(data)));
        if (transaction.transaction().timeGasLimit() > LITTLE_GAS) {
            return;
        }
        BlockContext context =
                new BlockContext(
                        TRIAL.genesis().parameters(),
                        TRIAL.genesis().networkId(),
                        new BlockHeight(TRIAL.nextHeight()),
                        BlockTrial.PRODUCER,
                        SignatureCheck.DONE_BEFORE);
        Outcome outcome = Transitions.apply(TRIAL.ledger(), transaction, context);
        if (outcome instanceof Outcome.Applied applied) {
            long taken = applied.fee().plus(applied.rent()).baseUnits();
            long burned =
                    applied.ledger().supply().burned().baseUnits()
                            - TRIAL.ledger().supply().burned().baseUnits();
            long pooled =
                    applied.ledger().supply().pool().baseUnits()
                            - TRIAL.ledger().supply().pool().baseUnits();
            require(
                    LedgerAudit.held(applied.ledger()) + taken + burned + pooled
                            == LedgerAudit.held(TRIAL.ledger()));
        }
    }

    @FuzzTest(maxDuration = "2m")
    void blockIsMalformedOrJudged(byte[] data) {
        Block block;
        try {
            block = Block.decode(Bytes.of(data));
        } catch (IllegalArgumentException malformed) {
            return;
        }
        require(block.encoded().equals(Bytes.of(data)));
        require(TRIAL.verifier().verify(TRIAL.context(), block) instanceof Judgement.Invalid);
        require(
                TRIAL.verifier().apply(TRIAL.context(), TRIAL.ledger(), block)
                        instanceof Judgement.Invalid);
    }

    @FuzzTest(maxDuration = "1m")
    void headerIsMalformedOrHasThisOneEncoding(byte[] data) {
        roundTrip(encoded -> CanonicalReader.decode(encoded, BlockHeader::readFrom), data);
    }

    @FuzzTest(maxDuration = "1m")
    void witnessIsMalformedOrReplayed(byte[] data) {
        PartialMap part;
        try {
            part = CanonicalReader.decode(Bytes.of(data), PartialMap::readFrom);
        } catch (IllegalArgumentException malformed) {
            return;
        }
        require(part.encoded().equals(Bytes.of(data)));
        WitnessReplay replay = part.replayFrom(part.root()).orElseThrow();
        Hash key = data.length > Hash.SIZE ? keyIn(data) : Hash.ZERO;
        try {
            require(replay.map().put(key, Bytes.EMPTY).get(key).isPresent());
            require(replay.map().remove(key).get(key).isEmpty());
            replay.map().prove(key);
        } catch (MissingNodeException unknown) {
            // As it should be: what the witness does not hold is unknown, never absent.
        }
        require(replay.untouched() != null);
    }

    private static Hash keyIn(byte[] data) {
        return new Hash(Bytes.of(data).slice(1, 1 + Hash.SIZE));
    }

    @FuzzTest(maxDuration = "1m")
    void proofIsMalformedOrHasThisOneEncoding(byte[] data) {
        if (data.length > 0 && data[0] >= 0 && data[0] < PROOFS.size()) {
            roundTrip(PROOFS.get(data[0]), rest(data));
        }
    }

    @FuzzTest(maxDuration = "1m")
    void valueOfTheStateIsMalformedOrHasThisOneEncoding(byte[] data) {
        if (data.length > 0 && data[0] >= 0 && data[0] < VALUES.size()) {
            Function<CanonicalReader, Canonical> reader = VALUES.get(data[0]);
            roundTrip(encoded -> CanonicalReader.decode(encoded, reader), rest(data));
        }
    }

    private static byte[] rest(byte[] data) {
        return Bytes.of(data).slice(1, data.length).toArray();
    }

    private static void roundTrip(Function<Bytes, ? extends Canonical> decoder, byte[] data) {
        Bytes encoded = Bytes.of(data);
        try {
            require(decoder.apply(encoded).encoded().equals(encoded));
        } catch (IllegalArgumentException malformed) {
            // As it should be.
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("the rule is broken");
        }
    }
}

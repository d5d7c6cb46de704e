package io.wormhole.settlement.light;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.DamagedNodeException;
import io.wormhole.protocol.merkle.MissingNodeException;
import io.wormhole.protocol.merkle.PartialMap;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.StateProof;
import io.wormhole.settlement.ledger.StateTree;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoredBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers light clients from the store of a full node; every method may wait for the disk. */
public final class LightReads implements LightServer {
    /** Most headers in one answer. */
    public static final int MAXIMUM_HEADERS = 512;

    // Without finality for so many epochs the client must wait for it, or ask elsewhere.
    private static final long EPOCHS_LOOKED_AT = 256;

    private final ChainStore store;
    private final Supplier<ChainView> view;
    private final FinalityRules rules;

    /** Reads of the chain in {@code store} that stands where {@code view} says. */
    public LightReads(Genesis genesis, ChainStore store, Supplier<ChainView> view) {
        this.store = store;
        this.view = view;
        this.rules = genesis.parameters().finality();
    }

    @Override
    public String name() {
        return "this node";
    }

    @Override
    public Optional<FinalityProof> finality(long upToEpoch) {
        long last = view.get().finalBlock().index().height() / rules.epochLength();
        long highest = Math.min(upToEpoch, last);
        for (long epoch = highest; epoch > Math.max(0, highest - EPOCHS_LOOKED_AT); epoch--) {
            Optional<FinalityProof> proof = proofOf(epoch);
            if (proof.isPresent()) {
                return proof;
            }
        }
        return Optional.empty();
    }

    private Optional<FinalityProof> proofOf(long epoch) {
        long height = epoch * rules.epochLength();
        Optional<BlockHeader> header = header(height);
        Optional<PartialMap> consensus = consensus(height);
        List<SignedTransaction> votes =
                header.map(found -> votes(new Checkpoint(epoch, found.hash()))).orElse(List.of());
        return votes.isEmpty()
                ? Optional.empty()
                : consensus.map(part -> new FinalityProof(header.orElseThrow(), part, votes));
    }

    /** The votes for the link from a checkpoint to the next, in blocks of the next epoch. */
    private List<SignedTransaction> votes(Checkpoint source) {
        List<SignedTransaction> votes = new ArrayList<>();
        long first = (source.epoch() + 1) * rules.epochLength() + 1;
        for (long height = first; !rules.isCheckpoint(height); height++) {
            block(height)
                    .ifPresent(
                            block ->
                                    block.transactions().stream()
                                            .filter(each -> isFrom(each, source))
                                            .forEach(votes::add));
        }
        return votes;
    }

    private static boolean isFrom(SignedTransaction signed, Checkpoint source) {
        return signed.transaction().body() instanceof FinalityTransaction.Vote vote
                && vote.source().equals(source);
    }

    private Optional<BlockHeader> header(long height) {
        return store.canonical(height).flatMap(store::block).map(StoredBlock::header);
    }

    private Optional<Block> block(long height) {
        return store.canonical(height).flatMap(store::body).map(Block::decode);
    }

    /** The witness of the next block holds it, however long ago that was. */
    @Override
    public Optional<PartialMap> consensus(long height) {
        return block(height + 1).map(next -> next.witness().part(StateTree.CONSENSUS));
    }

    @Override
    public List<BlockHeader> headers(long fromHeight) {
        return store.canonical(Math.max(0, fromHeight), MAXIMUM_HEADERS).stream()
                .flatMap(hash -> store.block(hash).stream())
                .map(StoredBlock::header)
                .toList();
    }

    @Override
    public Optional<Block> block(Hash block) {
        return store.body(block).map(Block::decode);
    }

    @Override
    public Optional<StateProof> state(Hash block, StateTree tree, Hash key) {
        try {
            return store.block(block)
                    .map(StoredBlock::header)
                    .map(
                            header ->
                                    Ledger.open(
                                            header.roots(),
                                            root -> AuthenticatedMap.open(root, store)))
                    .map(ledger -> ledger.prove(tree, key));
        } catch (MissingNodeException | DamagedNodeException forgotten) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<InclusionProof> transaction(Hash id) {
        return store.inclusion(id)
                .flatMap(
                        found ->
                                store.body(found.block())
                                        .map(Block::decode)
                                        .map(block -> proof(block, found.place())));
    }

    private static InclusionProof proof(Block block, int place) {
        return new InclusionProof(
                block.header(), block.transactions().get(place), block.proveTransaction(place));
    }
}

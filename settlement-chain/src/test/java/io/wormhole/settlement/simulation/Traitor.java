package io.wormhole.settlement.simulation;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockWitness;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.consensus.MedianTime;
import io.wormhole.settlement.peer.SyncStep;
import io.wormhole.settlement.relay.CompactBlock;
import io.wormhole.settlement.store.StoredBlock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A node that breaks the rules in one way, and otherwise does what honest ones do. */
final class Traitor extends SimulatedNode {
    private static final long KEPT_BACK_MILLIS = 6_000;
    private static final long FAR_EPOCH = 1_000_000;
    // More than a watch remembers of one validator.
    private static final int FAR_VOTES = 32;
    private static final long FORGETTING_MILLIS = 500;

    private final Trick trick;
    private final Deque<Block> secret = new ArrayDeque<>();

    Traitor(World world, int id, Trick trick) {
        super(world, id, Optional.empty());
        this.trick = trick;
    }

    @Override
    void mine() {
        if (chain.alarm().isPresent() || isHiding()) {
            return;
        }
        switch (trick) {
            case TWIN_BLOCKS, ECLIPSE -> mineTwins();
            case WITHHOLD -> {
                Block late = mineOn(chain.head(), List.of(), clock());
                world.after(KEPT_BACK_MILLIS, () -> take(late.bare()));
            }
            case SELFISH_MINING -> mineInSecret();
            case TIME_WARP -> mineInAnotherTime();
            default -> super.mine();
        }
    }

    /** Two blocks on one parent, one for even nodes and one for odd ones. */
    private void mineTwins() {
        StoredBlock parent = chain.head();
        List<SignedTransaction> waiting = pool.inOrder();
        Block even = mineOn(parent, waiting, clock());
        Block odd = mineOn(parent, List.of(), clock() + 1);
        take(even.bare());
        take(odd.bare());
        for (SimulatedNode node : world.nodes) {
            world.send(id, node.id, new Letter.Head((node.id % 2 == 0 ? even : odd).header()));
        }
    }

    private void mineInSecret() {
        StoredBlock parent =
                secret.isEmpty()
                        ? chain.head()
                        : chain.block(secret.getLast().hash()).orElse(chain.head());
        Block block = mineOn(parent, pool.inOrder(), clock());
        secret.add(block);
        // In its own tree it stands; nobody is told.
        chain.importBlock(block, clock());
    }

    private void mineInAnotherTime() {
        long time =
                switch (world.below(3)) {
                    case 0 -> 0;
                    case 1 -> clock() + MedianTime.MAX_AHEAD_MILLIS - 5_000;
                    default -> clock() + 2 * MedianTime.MAX_AHEAD_MILLIS;
                };
        Block block = mineOn(chain.head(), pool.inOrder(), time);
        take(block.bare());
        world.broadcast(id, new Letter.Head(block.header()));
        world.broadcast(id, new Letter.Body(block));
    }

    @Override
    void onImported(StoredBlock stored) {
        if (trick == Trick.SELFISH_MINING
                && !secret.isEmpty()
                && stored.index().height() + 1 >= secret.getLast().header().height().value()) {
            world.broadcast(id, new Letter.Head(secret.getLast().header()));
            secret.clear();
        }
        if (trick == Trick.DOUBLE_VOTE) {
            voteOn(stored).ifPresent(this::submit);
            if (world.isTroubled()) {
                voteBody(stored).ifPresent(this::contradict);
            }
        }
        if (isHiding()) {
            int side = sideOf(stored);
            voteOn(stored)
                    .ifPresent(
                            vote ->
                                    world.plan.honest().stream()
                                            .filter(other -> world.sideOf(other) == side)
                                            .forEach(
                                                    other ->
                                                            world.send(
                                                                    id,
                                                                    other,
                                                                    new Letter.Transactions(
                                                                            List.of(vote)))));
        }
    }

    private boolean isHiding() {
        return trick == Trick.TWO_FACES && world.isTroubled();
    }

    private int sideOf(StoredBlock block) {
        return world.nodes.stream()
                .filter(node -> node.key.address().equals(block.header().producer()))
                .mapToInt(node -> world.sideOf(node.id))
                .findFirst()
                .orElse(0);
    }

    /**
     * Votes for a checkpoint that nobody knows, too, and tells one node of it. Before that all get
     * votes for epochs to come, which are no offence and are to make them forget the rest.
     */
    private void contradict(FinalityTransaction.Vote vote) {
        world.broadcast(id, new Letter.Transactions(votesForFarEpochs()));
        Checkpoint unknown = new Checkpoint(vote.target().epoch(), key.address().hash());
        Letter second =
                new Letter.Transactions(
                        List.of(signed(new FinalityTransaction.Vote(vote.source(), unknown))));
        world.after(
                FORGETTING_MILLIS,
                () -> {
                    if (isUp) {
                        world.send(id, world.anyPeerOf(id), second);
                    }
                });
    }

    private List<SignedTransaction> votesForFarEpochs() {
        List<SignedTransaction> votes = new ArrayList<>();
        for (long epoch = FAR_EPOCH; epoch < FAR_EPOCH + FAR_VOTES; epoch++) {
            votes.add(
                    signed(
                            new FinalityTransaction.Vote(
                                    new Checkpoint(epoch, Hash.ZERO),
                                    new Checkpoint(epoch + 1, Hash.ZERO))));
        }
        return votes;
    }

    /** A vote for the checkpoint below any block, whatever was signed before. */
    private Optional<SignedTransaction> voteOn(StoredBlock stored) {
        return voteBody(stored).map(this::signed);
    }

    private Optional<FinalityTransaction.Vote> voteBody(StoredBlock stored) {
        FinalityRules rules = world.shared.genesis().parameters().finality();
        long height = stored.index().height();
        return chain.open(stored.header())
                .finality()
                .beginBlock(height + 1, stored.index().hash(), rules)
                .state()
                .voteFor(key.address())
                .map(vote -> new FinalityTransaction.Vote(vote.source(), vote.target()));
    }

    private SignedTransaction signed(FinalityTransaction.Vote vote) {
        return Transaction.of(key.publicKey(), Nonce.ZERO, Amount.ZERO, vote)
                .signedBy(key, world.shared.genesis().networkId());
    }

    @Override
    void vote() {
        if (trick == Trick.WITHHOLD) {
            return;
        }
        if (trick != Trick.DOUBLE_VOTE && !isHiding()) {
            super.vote();
        }
    }

    @Override
    void report() {}

    @Override
    void announce(Letter.Head head) {
        boolean hides =
                (trick == Trick.SELFISH_MINING && !secret.isEmpty())
                        || trick == Trick.WITHHOLD
                        || isHiding();
        if (!hides) {
            super.announce(head);
        }
    }

    @Override
    void handle(int from, Letter letter) {
        if (trick == Trick.WITHHOLD && world.chance(0.5)) {
            return;
        }
        boolean isAnswer =
                letter instanceof Letter.Head
                        || letter instanceof Letter.Headers
                        || letter instanceof Letter.Body
                        || letter instanceof Letter.Compact
                        || letter instanceof Letter.Parts
                        || letter instanceof Letter.Missing;
        if (isHiding() && !isAnswer) {
            return;
        }
        if (trick == Trick.ECLIPSE
                && world.isTroubled()
                && letter instanceof Letter.AskHeaders
                && world.chance(0.5)) {
            return;
        }
        super.handle(from, letter);
    }

    @Override
    void tick() {
        if (isHiding()) {
            return;
        }
        super.tick();
        if (trick == Trick.JUNK && world.chance(0.3)) {
            world.send(id, world.anyPeerOf(id), junk());
        }
    }

    private Letter junk() {
        Block good = mineOn(chain.head(), List.of(), clock());
        return switch (world.below(8)) {
            case 6 -> new Letter.Head(good.header(), Optional.of(wrongForm(good)));
            case 7 -> new Letter.Head(good.header(), Optional.of(ofAnother(good)));
            case 0 -> new Letter.Head(good.header().withWork(1, List.of(1L, 2L)));
            case 1 ->
                    new Letter.Body(
                            new Block(good.header(), List.of(unsigned()), BlockWitness.EMPTY));
            case 2 -> new Letter.Transactions(List.of(unsigned()));
            case 3 ->
                    new Letter.Compact(
                            new CompactBlock(good.header(), 1, List.of(1L, world.below(9) + 0L)));
            case 4 -> new Letter.Parts(good.hash(), List.of(unsigned()));
            default -> new Letter.AskBlocks(List.of(new Hash(Bytes.of(world.bytes(Hash.SIZE)))));
        };
    }

    /** The right header, and transactions that it does not have. */
    private SyncStep.Pushed wrongForm(Block good) {
        List<SignedTransaction> wrong = List.of(unsigned());
        Block other = new Block(good.header(), wrong, BlockWitness.EMPTY);
        return new SyncStep.Pushed(CompactBlock.of(other, 1), wrong);
    }

    /** More transactions than the form names, or the form of another block. */
    private SyncStep.Pushed ofAnother(Block good) {
        CompactBlock form =
                world.chance(0.5)
                        ? CompactBlock.of(good, 1)
                        : new CompactBlock(chain.head().header(), 1, List.of(1L));
        return new SyncStep.Pushed(form, List.of(unsigned(), unsigned()));
    }

    private SignedTransaction unsigned() {
        Transaction transaction =
                Transaction.of(
                        SharedWork.key(100).publicKey(),
                        new Nonce(1),
                        Amount.of(10),
                        new Transfer(key.address(), Amount.of(1)));
        SignedTransaction other =
                Transaction.of(key.publicKey(), new Nonce(1), Amount.of(10), transaction.body())
                        .signedBy(key, world.shared.genesis().networkId());
        return new SignedTransaction(transaction, other.signature());
    }
}

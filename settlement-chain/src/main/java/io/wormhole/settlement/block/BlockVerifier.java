package io.wormhole.settlement.block;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.block.BlockRoots;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.MissingNodeException;
import io.wormhole.protocol.merkle.WitnessReplay;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.ledger.BlockContext;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.Refusal;
import io.wormhole.settlement.ledger.SignatureCheck;
import io.wormhole.settlement.ledger.StateTree;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Judges blocks of one network: from its witness alone ({@link #verify}), or with the ledger before
 * it ({@link #apply}). Both accept exactly the same blocks. Thread-safe.
 */
public final class BlockVerifier {
    private final NetworkParameters parameters;
    private final NetworkId network;
    private final HeaderVerifier headers;
    private final SignatureCheck signatures;
    private final Scheduling scheduling;

    /** When the transactions of a block run on several cores; never changes what they do. */
    enum Scheduling {
        BY_WORK,
        ALWAYS,
        NEVER
    }

    /** A verifier that checks every signature itself. */
    public BlockVerifier(Genesis genesis) {
        this(genesis, SignatureCheck.FULL);
    }

    /**
     * A verifier that asks {@code signatures}, from several threads, about the senders' signatures.
     */
    public BlockVerifier(Genesis genesis, SignatureCheck signatures) {
        this(genesis, signatures, Scheduling.BY_WORK);
    }

    BlockVerifier(Genesis genesis, SignatureCheck signatures, Scheduling scheduling) {
        this.parameters = genesis.parameters();
        this.network = genesis.networkId();
        this.headers = new HeaderVerifier(genesis);
        this.signatures = signatures;
        this.scheduling = scheduling;
    }

    /** Judges a block with nothing but the headers before it. */
    public Judgement verify(HeaderContext context, Block block) {
        Optional<Judgement.Invalid> invalid = checkContent(context, block);
        return invalid.isPresent() ? invalid.get() : replay(context.parent(), block);
    }

    /**
     * Judges what a block holds, by its witness, when its header and that of its parent are known
     * to be good: what it does cannot be kept back or made up.
     */
    public Judgement verifyContent(BlockHeader parent, Block block) {
        Optional<Judgement.Invalid> invalid =
                checkLimits(block.transactions())
                        .or(() -> checkCommitments(block))
                        .or(() -> checkSignatures(block.transactions()));
        return invalid.isPresent() ? invalid.get() : replay(parent, block);
    }

    /** Judges a block with the ledger after its parent. */
    public Judgement apply(HeaderContext context, Ledger parent, Block block) {
        Optional<Judgement.Invalid> invalid = checkContent(context, block);
        if (invalid.isPresent()) {
            return invalid.get();
        }
        Recording recording = new Recording(parent);
        Judgement judgement = run(recording.ledger(), parent, context.parent(), block);
        if (!(judgement instanceof Judgement.Valid valid)) {
            return judgement;
        }
        return recording.witness().hash().equals(block.header().roots().witness())
                ? new Judgement.Valid(recording.released(valid.effects()))
                : new Judgement.Invalid(
                        "wrong-witness", "the witness is not what the transactions look at");
    }

    /**
     * What a block looks at and does, found by running its transactions on the ledger after its
     * parent; empty when it is not what {@code header} commits to. Says nothing about header and
     * signatures: see {@link #confirm}.
     */
    public Optional<Rehearsal> rehearse(
            BlockHeader parentHeader,
            Ledger parent,
            BlockHeader header,
            List<SignedTransaction> transactions) {
        if (checkLimits(transactions).isPresent()) {
            return Optional.empty();
        }
        Recording recording = new Recording(parent);
        Judgement judgement =
                run(
                        recording.ledger(),
                        parent,
                        parentHeader,
                        new Block(header, transactions, BlockWitness.EMPTY));
        if (!(judgement instanceof Judgement.Valid valid)) {
            return Optional.empty();
        }
        BlockWitness witness = recording.witness();
        return witness.hash().equals(header.roots().witness())
                ? Optional.of(new Rehearsal(witness, recording.released(valid.effects())))
                : Optional.empty();
    }

    /**
     * Judges a block whose transactions were run before.
     *
     * @param effects what {@link #rehearse} found for the block with this hash
     */
    Judgement confirm(HeaderContext context, Block block, Effects effects) {
        return checkContent(context, block)
                .<Judgement>map(invalid -> invalid)
                .orElseGet(() -> new Judgement.Valid(effects));
    }

    private Optional<Judgement.Invalid> checkContent(HeaderContext context, Block block) {
        return headers.check(context, block.header())
                .or(() -> checkLimits(block.transactions()))
                .or(() -> checkCommitments(block))
                .or(() -> checkSignatures(block.transactions()));
    }

    /** On all cores: signatures depend on nothing, and are most of the work. */
    private Optional<Judgement.Invalid> checkSignatures(List<SignedTransaction> transactions) {
        OptionalInt bad =
                IntStream.range(0, transactions.size())
                        .parallel()
                        .filter(i -> !signatures.accepts(transactions.get(i), network))
                        .min();
        return bad.isEmpty()
                ? Optional.empty()
                : invalid(
                        "refused-transaction",
                        "transaction %d: not signed by its sender for this network"
                                .formatted(bad.getAsInt()));
    }

    private Optional<Judgement.Invalid> checkLimits(List<SignedTransaction> transactions) {
        BlockBudget budget = new BlockBudget(parameters.limits());
        for (SignedTransaction transaction : transactions) {
            if (!budget.fits(transaction)) {
                return invalid(
                        "block-too-large",
                        "more than %d bytes or %d gas of transactions"
                                .formatted(
                                        parameters.limits().maximumTransactionBytes(),
                                        parameters.limits().maximumGas()));
            }
            budget.add(transaction);
        }
        return Optional.empty();
    }

    private static Optional<Judgement.Invalid> checkCommitments(Block block) {
        BlockRoots roots = block.header().roots();
        if (!Block.transactionsRoot(block.transactions()).equals(roots.transactions())) {
            return invalid("wrong-transactions", "the transactions are not those of the header");
        }
        return block.witness().hash().equals(roots.witness())
                ? Optional.empty()
                : invalid("wrong-witness", "the witness is not that of the header");
    }

    private Judgement replay(BlockHeader parent, Block block) {
        Map<StateTree, WitnessReplay> replays = new EnumMap<>(StateTree.class);
        Map<StateTree, AuthenticatedMap> maps = new EnumMap<>(StateTree.class);
        for (StateTree tree : StateTree.values()) {
            Optional<WitnessReplay> replay =
                    block.witness().part(tree).replayFrom(tree.rootIn(parent.roots()));
            if (replay.isEmpty()) {
                return new Judgement.Invalid(
                        "wrong-witness", tree + " is not part of the state after the parent");
            }
            replays.put(tree, replay.get());
            maps.put(tree, replay.get().map());
        }
        Judgement judgement;
        try {
            judgement =
                    run(
                            Ledger.of(tree -> maps.get(tree)),
                            Ledger.of(tree -> block.witness().part(tree).map()),
                            parent,
                            block);
        } catch (MissingNodeException missing) {
            return new Judgement.Invalid("wrong-witness", "incomplete: " + missing.getMessage());
        }
        boolean isMinimal =
                replays.values().stream().allMatch(replay -> replay.untouched().isEmpty());
        return isMinimal || judgement instanceof Judgement.Invalid
                ? judgement
                : new Judgement.Invalid(
                        "wrong-witness", "the witness holds more than what is looked at");
    }

    /** Runs a block on {@code before}; {@code apart} is the same state, not recorded. */
    private Judgement run(Ledger before, Ledger apart, BlockHeader parent, Block block) {
        BlockHeader header = block.header();
        BlockContext context =
                new BlockContext(
                        parameters,
                        network,
                        header.height(),
                        header.producer(),
                        SignatureCheck.DONE_BEFORE);
        BlockRun run = new BlockRun(before, context, parent.hash());
        boolean isParallel =
                scheduling == Scheduling.ALWAYS
                        || (scheduling == Scheduling.BY_WORK
                                && ParallelRun.isWorthIt(block.transactions()));
        Optional<ParallelRun.Refused> refused =
                isParallel
                        ? new ParallelRun(new BlockRun(apart, context, parent.hash()).ledger(), run)
                                .apply(block.transactions())
                        : inOrder(run, block.transactions());
        return refused.<Judgement>map(BlockVerifier::refused)
                .orElseGet(() -> judge(run.end(), header.roots()));
    }

    private static Optional<ParallelRun.Refused> inOrder(
            BlockRun run, List<SignedTransaction> transactions) {
        int index = 0;
        for (SignedTransaction transaction : transactions) {
            Optional<Refusal> refusal = run.apply(transaction);
            if (refusal.isPresent()) {
                return Optional.of(new ParallelRun.Refused(index, refusal.get()));
            }
            index++;
        }
        return Optional.empty();
    }

    private static Judgement.Invalid refused(ParallelRun.Refused refused) {
        return new Judgement.Invalid(
                "refused-transaction",
                "transaction %d: %s: %s"
                        .formatted(refused.index(), refused.why().code(), refused.why().message()));
    }

    private static Judgement judge(Effects effects, BlockRoots claimed) {
        if (!effects.ledger().roots(claimed.transactions(), claimed.witness()).equals(claimed)) {
            return new Judgement.Invalid(
                    "wrong-roots", "the state after the transactions is not that of the header");
        }
        return effects.ledger().supply().isBalanced()
                ? new Judgement.Valid(effects)
                : new Judgement.Invalid(
                        "wrong-supply",
                        "money is missing or too much: " + effects.ledger().supply());
    }

    private static Optional<Judgement.Invalid> invalid(String code, String reason) {
        return Optional.of(new Judgement.Invalid(code, reason));
    }
}

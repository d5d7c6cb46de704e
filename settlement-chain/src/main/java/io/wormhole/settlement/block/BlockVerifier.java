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
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
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
        return headers.check(context, block.header())
                .<Judgement>map(invalid -> invalid)
                .orElseGet(() -> verifyContent(context.parent(), block));
    }

    /**
     * Judges what a block holds, by its witness, when its header and that of its parent are known
     * to be good: what it does cannot be kept back or made up.
     */
    public Judgement verifyContent(BlockHeader parent, Block block) {
        Optional<Judgement.Invalid> invalid =
                checkTransactions(block.header(), block.transactions())
                        .or(() -> checkWitness(block))
                        .or(() -> checkSignatures(block.transactions()));
        return invalid.isPresent() ? invalid.get() : replay(parent, block);
    }

    /** Judges a block with the ledger after its parent. */
    public Judgement apply(HeaderContext context, Ledger parent, Block block) {
        return checkWitness(block)
                .<Judgement>map(invalid -> invalid)
                .orElseGet(() -> apply(context, parent, block.bare()));
    }

    /** The same for a block without its witness, which is found. */
    public Judgement apply(HeaderContext context, Ledger parent, BareBlock block) {
        Optional<Judgement.Invalid> invalid = checkContent(context, block);
        return invalid.isPresent()
                ? invalid.get()
                : run(context.parent(), parent, block.header(), block.transactions());
    }

    /**
     * What a block looks at and does, found by running its transactions on the ledger after its
     * parent; empty when it is not what {@code header} commits to. Says nothing about header and
     * signatures: see {@link #confirm}.
     */
    public Optional<Judgement.Valid> rehearse(
            BlockHeader parentHeader,
            Ledger parent,
            BlockHeader header,
            List<SignedTransaction> transactions) {
        return checkLimits(transactions).isEmpty()
                        && run(parentHeader, parent, header, transactions)
                                instanceof Judgement.Valid valid
                ? Optional.of(valid)
                : Optional.empty();
    }

    /**
     * Judges a block whose transactions were run before.
     *
     * @param known what {@link #rehearse} found for the block with this hash
     */
    Judgement confirm(HeaderContext context, BareBlock block, Judgement.Valid known) {
        return checkContent(context, block).<Judgement>map(invalid -> invalid).orElse(known);
    }

    private Judgement run(
            BlockHeader parentHeader,
            Ledger parent,
            BlockHeader header,
            List<SignedTransaction> transactions) {
        Recording recording = new Recording(parent);
        return run(
                new BlockRun(recording.ledger(), context(header), parentHeader.hash()),
                parent,
                new Content(header, transactions),
                effects -> recorded(recording, header, effects));
    }

    private static Judgement recorded(Recording recording, BlockHeader header, Effects effects) {
        BlockWitness witness = recording.witness();
        return witness.hash().equals(header.roots().witness())
                ? new Judgement.Valid(recording.released(effects), witness)
                : new Judgement.Invalid(
                        "wrong-witness", "the witness is not what the transactions look at");
    }

    private Optional<Judgement.Invalid> checkContent(HeaderContext context, BareBlock block) {
        return headers.check(context, block.header())
                .or(() -> checkTransactions(block.header(), block.transactions()))
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

    private Optional<Judgement.Invalid> checkTransactions(
            BlockHeader header, List<SignedTransaction> transactions) {
        Optional<Judgement.Invalid> tooMany = checkLimits(transactions);
        if (tooMany.isPresent()) {
            return tooMany;
        }
        return Block.transactionsRoot(transactions).equals(header.roots().transactions())
                ? Optional.empty()
                : invalid("wrong-transactions", "the transactions are not those of the header");
    }

    private static Optional<Judgement.Invalid> checkWitness(Block block) {
        return block.witness().hash().equals(block.header().roots().witness())
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
        BlockHeader header = block.header();
        try {
            return run(
                    new BlockRun(Ledger.of(tree -> maps.get(tree)), context(header), parent.hash()),
                    Ledger.of(tree -> block.witness().part(tree).map()),
                    new Content(header, block.transactions()),
                    effects -> replayed(replays.values(), block.witness(), effects));
        } catch (MissingNodeException missing) {
            return new Judgement.Invalid("wrong-witness", "incomplete: " + missing.getMessage());
        }
    }

    private static Judgement replayed(
            Collection<WitnessReplay> replays, BlockWitness witness, Effects effects) {
        return replays.stream().allMatch(replay -> replay.untouched().isEmpty())
                ? new Judgement.Valid(effects, witness)
                : new Judgement.Invalid(
                        "wrong-witness", "the witness holds more than what is looked at");
    }

    private BlockContext context(BlockHeader header) {
        return new BlockContext(
                parameters,
                network,
                header.height(),
                header.producer(),
                SignatureCheck.DONE_BEFORE);
    }

    private record Content(BlockHeader header, List<SignedTransaction> transactions) {}

    /**
     * Runs a block's transactions.
     *
     * @param apart the same state as {@code run} begins with, not recorded
     * @param valid what to say of effects that are those of the header
     */
    private Judgement run(
            BlockRun run, Ledger apart, Content content, Function<Effects, Judgement> valid) {
        boolean isParallel =
                scheduling == Scheduling.ALWAYS
                        || (scheduling == Scheduling.BY_WORK
                                && ParallelRun.isWorthIt(content.transactions()));
        Optional<ParallelRun.Refused> refused =
                isParallel
                        ? new ParallelRun(run.on(apart).ledger(), run).apply(content.transactions())
                        : inOrder(run, content.transactions());
        if (refused.isPresent()) {
            return refused(refused.get());
        }
        Effects effects = run.end();
        return wrongResult(effects, content.header().roots())
                .<Judgement>map(invalid -> invalid)
                .orElseGet(() -> valid.apply(effects));
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

    private static Optional<Judgement.Invalid> wrongResult(Effects effects, BlockRoots claimed) {
        if (!effects.ledger().roots(claimed.transactions(), claimed.witness()).equals(claimed)) {
            return invalid(
                    "wrong-roots", "the state after the transactions is not that of the header");
        }
        return effects.ledger().supply().isBalanced()
                ? Optional.empty()
                : invalid(
                        "wrong-supply",
                        "money is missing or too much: " + effects.ledger().supply());
    }

    private static Optional<Judgement.Invalid> invalid(String code, String reason) {
        return Optional.of(new Judgement.Invalid(code, reason));
    }
}

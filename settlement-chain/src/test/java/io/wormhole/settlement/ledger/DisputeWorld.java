package io.wormhole.settlement.ledger;

import io.wormhole.oracle.rules.QuestionRules;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.settlement.consensus.Vote;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.NetworkParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The chain of a {@link DisputePlan}, block by block with real ledgers and votes for finality. Near
 * each deadline blocks are undone, never final ones, and made anew with other transactions.
 */
final class DisputeWorld {
    private static final NetworkParameters PARAMETERS = NetworkParameters.development();
    private static final List<KeyPair> KEYS =
            IntStream.range(0, DisputePlan.VALIDATORS + 3).mapToObj(DisputeWorld::key).toList();
    private static final Signature UNCHECKED = new Signature(Bytes.of(new byte[Signature.SIZE]));
    private static final Amount WEALTH = Amount.of(1_000 * Trial.DSD);
    private static final int MOST_REORGS = 8;

    static final KeyPair ASKER = KEYS.get(DisputePlan.VALIDATORS);
    static final KeyPair CHALLENGER = KEYS.get(DisputePlan.VALIDATORS + 1);
    private static final KeyPair MINER = KEYS.get(DisputePlan.VALIDATORS + 2);
    static final OracleId QUESTION = OracleId.of(ASKER.address(), new Nonce(1));

    /** A block and the ledger after it. */
    private record Step(long height, Hash hash, Ledger ledger) {}

    private final DisputePlan plan;
    private final Arbitrary arbitrary;
    private final Genesis genesis;
    private final List<Step> chain = new ArrayList<>();
    private final Map<Address, Vote> cast = new HashMap<>();
    private final long money;
    private int reorgs;
    private int made;

    /** How often things have happened, by name. */
    final Map<String, Integer> counts = new TreeMap<>();

    DisputeWorld(DisputePlan plan) {
        this.plan = plan;
        this.arbitrary = Arbitrary.ofSeed(~plan.seed());
        TreeMap<Address, Amount> stakes = new TreeMap<>();
        TreeMap<Address, Amount> funds = new TreeMap<>();
        for (int i = 0; i < KEYS.size(); i++) {
            funds.put(KEYS.get(i).address(), WEALTH);
            if (i < DisputePlan.VALIDATORS) {
                stakes.put(KEYS.get(i).address(), Amount.of(plan.stakes().get(i)));
            }
        }
        genesis = new Genesis(PARAMETERS, 1_000_000, funds, stakes);
        chain.add(new Step(0, Hash.ZERO, Ledger.atGenesis(genesis)));
        money = booked(tip().ledger());
    }

    private static KeyPair key(int number) {
        byte[] seed = new byte[KeyPair.SEED_SIZE];
        seed[0] = (byte) number;
        return KeyPair.ofSeed(Bytes.of(seed));
    }

    private Step tip() {
        return chain.get(chain.size() - 1);
    }

    Ledger ledger() {
        return tip().ledger();
    }

    Amount balance(KeyPair who) {
        return ledger().account(who.address()).map(AccountEntry::balance).orElse(Amount.ZERO);
    }

    Amount wealth() {
        return WEALTH;
    }

    Amount deposit() {
        return PARAMETERS.oracles().deposit(plan.times().window());
    }

    /** Until some epochs after the question has ended and the stall is over. */
    DisputeWorld play() {
        long last =
                plan.times().opens()
                        + plan.times().window()
                        + PARAMETERS.oracles().counterclaimBlocks()
                        + 2 * PARAMETERS.oracles().voteBlocks();
        long end = Math.max(last, plan.times().stallTo()) + 20;
        while (tip().height() < end) {
            mine();
            if (reorgs < MOST_REORGS && isNearADeadline() && arbitrary.oneIn(3)) {
                undo();
            }
        }
        return this;
    }

    // --- blocks ----------------------------------------------------------------------------------

    private void mine() {
        Step parent = tip();
        long height = parent.height() + 1;
        BlockContext context =
                new BlockContext(
                        PARAMETERS,
                        genesis.networkId(),
                        new BlockHeight(height),
                        MINER.address(),
                        SignatureCheck.DONE_BEFORE);
        Ledger begun = BlockSteps.begin(parent.ledger(), context, parent.hash());
        Outcome.Applied upkeep = BlockSteps.upkeep(begun, context);
        Pass pass = new Pass(context, upkeep.ledger(), upkeep.rent());
        people(pass);
        jurors(pass);
        finality(pass);
        Ledger ended = BlockSteps.end(pass.ledger, context, pass.income);
        Hash hash = Hash.of(DomainTag.ENTROPY, Amount.of(made++));
        chain.add(new Step(height, hash, ended));
        if (booked(ended) != money) {
            throw new AssertionError("block " + height + " makes or loses money");
        }
        requireOnlyFinalAnswersAct();
    }

    /** All money less what was minted is what there was. */
    private static long booked(Ledger ledger) {
        SupplyTotals supply = ledger.supply();
        return LedgerAudit.held(ledger)
                + supply.burned().baseUnits()
                + supply.pool().baseUnits()
                - supply.issued().baseUnits();
    }

    /** The transactions of one block. */
    private static final class Pass {
        private final BlockContext context;
        private Ledger ledger;
        private Amount income;

        Pass(BlockContext context, Ledger ledger, Amount income) {
            this.context = context;
            this.ledger = ledger;
            this.income = income;
        }

        long height() {
            return context.height().value();
        }

        Optional<Question> question() {
            return ledger.openOracle(QUESTION);
        }

        boolean submit(Transaction transaction) {
            Outcome outcome =
                    Transitions.apply(
                            ledger, new SignedTransaction(transaction, UNCHECKED), context);
            if (outcome instanceof Outcome.Applied applied) {
                ledger = applied.ledger();
                income = income.plus(applied.fee()).plus(applied.rent());
            }
            return outcome instanceof Outcome.Applied;
        }

        boolean submit(KeyPair who, TransactionBody body) {
            Nonce nonce = ledger.account(who.address()).orElseThrow().nonce().next();
            return submit(Transaction.of(who.publicKey(), nonce, Trial.GAS_PRICE, body));
        }

        void free(KeyPair who, TransactionBody body) {
            if (!submit(Transaction.of(who.publicKey(), Nonce.ZERO, Amount.ZERO, body))) {
                throw new AssertionError("refused in block " + height() + ": " + body);
            }
        }
    }

    /** Whether a transaction that was sent is in the next block; in every third it is. */
    private boolean arrives(Pass pass) {
        return pass.height() % 3 == 0 || !arbitrary.oneIn(3);
    }

    // --- asker and challenger --------------------------------------------------------------------

    private void people(Pass pass) {
        DisputePlan.Times times = plan.times();
        if (pass.height() == 1) {
            pass.submit(
                    ASKER,
                    new OracleTransaction.Ask(
                            "Is it so?", new BlockHeight(times.opens()), times.window()));
        }
        plan.given()
                .filter(answer -> pass.height() >= times.answer() && arrives(pass))
                .ifPresent(answer -> give(answer, pass));
        plan.claimed().filter(answer -> arrives(pass)).ifPresent(answer -> claim(answer, pass));
    }

    private void give(Answer answer, Pass pass) {
        long opens = plan.times().opens();
        boolean isInTime = pass.height() >= opens && pass.height() < opens + plan.times().window();
        boolean isFirst =
                pass.question().filter(question -> question.given().isEmpty()).isPresent();
        boolean isTaken = pass.submit(ASKER, new OracleTransaction.Give(QUESTION, answer));
        require(isTaken == (isFirst && isInTime), "answer", pass);
    }

    private void claim(Answer answer, Pass pass) {
        Optional<Question> before = pass.question();
        if (before.isEmpty()) {
            return;
        }
        Question question = before.get();
        long from =
                question.given()
                        .map(given -> given.at().value())
                        .orElse(question.windowEndsAt().value());
        if (pass.height() < from + plan.times().claimDelay()) {
            return;
        }
        boolean isInTime = pass.height() < from + PARAMETERS.oracles().counterclaimBlocks();
        boolean differs = !question.given().map(Question.Given::answer).equals(Optional.of(answer));
        boolean isFirst = question.dispute().isEmpty();
        boolean isTaken =
                pass.submit(
                        CHALLENGER,
                        new OracleTransaction.Counterclaim(QUESTION, answer, deposit()));
        require(isTaken == (isFirst && isInTime && differs), "counterclaim", pass);
    }

    private void require(boolean holds, String what, Pass pass) {
        if (!holds) {
            throw new AssertionError(what + " at height " + pass.height() + " of " + plan);
        }
    }

    // --- jurors ----------------------------------------------------------------------------------

    private void jurors(Pass pass) {
        Optional<Question.Dispute> dispute = pass.question().flatMap(Question::dispute);
        if (dispute.filter(d -> pass.height() >= d.votesFrom().value()).isEmpty()) {
            return;
        }
        count(dispute.get().round() == 0 ? "votes" : "extended votes");
        for (int i = 0; i < DisputePlan.VALIDATORS; i++) {
            KeyPair who = KEYS.get(i);
            boolean hasVoted = pass.ledger.castVotes(QUESTION).stake().containsKey(who.address());
            Optional<Answer> says = says(plan.validators().get(i));
            if (!hasVoted && says.isPresent() && arrives(pass)) {
                boolean isTaken =
                        pass.submit(who, new OracleTransaction.StakeVote(QUESTION, says.get()));
                require(isTaken, "stake vote", pass);
            }
        }
        says(plan.producer(pass.height()))
                .ifPresent(
                        answer ->
                                pass.free(
                                        MINER,
                                        new OracleTransaction.WorkVote(
                                                pass.context.height(),
                                                List.of(
                                                        new OracleTransaction.Say(
                                                                QUESTION, answer)))));
    }

    private Optional<Answer> says(DisputePlan.Side side) {
        return switch (side) {
            case HONEST -> Optional.of(plan.truth());
            case BRIBED -> Optional.of(plan.lie());
            case ABSENT -> Optional.empty();
        };
    }

    // --- finality --------------------------------------------------------------------------------

    /** Each validator votes once for an epoch, on whatever branch it saw first. */
    private void finality(Pass pass) {
        boolean isCheckpoint = PARAMETERS.finality().isCheckpoint(pass.height());
        if (isCheckpoint || plan.isStalled(pass.height())) {
            return;
        }
        for (KeyPair who : KEYS.subList(0, DisputePlan.VALIDATORS)) {
            pass.ledger.finality().voteFor(who.address()).ifPresent(vote -> vote(who, vote, pass));
        }
    }

    private void vote(KeyPair who, Vote vote, Pass pass) {
        Vote before = cast.get(who.address());
        boolean isFree =
                before == null
                        || before.equals(vote)
                        || (before.target().epoch() < vote.target().epoch()
                                && before.source().epoch() <= vote.source().epoch());
        if (isFree) {
            cast.put(who.address(), vote);
            pass.free(who, new FinalityTransaction.Vote(vote.source(), vote.target()));
        }
    }

    private long finalHeight() {
        return ledger().finality().finalised().epoch() * PARAMETERS.finality().epochLength();
    }

    /** Contracts are given the roots of final checkpoints of this chain, and of no other state. */
    private void requireOnlyFinalAnswersAct() {
        List<Hash> allowed = new ArrayList<>();
        int epoch = PARAMETERS.finality().epochLength();
        for (long height = 0; height <= finalHeight(); height += epoch) {
            allowed.add(chain.get((int) height).ledger().map(StateTree.ANSWERED_ORACLES).root());
        }
        if (!allowed.containsAll(ledger().finalAnswers())) {
            throw new AssertionError("an answer acts that is not final: " + plan);
        }
        boolean isAnswered = ledger().answeredOracle(QUESTION).isPresent();
        boolean acts = ledger().actingOracle(QUESTION, PARAMETERS.finality()).isPresent();
        count(acts ? "acting" : isAnswered ? "answered, not final" : "open");
    }

    // --- reorganisations -------------------------------------------------------------------------

    private boolean isNearADeadline() {
        long height = tip().height();
        List<Long> deadlines = new ArrayList<>();
        deadlines.add(plan.times().opens());
        deadlines.add(plan.times().opens() + plan.times().window());
        ledger().openOracle(QUESTION)
                .ifPresent(
                        question ->
                                deadlines.add(
                                        QuestionRules.dueAt(question, PARAMETERS.oracles())
                                                .value()));
        ledger().answeredOracle(QUESTION)
                .ifPresent(answered -> deadlines.add(answered.settledAt().value()));
        return deadlines.stream().anyMatch(deadline -> Math.abs(deadline - height) <= 1);
    }

    /** Takes the last blocks back, but none that the fork choice would not leave. */
    private void undo() {
        Step before = tip();
        int depth = 1 + arbitrary.below(4);
        while (depth > 0 && canLeave(before)) {
            chain.remove(chain.size() - 1);
            depth--;
        }
        if (tip().equals(before)) {
            return;
        }
        reorgs++;
        count("reorganisations");
        boolean wasAnswered = before.ledger().answeredOracle(QUESTION).isPresent();
        if (wasAnswered && ledger().answeredOracle(QUESTION).isEmpty()) {
            count("answers undone");
        }
    }

    /** Whether the parent of the tip has justified as much as {@code best}. */
    private boolean canLeave(Step best) {
        Step parent = chain.get(chain.size() - 2);
        return parent.height() > finalHeight()
                && parent.ledger()
                        .finality()
                        .justified()
                        .equals(best.ledger().finality().justified());
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}

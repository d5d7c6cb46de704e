package io.wormhole.benchmarks.oracle;

import io.wormhole.benchmarks.oracle.QuestionChain.Times;
import io.wormhole.benchmarks.oracle.QuestionChain.Wish;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.OracleTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What open questions cost each block. */
final class Upkeep {
    private static final int ASKS_PER_BLOCK = 500;
    private static final int DUE_PER_BLOCK = 10;
    private static final int WINDOW = 20;
    private static final int ROUNDS = 400;
    private static final int DISPUTED = 256;

    private Upkeep() {}

    static void measure(int open) {
        // Warm, then measured.
        quiet(open, ROUNDS);
        disputed(20);
        List<Times> none = quiet(0, ROUNDS);
        print("no question", none);
        List<Times> far = waiting(open);
        print("%,d open, none due".formatted(open), far);
        List<Times> due = quiet(open, ROUNDS);
        print("%,d open, %d due in each block".formatted(open, DUE_PER_BLOCK), due);
        System.out.printf(
                "  so a block costs %.3f ms more%n",
                (median(due, Times::block) - median(none, Times::block)) / 1e6);
        List<Times> vote = disputed(DISPUTED);
        System.out.printf(
                "%d disputed questions with the votes of 100 validators each, all counted in one block (the most that one does): upkeep %.2f ms, block %.2f ms, %d changed%n",
                DISPUTED,
                vote.get(0).upkeep() / 1e6,
                vote.get(0).block() / 1e6,
                vote.get(0).changed());
    }

    /** Asks all, and measures the blocks in which some are due. */
    private static List<Times> quiet(int open, int rounds) {
        QuestionChain chain = new QuestionChain();
        long first = ask(chain, open);
        while (chain.height() < first - 1) {
            chain.next(List.of());
        }
        return rounds(chain, Math.min(rounds, Math.max(200, open / DUE_PER_BLOCK)));
    }

    /** Asks all, and measures blocks before any is due. */
    private static List<Times> waiting(int open) {
        QuestionChain chain = new QuestionChain();
        ask(chain, open);
        return rounds(chain, 200);
    }

    private static List<Times> rounds(QuestionChain chain, int rounds) {
        List<Times> times = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            times.add(chain.next(List.of()));
        }
        return times;
    }

    /** The height at which the first is due: nobody answers, so the deposit burns then. */
    private static long ask(QuestionChain chain, int open) {
        long wait = WINDOW + chain.parameters().oracles().counterclaimBlocks();
        long firstOpens = open / ASKS_PER_BLOCK + 300;
        List<Wish> block = new ArrayList<>();
        for (int i = 0; i < open; i++) {
            KeyPair who = chain.askers().get(i % chain.askers().size());
            BlockHeight opens = new BlockHeight(firstOpens + i / DUE_PER_BLOCK);
            block.add(new Wish(who, new OracleTransaction.Ask("Is it so?", opens, WINDOW)));
            if (block.size() == ASKS_PER_BLOCK) {
                chain.next(block);
                block.clear();
            }
        }
        chain.next(block);
        return firstOpens + wait;
    }

    /** So many questions, all answered and disputed, with the votes of all validators. */
    private static List<Times> disputed(int count) {
        QuestionChain chain = new QuestionChain();
        KeyPair asker = chain.askers().get(0);
        KeyPair challenger = chain.askers().get(1);
        List<OracleId> ids = new ArrayList<>();
        List<Wish> asks = new ArrayList<>();
        long nonce = chain.nextNonce(asker).value();
        for (int i = 0; i < count; i++) {
            ids.add(OracleId.of(asker.address(), new Nonce(nonce + i)));
            asks.add(
                    new Wish(
                            asker,
                            new OracleTransaction.Ask("Is it so?", new BlockHeight(2), WINDOW)));
        }
        chain.next(asks);
        Amount deposit = chain.parameters().oracles().deposit(WINDOW);
        List<Wish> dispute = new ArrayList<>();
        for (OracleId id : ids) {
            dispute.add(new Wish(asker, new OracleTransaction.Give(id, Answer.YES)));
            dispute.add(
                    new Wish(
                            challenger,
                            new OracleTransaction.Counterclaim(id, Answer.NO, deposit)));
        }
        chain.next(dispute);
        List<Wish> votes = new ArrayList<>();
        for (OracleId id : ids) {
            for (KeyPair validator : chain.validators()) {
                votes.add(new Wish(validator, new OracleTransaction.StakeVote(id, Answer.NO)));
            }
        }
        chain.next(votes);
        long counted = chain.height() + chain.parameters().oracles().voteBlocks();
        while (chain.height() < counted - 1) {
            chain.next(List.of());
        }
        return List.of(chain.next(List.of()));
    }

    private static void print(String what, List<Times> times) {
        System.out.printf(
                "%s: upkeep %.3f ms (at most %.3f), whole block %.3f ms, %d blocks, %d questions changed%n",
                what,
                median(times, Times::upkeep) / 1e6,
                times.stream().mapToLong(Times::upkeep).max().orElse(0) / 1e6,
                median(times, Times::block) / 1e6,
                times.size(),
                times.stream().mapToInt(Times::changed).sum());
    }

    private static long median(List<Times> times, ToLongFunction<Times> of) {
        long[] sorted = times.stream().mapToLong(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}

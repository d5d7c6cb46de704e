package io.wormhole.oracle.rules;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import java.util.Locale;

/** Why a step in a question's life is refused; {@link #code()} is stable. */
public sealed interface QuestionRefusal {
    /** A stable name for programs: oracle, and the record's name in lower case with hyphens. */
    default String code() {
        String name = getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-");
        return "oracle-" + name.toLowerCase(Locale.ROOT);
    }

    /** One line for people, with the numbers. */
    String message();

    /** There is neither text nor a hash that stands for it. */
    record EmptyQuestion() implements QuestionRefusal {
        @Override
        public String message() {
            return "the question has neither text nor a content hash";
        }
    }

    /** The answering window is too short or too long. */
    record WindowOutOfRange(long windowBlocks, long minimum, long maximum)
            implements QuestionRefusal {
        @Override
        public String message() {
            return "a window of %d blocks; allowed: %d to %d"
                    .formatted(windowBlocks, minimum, maximum);
        }
    }

    /** The window would open in the past or too far ahead. */
    record OpeningOutOfRange(BlockHeight opensAt, BlockHeight from, BlockHeight to)
            implements QuestionRefusal {
        @Override
        public String message() {
            return "window opens at height %s; allowed: %s to %s".formatted(opensAt, from, to);
        }
    }

    /** Somebody else than the asker answers. */
    record NotTheAsker(Address by, Address asker) implements QuestionRefusal {
        @Override
        public String message() {
            return "%s answers; only the asker %s can".formatted(by, asker);
        }
    }

    /** The asker answers outside of the window. */
    record OutsideWindow(BlockHeight now, BlockHeight from, BlockHeight before)
            implements QuestionRefusal {
        @Override
        public String message() {
            return "height %s is outside of the window: from %s, before %s"
                    .formatted(now, from, before);
        }
    }

    /** The question has an answer already. */
    record AlreadyAnswered(Answer answer, BlockHeight at) implements QuestionRefusal {
        @Override
        public String message() {
            return "answered %s at height %s already".formatted(answer, at);
        }
    }

    /** The question is disputed already. */
    record AlreadyDisputed(Address challenger, BlockHeight at) implements QuestionRefusal {
        @Override
        public String message() {
            return "disputed by %s at height %s already".formatted(challenger, at);
        }
    }

    /** The asker disputes its own question, which would make its bond free. */
    record OwnQuestion(Address asker) implements QuestionRefusal {
        @Override
        public String message() {
            return "%s asked this question and cannot dispute it".formatted(asker);
        }
    }

    /** The counterclaim says what the answer says. */
    record SameAnswer(Answer answer) implements QuestionRefusal {
        @Override
        public String message() {
            return "the answer is %s already; a counterclaim must differ".formatted(answer);
        }
    }

    /** The counterclaim's deposit is not the asker's. */
    record DepositNotEqual(Amount found, Amount required) implements QuestionRefusal {
        @Override
        public String message() {
            return "a deposit of %s DSD; required: %s".formatted(found, required);
        }
    }

    /** A counterclaim before an answer and before the end of the window. */
    record NothingToDispute(BlockHeight now, BlockHeight windowEndsAt) implements QuestionRefusal {
        @Override
        public String message() {
            return "no answer at height %s, and the window is open until %s"
                    .formatted(now, windowEndsAt);
        }
    }

    /** A counterclaim after its time. */
    record TooLateToDispute(BlockHeight now, BlockHeight before) implements QuestionRefusal {
        @Override
        public String message() {
            return "height %s; a counterclaim must come before %s".formatted(now, before);
        }
    }

    /** The question's time is not over. */
    record NotOver(BlockHeight now, BlockHeight from) implements QuestionRefusal {
        @Override
        public String message() {
            return "height %s; can be settled from %s".formatted(now, from);
        }
    }

    /** A vote on a question that nobody disputed. */
    record NotDisputed(OracleId oracle) implements QuestionRefusal {
        @Override
        public String message() {
            return "nobody disputed question %s, so nothing is to be voted on".formatted(oracle);
        }
    }

    /** A vote before or after its window. */
    record OutsideVote(BlockHeight now, BlockHeight from, BlockHeight before)
            implements QuestionRefusal {
        @Override
        public String message() {
            return "a vote at height %s; allowed: from %s, before %s".formatted(now, from, before);
        }
    }

    /** A vote of somebody without active stake. */
    record NoStake(Address voter) implements QuestionRefusal {
        @Override
        public String message() {
            return "%s has no active stake to vote with".formatted(voter);
        }
    }

    /** A second vote of a validator in one window. */
    record AlreadyVoted(Address voter, Answer answer) implements QuestionRefusal {
        @Override
        public String message() {
            return "%s has voted %s in this window already".formatted(voter, answer);
        }
    }

    /** A second vote of one block on one question. */
    record BlockHasVoted(OracleId oracle, BlockHeight height) implements QuestionRefusal {
        @Override
        public String message() {
            return "block %s has voted on question %s already".formatted(height, oracle);
        }
    }

    /** An account with as many open questions as it can have. */
    record TooManyOpen(Address asker, long maximum) implements QuestionRefusal {
        @Override
        public String message() {
            return "%s has %d open questions; no more can be asked before one is settled"
                    .formatted(asker, maximum);
        }
    }

    /** More voters than a question keeps. */
    record TooManyVoters(int maximum) implements QuestionRefusal {
        @Override
        public String message() {
            return "%d voters have voted; no more can".formatted(maximum);
        }
    }

    /** A block's vote by somebody else than its producer, or for another block. */
    record NotThisBlock(Address by, BlockHeight height, Address producer, BlockHeight now)
            implements QuestionRefusal {
        @Override
        public String message() {
            return "%s votes for block %s; this is block %s of %s"
                    .formatted(by, height, now, producer);
        }
    }
}

package io.wormhole.oracle.duty;

import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.transaction.TransactionBody;
import java.util.List;

/** What is to be done about a question now. */
public sealed interface Step {

    /** The feeds are to be read. */
    record Evaluate(String plan) implements Step {}

    /** Somebody has to say the answer. */
    record AskHuman() implements Step {}

    /** A transaction is to be brought; its evidence is what was decided. */
    record Bring(String name, TransactionBody body) implements Step {}

    /** Our blocks are to say this. */
    record SayInBlocks(Answer answer) implements Step {}

    /** It is over. */
    record End(String outcome) implements Step {}

    /** Nothing to do. */
    static List<Step> none() {
        return List.of();
    }
}

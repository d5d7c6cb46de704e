package io.wormhole.oracle.duty;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The bonds of one account: how much of its budget is put up, or will be.
 *
 * <p>Where the answer that was given is ours, or somebody else has disputed it, as last seen, no
 * bond is needed. That is known anew after a restart as soon as each question was looked at.
 */
final class Bonds {
    private final Amount budget;
    private final Address self;
    private final Set<OracleId> free = new HashSet<>();

    Bonds(Amount budget, Address self) {
        this.budget = budget;
        this.self = self;
    }

    /** Notes whether a bond of ours is needed. */
    void note(Optional<Duty> duty, Question question) {
        Optional<Answer> mine = duty.flatMap(Duty::decided).map(Duty.Decided::answer);
        Optional<Answer> given = question.given().map(Question.Given::answer);
        boolean isOthers =
                question.dispute().filter(found -> !found.challenger().equals(self)).isPresent();
        if (isOthers || (mine.isPresent() && mine.equals(given))) {
            free.add(question.id());
        } else {
            free.remove(question.id());
        }
    }

    void forget(OracleId oracle) {
        free.remove(oracle);
    }

    /** What of the budget the bonds of all other duties leave. */
    Amount left(DutyMemory memory, Optional<Duty> duty) {
        Amount others =
                memory.committed(free)
                        .minus(
                                duty.filter(Duty::isBound)
                                        .filter(d -> !free.contains(d.oracle()))
                                        .map(Duty::bond)
                                        .orElse(Amount.ZERO));
        return budget.covers(others) ? budget.minus(others) : Amount.ZERO;
    }
}

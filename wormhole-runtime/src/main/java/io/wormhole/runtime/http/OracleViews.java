package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.oracle.duty.Duty;
import io.wormhole.oracle.rules.Ballot;
import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.oracle.rules.QuestionRules;
import io.wormhole.oracle.rules.VoteRules;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.QuestionBook.Standing;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.Map;

/** Questions as JSON. */
final class OracleViews {
    private OracleViews() {}

    /** What the votes are weighed with. */
    record Scales(Map<Address, Amount> stakes, OracleTerms terms) {}

    static ObjectNode summary(Question question, BlockHeight now, OracleTerms terms) {
        ObjectNode view =
                Json.object()
                        .put("id", question.id().toString())
                        .put("text", question.subject().text())
                        .put("phase", phase(question, now))
                        .put("asker", question.asker().toString())
                        .put("opensAt", question.opensAt().value())
                        .put("windowEndsAt", question.windowEndsAt().value())
                        .put("dueAt", QuestionRules.dueAt(question, terms).value())
                        .put("now", now.value());
        Json.putAmount(view, "deposit", question.deposit());
        question.subject().content().ifPresent(hash -> view.put("content", hash.toHex()));
        question.given().ifPresent(given -> view.set("given", said(given)));
        return view;
    }

    private static String phase(Question question, BlockHeight now) {
        if (question.dispute().isPresent()) {
            return question.dispute().get().round() == 0 ? "voting" : "extension";
        }
        if (question.given().isPresent()) {
            return "answered";
        }
        if (now.isBefore(question.opensAt())) {
            return "waiting";
        }
        return now.isBefore(question.windowEndsAt()) ? "open" : "missed";
    }

    private static ObjectNode said(Question.Given given) {
        ObjectNode view =
                Json.object().put("answer", given.answer().name()).put("at", given.at().value());
        given.evidence().ifPresent(hash -> view.put("evidence", hash.toHex()));
        return view;
    }

    static ObjectNode open(Standing.Open open, Scales scales) {
        ObjectNode view = summary(open.question(), open.now(), scales.terms());
        open.question()
                .dispute()
                .ifPresent(
                        dispute -> {
                            ObjectNode shown = said(dispute.claim());
                            shown.put("challenger", dispute.challenger().toString())
                                    .put("votesFrom", dispute.votesFrom().value());
                            view.set("dispute", shown);
                            view.set("votes", votes(open.votes(), scales));
                        });
        return view;
    }

    private static ObjectNode votes(CastVotes votes, Scales scales) {
        Ballot ballot = VoteRules.count(votes, scales.stakes(), scales.terms());
        ObjectNode view = Json.object();
        Json.putAmount(view, "activeStake", ballot.activeStake());
        view.put("blocks", ballot.blocks());
        ArrayNode chambers = view.putArray("byAnswer");
        for (Answer answer : Answer.values()) {
            ObjectNode line = chambers.addObject().put("answer", answer.name());
            Json.putAmount(line, "stake", ballot.stakeVotes().getOrDefault(answer, Amount.ZERO));
            line.put("blocks", ballot.workVotes().getOrDefault(answer, 0L));
        }
        view.put("stakeSays", ballot.stakeChamber().map(Answer::name).orElse("nothing yet"));
        view.put("workSays", ballot.workChamber().map(Answer::name).orElse("nothing yet"));
        return view;
    }

    static ObjectNode settled(AnsweredQuestion question, boolean isFinal) {
        ObjectNode view =
                Json.object()
                        .put("id", question.id().toString())
                        .put("phase", "settled")
                        .put("ending", question.ending().name())
                        .put("asker", question.asker().toString())
                        .put("settledAt", question.settledAt().value())
                        .put("final", isFinal)
                        .put("askedIn", question.transaction().toHex());
        question.answer().ifPresent(answer -> view.put("answer", answer.name()));
        question.evidence().map(Hash::toHex).ifPresent(hash -> view.put("evidence", hash));
        return view;
    }

    /** What was asked, from the transaction that asked it. */
    static void asked(ObjectNode view, Transaction transaction) {
        if (transaction.body() instanceof OracleTransaction.Ask ask) {
            view.put("text", ask.question())
                    .put("opensAt", ask.opensAt().value())
                    .put("windowEndsAt", ask.opensAt().plus(ask.windowBlocks()).value());
            transaction.dataHash().ifPresent(hash -> view.put("content", hash.toHex()));
        }
    }

    static ObjectNode duty(Duty duty) {
        ObjectNode view =
                Json.object()
                        .put("oracle", duty.oracle().toString())
                        .put("plan", duty.plan().orElse(""));
        duty.decided()
                .ifPresent(
                        said ->
                                view.put("answer", said.answer().name())
                                        .set("evidence", evidence(said.evidence())));
        ObjectNode steps = view.putObject("steps");
        duty.brought().forEach(steps::put);
        duty.outcome().ifPresent(how -> view.put("outcome", how));
        return view;
    }

    private static ObjectNode evidence(String text) {
        ObjectNode view = Json.object().put("text", text);
        return view.put("hash", io.wormhole.oracle.feed.Evidence.hash(text).toHex());
    }
}

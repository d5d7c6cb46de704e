package io.wormhole.oracle.duty;

import io.wormhole.oracle.feed.Evidence;
import io.wormhole.oracle.feed.FeedPlan;
import io.wormhole.oracle.proto.QuestionAsked;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.QuestionBook.Standing;
import io.wormhole.protocol.transaction.OracleTransaction;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * What {@link DutyEntity} has others do: asking the chain, reading feeds, sending transactions.
 * Each ends with a message to the actor; what is under way is not begun a second time.
 */
final class DutyEffects {
    private static final String NOT_OPEN = "no open question is known by this id";

    private final ActorContext<DutyEntity.Command> context;
    private final DutyParts parts;
    // After a restart all of it is begun anew.
    private final Set<String> busy = new HashSet<>();
    private final Set<OracleId> humanTold = new HashSet<>();

    DutyEffects(ActorContext<DutyEntity.Command> context, DutyParts parts) {
        this.context = context;
        this.parts = parts;
    }

    /** What was begun at a place has come to an end. */
    void ended(String place) {
        busy.remove(place);
    }

    /** Brings the questions that are not on the chain yet. */
    void bringRequests(DutyMemory memory) {
        memory.asked().values().stream()
                .filter(request -> busy.add("ask/" + request.getRequest()))
                .forEach(this::bringRequest);
    }

    private void bringRequest(QuestionAsked request) {
        Optional<Hash> content =
                request.getContent().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Hash(Bytes.of(request.getContent().toByteArray())));
        String place = "ask/" + request.getRequest();
        context.pipeToSelf(
                parts.purse()
                        .bring(
                                "oracle/" + place,
                                new OracleTransaction.Ask(
                                        request.getText(),
                                        new BlockHeight(request.getOpensAt()),
                                        request.getWindowBlocks()),
                                content)
                        .thenCompose(
                                result ->
                                        OracleFinder.find(parts.settlement(), result)
                                                .thenApply(
                                                        id ->
                                                                new DutyEntity.Asked(
                                                                        request.getRequest(),
                                                                        result,
                                                                        id))),
                (asked, failure) ->
                        asked != null ? asked : new DutyEntity.Failed(place, "asking", failure));
    }

    /** Looks at a question. */
    void begin(OracleId oracle) {
        String place = "look/" + oracle;
        if (!busy.add(place)) {
            return;
        }
        context.pipeToSelf(
                parts.questions()
                        .question(oracle, Certainty.TENTATIVE)
                        .thenCombine(
                                parts.questions().question(oracle, Certainty.FINAL),
                                (head, settled) -> new DutyEntity.Seen(oracle, head, settled)),
                (seen, failure) ->
                        seen != null ? seen : new DutyEntity.Failed(place, "looking", failure));
    }

    /** Asks what a decision by hand costs. */
    void weigh(DutyEntity.Decide decide) {
        context.pipeToSelf(
                parts.questions().question(decide.oracle(), Certainty.TENTATIVE),
                (found, failure) ->
                        found != null
                                ? new DutyEntity.Weighed(decide, open(found), NOT_OPEN)
                                : new DutyEntity.Weighed(
                                        decide,
                                        Optional.empty(),
                                        "the chain cannot be asked: " + failure));
    }

    private static Optional<Question> open(Optional<Standing> found) {
        return found.filter(Standing.Open.class::isInstance)
                .map(open -> ((Standing.Open) open).question());
    }

    /** Takes a step that the role says. */
    void perform(Duty duty, Step step, Sight sight) {
        if (step instanceof Step.Evaluate evaluate) {
            evaluate(duty.oracle(), evaluate.plan());
        } else if (step instanceof Step.Bring bring) {
            bring(duty, bring);
        } else if (step instanceof Step.SayInBlocks say) {
            parts.purse().voteWithBlocks(duty.oracle(), say.answer());
        } else if (step instanceof Step.AskHuman && humanTold.add(duty.oracle())) {
            parts.human().accept(sight.question());
        }
    }

    private void evaluate(OracleId oracle, String name) {
        FeedPlan plan = parts.plans().get(name);
        String place = "feed/" + oracle;
        if (plan == null) {
            context.getLog().warn("question {}: there is no feed plan {} any more", oracle, name);
        } else if (busy.add(place)) {
            context.pipeToSelf(
                    plan.evaluate(),
                    (evidence, failure) ->
                            evidence != null
                                    ? new DutyEntity.Judged(oracle, evidence)
                                    : new DutyEntity.Failed(place, "reading feeds", failure));
        }
    }

    private void bring(Duty duty, Step.Bring bring) {
        String place = bring.name() + "/" + duty.oracle();
        if (!busy.add(place)) {
            return;
        }
        Optional<Hash> evidence =
                bring.body() instanceof OracleTransaction.StakeVote
                        ? Optional.empty()
                        : duty.decided().map(said -> Evidence.hash(said.evidence()));
        context.pipeToSelf(
                parts.purse()
                        .bring(
                                "oracle/%s/%s".formatted(duty.oracle(), bring.name()),
                                bring.body(),
                                evidence),
                (result, failure) ->
                        result != null
                                ? new DutyEntity.Brought(place, duty.oracle(), bring.name(), result)
                                : new DutyEntity.Failed(
                                        place, "bringing " + bring.name(), failure));
    }
}

package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.oracle.duty.Duty;
import io.wormhole.oracle.duty.DutyEntity;
import io.wormhole.oracle.duty.DutyMemory;
import io.wormhole.oracle.duty.Role;
import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.oracle.rules.QuestionRules;
import io.wormhole.oracle.rules.Ruling;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnswerProof;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.QuestionBook.Standing;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.oracle.PartnerReading;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.ledger.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** Questions: ask, answer, dispute, vote, list, show with proof; and values for feeds. */
final class OracleApi extends JsonRoutes {
    private static final int MOST_LISTED = 200;
    private static final int LONGEST_REASON = 2000;
    private static final long MOST_BLOCKS = 100_000_000;

    private final WormholeNode node;

    OracleApi(WormholeNode node) {
        this.node = node;
    }

    Route route() {
        return concat(
                path(
                        PathMatchers.segment("feeds").slash(PathMatchers.segment()),
                        name -> takes(text -> hand(name, text))),
                path("readings", () -> takes(this::tell)),
                path("duties", () -> reads(this::duties)),
                pathPrefix(
                        "oracles",
                        () ->
                                concat(
                                        pathEndOrSingleSlash(
                                                () -> concat(lists(), takes(this::ask))),
                                        pathPrefix(PathMatchers.segment(), this::one))));
    }

    private Route one(String text) {
        OracleId oracle = new OracleId(Hash.ofHex(text));
        return concat(
                pathEndOrSingleSlash(() -> reads(() -> show(oracle))),
                path("answer", () -> takes(body -> decide(Role.OPERATOR, oracle, body))),
                path("dispute", () -> takes(body -> decide(Role.CHALLENGER, oracle, body))),
                path("vote", () -> takes(body -> decide(Role.VOTER, oracle, body))),
                path("proof", () -> reads(() -> proof(oracle))));
    }

    private Route lists() {
        return get(
                () ->
                        parameterOptional(
                                "after",
                                after ->
                                        answer(
                                                list(
                                                        after.map(
                                                                hex ->
                                                                        new OracleId(
                                                                                Hash.ofHex(
                                                                                        hex)))))));
    }

    private CompletionStage<ObjectNode> list(Optional<OracleId> after) {
        BlockHeight now = head();
        return node.settlementNode()
                .questions()
                .openQuestions(after, MOST_LISTED)
                .thenApply(
                        found -> {
                            ObjectNode view = Json.object().put("now", now.value());
                            ArrayNode open = view.putArray("open");
                            found.forEach(
                                    q -> open.add(OracleViews.summary(q, now, scalesTerms())));
                            return view;
                        });
    }

    private OracleTerms scalesTerms() {
        return node.settlementNode().genesis().parameters().oracles();
    }

    private BlockHeight head() {
        return node.settlementNode().status().head().height();
    }

    private CompletionStage<ObjectNode> ask(String text) {
        Json.Body body =
                Json.Body.parse(
                        text, Set.of("text", "content", "opensIn", "window", "plan", "request"));
        String question = body.text("text");
        String content = body.optionalText("content").orElse("");
        String request = body.optionalText("request").orElseGet(() -> UUID.randomUUID().toString());
        DutyEntity.Wording wording =
                new DutyEntity.Wording(
                        question,
                        content.isEmpty() ? Optional.empty() : Optional.of(Hash.ofHex(content)),
                        head().plus(body.number("opensIn", 1, MOST_BLOCKS)),
                        body.number("window", 1, MOST_BLOCKS));
        requireAllowed(wording);
        return node.oracles()
                .ask(request, wording, body.optionalText("plan"))
                .thenApply(said -> stored(said, Json.object().put("request", request)));
    }

    /** What the chain would refuse is told at once. */
    private void requireAllowed(DutyEntity.Wording wording) {
        int bytes = wording.text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Question.MAXIMUM_TEXT_BYTES) {
            throw new IllegalArgumentException(
                    "the question has %d bytes, allowed are %d: give the hash of a longer one as content"
                            .formatted(bytes, Question.MAXIMUM_TEXT_BYTES));
        }
        Ruling<Question> ruling =
                QuestionRules.ask(
                        new OracleId(Hash.ZERO),
                        new QuestionRules.Asked(
                                node.operator().address(),
                                new Question.Subject(wording.text(), wording.content(), Hash.ZERO),
                                wording.opensAt(),
                                wording.windowBlocks()),
                        head(),
                        scalesTerms());
        if (ruling instanceof Ruling.Refused<Question> refused) {
            Refusal.OracleRefused why = new Refusal.OracleRefused(refused.refusal());
            throw ApiProblem.refused(why.code(), why.message()).raised();
        }
    }

    private static ObjectNode stored(DutyEntity.Said said, ObjectNode view) {
        if (said instanceof DutyEntity.Said.Refused refused) {
            throw ApiProblem.refused("oracle-refused", refused.reason()).raised();
        }
        return view;
    }

    private CompletionStage<ObjectNode> decide(Role role, OracleId oracle, String text) {
        Json.Body body = Json.Body.parse(text, Set.of("answer", "reason"));
        String reason = body.optionalText("reason").orElse("");
        if (reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("field reason has at most 2000 characters");
        }
        Answer answer = answerOf(body.text("answer"));
        return standing(oracle, Certainty.TENTATIVE)
                .thenCompose(
                        known -> {
                            if (known instanceof Standing.Settled) {
                                throw ApiProblem.refused("oracle-settled", "it is settled")
                                        .raised();
                            }
                            return node.oracles().decide(role, oracle, answer, reason);
                        })
                .thenApply(
                        said ->
                                stored(
                                        said,
                                        Json.object()
                                                .put("id", oracle.toString())
                                                .put("role", role.id())
                                                .put("answer", answer.name())));
    }

    private static Answer answerOf(String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(Answer.values())
                .filter(answer -> answer.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the answer is %s, allowed are yes, no and bad-question"
                                                .formatted(text)));
    }

    private CompletionStage<Standing> standing(OracleId oracle, Certainty certainty) {
        return node.settlementNode()
                .questions()
                .question(oracle, certainty)
                .thenApply(
                        found -> ApiProblem.require(found, () -> "there is no question " + oracle));
    }

    private CompletionStage<ObjectNode> show(OracleId oracle) {
        return standing(oracle, Certainty.TENTATIVE)
                .thenCombine(node.settlementNode().finality(), this::view)
                .thenCompose(this::withText);
    }

    /** A settled question keeps no text; its asking transaction has it, unless it is pruned. */
    private CompletionStage<ObjectNode> withText(ObjectNode view) {
        if (view.has("text")) {
            return CompletableFuture.completedFuture(view);
        }
        return node.settlement()
                .inclusionProof(Hash.ofHex(view.get("askedIn").asText()))
                .thenApply(
                        found -> {
                            found.ifPresent(
                                    proof ->
                                            OracleViews.asked(
                                                    view, proof.transaction().transaction()));
                            return view;
                        });
    }

    private ObjectNode view(Standing standing, FinalityState finality) {
        if (standing instanceof Standing.Settled settled) {
            long finalHeight = node.settlementNode().status().finalHeight();
            return OracleViews.settled(
                    settled.question(), settled.question().settledAt().value() <= finalHeight);
        }
        return OracleViews.open(
                (Standing.Open) standing,
                new OracleViews.Scales(finality.currentSet(), scalesTerms()));
    }

    private CompletionStage<ObjectNode> proof(OracleId oracle) {
        return node.settlementNode()
                .proveAnswer(oracle, Certainty.FINAL)
                .thenApply(
                        proven ->
                                Json.object()
                                        .put("id", oracle.toString())
                                        .put(
                                                "answered",
                                                proven.proof()
                                                        .verify(proven.header().roots())
                                                        .proven()
                                                        .isPresent())
                                        .put("block", proven.header().hash().toHex())
                                        .put("height", proven.header().height().value())
                                        .put(
                                                "proof",
                                                new AnswerProof(
                                                                proven.header(),
                                                                oracle,
                                                                proven.proof().proof())
                                                        .encoded()
                                                        .toHex()));
    }

    private CompletionStage<ObjectNode> duties() {
        CompletionStage<ObjectNode> view = CompletableFuture.completedFuture(Json.object());
        for (Role role : List.of(Role.values())) {
            view =
                    view.thenCombine(
                            node.oracles().memory(role),
                            (all, memory) -> all.set(role.id(), duties(memory)));
        }
        return view;
    }

    private static ObjectNode duties(DutyMemory memory) {
        ObjectNode view = Json.object();
        ArrayNode asked = view.putArray("asked");
        memory.asked().keySet().forEach(asked::add);
        ObjectNode refused = view.putObject("refused");
        memory.refused().forEach(request -> refused.put(request.getRequest(), request.getReason()));
        ArrayNode duties = view.putArray("duties");
        for (Duty duty : memory.duties().values()) {
            ObjectNode shown = OracleViews.duty(duty);
            duty.request().ifPresent(request -> shown.put("request", request));
            duties.add(shown);
        }
        return view;
    }

    private CompletionStage<ObjectNode> tell(String text) {
        Json.Body body = Json.Body.parse(text, Set.of("to", "feed", "value"));
        PublicKey partner = new PublicKey(Bytes.ofHex(body.text("to")));
        PartnerReading reading = new PartnerReading(body.text("feed"), body.text("value"));
        node.channels().say(partner, reading.encoded());
        return CompletableFuture.completedFuture(Json.object().put("feed", reading.feed()));
    }

    private CompletionStage<ObjectNode> hand(String feed, String text) {
        Json.Body body = Json.Body.parse(text, Set.of("value", "from"));
        node.oracles()
                .hand(feed, body.optionalText("from").orElse("the operator"), body.text("value"));
        return CompletableFuture.completedFuture(Json.object().put("feed", feed));
    }
}

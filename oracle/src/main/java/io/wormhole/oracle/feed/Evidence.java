package io.wormhole.oracle.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.oracle.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What an answer rests on: the readings with their times and sources, the faults, and how they were
 * judged. Kept as the JSON text whose hash goes with the answer.
 *
 * @param answer what follows; empty when nothing does
 * @param text the JSON text
 */
public record Evidence(Optional<Answer> answer, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes down what was read. */
    static Evidence of(
            FeedPlan plan,
            List<Reading> readings,
            List<String> faults,
            Combination.Outcome outcome) {
        ObjectNode root = JSON.createObjectNode();
        root.put("plan", plan.name());
        root.put("yesWhen", plan.yesWhen().toString());
        ArrayNode all = root.putArray("readings");
        for (Reading reading : readings) {
            all.addObject()
                    .put("source", reading.source())
                    .put("at", reading.at().toString())
                    .put("value", reading.value());
        }
        ArrayNode bad = root.putArray("faults");
        faults.forEach(bad::add);
        root.put("answer", outcome.answer().map(Enum::name).orElse("NONE"));
        root.put("because", outcome.because());
        return new Evidence(outcome.answer(), write(root));
    }

    /** What somebody said by hand. */
    public static Evidence ofHand(Answer answer, String reason) {
        ObjectNode root = JSON.createObjectNode();
        root.put("answer", answer.name()).put("because", reason);
        return new Evidence(Optional.of(answer), write(root));
    }

    private static String write(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of texts is JSON", impossible);
        }
    }

    /** What goes with the answer on the chain. */
    public Hash hash() {
        return hash(text);
    }

    /** The hash of an evidence text. */
    public static Hash hash(String text) {
        return Hash.of(DomainTag.ORACLE_EVIDENCE, Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}

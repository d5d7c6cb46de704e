package io.wormhole.runtime.line;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.runtime.proto.LineEvent;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a line remembers.
 *
 * @param definition as deployed last; none before the first deployment and after retirement
 * @param jobs device by order, of jobs that are not over
 * @param paused whether new orders are refused
 */
public record LineMemory(
        Optional<String> definition, SortedMap<Hash, String> jobs, boolean paused) {
    static final LineMemory NEW = new LineMemory(Optional.empty(), new TreeMap<>(), false);

    LineMemory after(LineEvent event) {
        SortedMap<Hash, String> running = new TreeMap<>(jobs);
        return switch (event.getEventCase()) {
            case DEPLOYED ->
                    new LineMemory(Optional.of(event.getDeployed().getDefinition()), jobs, paused);
            case JOB_LISTED -> {
                running.put(
                        hash(event.getJobListed().getOrder()), event.getJobListed().getDevice());
                yield new LineMemory(definition, running, paused);
            }
            case JOB_UNLISTED -> {
                running.remove(hash(event.getJobUnlisted().getOrder()));
                yield new LineMemory(definition, running, paused);
            }
            case PAUSED -> new LineMemory(definition, jobs, event.getPaused().getPaused());
            case RETIRED -> NEW;
            default -> throw new IllegalArgumentException("line event without content");
        };
    }

    /** Why the line does not take on an order for a device; none if it does, or has already. */
    Optional<String> objection(Hash order, String device) {
        if (definition.isEmpty()) {
            return Optional.of("no line of this name is deployed here");
        }
        if (jobs.containsKey(order)) {
            return Optional.empty();
        }
        if (paused) {
            return Optional.of("the line is paused");
        }
        LineDefinition line = LineDefinition.parse("line", definition.get());
        if (!line.devices().containsKey(device)) {
            return Optional.of("the line has no device " + device);
        }
        return jobs.size() >= line.maximumJobs()
                ? Optional.of("all " + line.maximumJobs() + " places for jobs are taken")
                : Optional.empty();
    }

    private static Hash hash(com.google.protobuf.ByteString field) {
        return new Hash(Bytes.of(field.toByteArray()));
    }
}

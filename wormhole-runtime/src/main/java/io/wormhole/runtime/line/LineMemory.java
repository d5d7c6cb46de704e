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

    private static Hash hash(com.google.protobuf.ByteString field) {
        return new Hash(Bytes.of(field.toByteArray()));
    }
}

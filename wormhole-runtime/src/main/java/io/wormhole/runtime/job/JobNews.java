package io.wormhole.runtime.job;

import io.wormhole.runtime.device.DeviceProtocol;
import io.wormhole.runtime.proto.OrderMessage;
import io.wormhole.runtime.proto.OrderProgress;
import io.wormhole.runtime.proto.OrderStopped;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * Tells the people on both sides how a job goes: nothing here is stored, and nothing depends on it.
 * The customer hears what kind of trouble there is; its details are for the maker alone.
 */
final class JobNews {
    private final JobWorld world;
    private final Logger log;
    private Optional<String> waitsFor = Optional.empty();

    JobNews(JobWorld world, Logger log) {
        this.world = world;
        this.log = log;
    }

    /** Why the job does not go on; none while it does. */
    Optional<String> waitsFor() {
        return waitsFor;
    }

    /** The device goes on. */
    void progress(JobMemory memory, DeviceProtocol.PartProgress progress) {
        waitsFor = Optional.empty();
        say(
                memory,
                OrderProgress.newBuilder()
                        .setOrder(memory.accepted().getOrder())
                        .setCup(progress.part().part())
                        .setLinesDone(progress.ackedCommands())
                        .setLinesTotal(progress.totalCommands()));
    }

    /** The device does not go on; the same trouble is logged once. */
    void waits(JobMemory memory, String trouble, String details) {
        Optional<String> now = Optional.of(trouble + " (" + details + ")");
        if (!now.equals(waitsFor)) {
            log.info("job {} waits: {}", memory.order(), now.get());
        }
        waitsFor = now;
        say(
                memory,
                OrderProgress.newBuilder()
                        .setOrder(memory.accepted().getOrder())
                        .setCup(memory.printed() + 1)
                        .setLinesDone(memory.acked())
                        .setLinesTotal(memory.accepted().getProgramCommands())
                        .setNote(trouble));
    }

    private void say(JobMemory memory, OrderProgress.Builder progress) {
        world.say(
                memory.customer(), OrderMessage.newBuilder().setProgress(progress.build()).build());
    }

    /** The job ends early. */
    void stopped(JobMemory memory, String reason) {
        OrderStopped stopped =
                OrderStopped.newBuilder()
                        .setOrder(memory.accepted().getOrder())
                        .setReason(reason)
                        .build();
        world.say(memory.customer(), OrderMessage.newBuilder().setStopped(stopped).build());
    }
}

package io.wormhole.runtime.line;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.runtime.device.DeviceProtocol;
import io.wormhole.runtime.job.JobEntity;
import io.wormhole.runtime.job.JobWorld;
import io.wormhole.supervision.ChildSpec;
import io.wormhole.supervision.StableReferences;
import io.wormhole.supervision.SupervisorSpec;
import io.wormhole.supervision.policy.Strategy;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The supervision tree of a line: devices, which restart one by one, and jobs, which come and go. A
 * job outlives the restart of its device; when devices fail too often the whole line starts again.
 */
final class LineTree {
    static final String DEVICES = "devices";
    static final String JOBS = "jobs";

    private LineTree() {}

    /** What a job's worker is started with. */
    record JobArguments(Hash order, String device) {}

    /** The tree of {@code line}. */
    static SupervisorSpec of(LineDefinition line, ActorSystem<?> system, JobWorld world) {
        String root = line.name().path();
        SupervisorSpec.Builder devices =
                SupervisorSpec.named(DEVICES)
                        .strategy(Strategy.ONE_FOR_ONE)
                        .intensity(line.intensity(), line.period());
        new TreeMap<>(line.devices())
                .forEach(
                        (name, printer) ->
                                devices.child(
                                        ChildSpec.worker(
                                                name,
                                                () ->
                                                        DeviceWorker.create(
                                                                line.name(), name, printer))));
        return SupervisorSpec.named(line.name().segments().get(line.name().segments().size() - 1))
                .strategy(Strategy.REST_FOR_ONE)
                .intensity(line.intensity(), line.period())
                .child(devices.build())
                .child(
                        SupervisorSpec.named(JOBS)
                                .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                                .intensity(line.intensity(), line.period())
                                .child(
                                        ChildSpec.worker(
                                                        "job",
                                                        self ->
                                                                job(
                                                                        (JobArguments)
                                                                                self.arguments()
                                                                                        .orElseThrow(),
                                                                        root,
                                                                        system,
                                                                        world))
                                                .transientChild())
                                .build())
                .build();
    }

    private static org.apache.pekko.actor.typed.Behavior<JobEntity.Command> job(
            JobArguments job, String root, ActorSystem<?> system, JobWorld world) {
        ActorRef<DeviceProtocol.Command> device =
                StableReferences.get(system).to(root + "/" + DEVICES + "/" + job.device());
        return JobEntity.create(job.order(), world, device);
    }
}

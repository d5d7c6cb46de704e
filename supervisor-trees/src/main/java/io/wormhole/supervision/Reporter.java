package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.event.EventStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens in a supervisor: listener, event stream, and the log for what should not have
 * happened.
 */
final class Reporter {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final Home home;
    private final Consumer<SupervisionEvent> listener;
    private final EventStream stream;

    Reporter(Home home, Consumer<SupervisionEvent> listener, ActorSystem<?> system) {
        this.home = home;
        this.listener = listener;
        this.stream = Adapter.toClassic(system).eventStream();
    }

    void started(Slot slot) {
        tell(new SupervisionEvent.ChildStarted(pathOf(slot), slot.restarts));
    }

    void ignored(Slot slot) {
        tell(new SupervisionEvent.ChildIgnored(pathOf(slot)));
    }

    void startFailed(Slot slot, ExitReason reason) {
        tell(new SupervisionEvent.ChildStartFailed(pathOf(slot), reason));
        crash(new Crash(slot, CrashReport.Kind.START_ERROR, reason, 0, ""));
    }

    void exited(Slot slot, ExitReason reason) {
        tell(new SupervisionEvent.ChildExited(pathOf(slot), reason));
    }

    void supervisorExited(ExitReason reason) {
        tell(new SupervisionEvent.SupervisorExited(home.path(), reason));
    }

    void crash(Crash crash) {
        Slot slot = crash.slot();
        CrashReport report =
                new CrashReport(
                        pathOf(slot),
                        crash.kind(),
                        crash.reason(),
                        slot.restarts,
                        crash.ranMillis(),
                        crash.lastMessageType(),
                        slot.history());
        tell(report);
        if (LOG.isWarnEnabled()) {
            log(report);
        }
    }

    private static void log(CrashReport report) {
        Throwable cause =
                report.reason() instanceof ExitReason.Failure failure
                        ? failure.cause().orElse(null)
                        : null;
        LOG.atWarn()
                .setCause(cause)
                .addKeyValue("child", report.path())
                .addKeyValue("report", report.kind())
                .addKeyValue("reason", report.reason().describe())
                .addKeyValue("restarts", report.restarts())
                .addKeyValue("uptimeMillis", report.uptimeMillis())
                .addKeyValue("lastMessage", report.lastMessageType())
                .addKeyValue("history", report.history())
                .log("{} {}: {}", report.path(), report.kind(), report.reason().describe());
    }

    private String pathOf(Slot slot) {
        return home.pathOf(slot.id());
    }

    private void tell(SupervisionEvent event) {
        listener.accept(event);
        stream.publish(event);
    }

    /** What a crash report is made from. */
    record Crash(
            Slot slot,
            CrashReport.Kind kind,
            ExitReason reason,
            long ranMillis,
            String lastMessageType) {}
}

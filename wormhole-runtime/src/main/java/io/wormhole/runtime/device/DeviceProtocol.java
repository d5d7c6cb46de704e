package io.wormhole.runtime.device;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** What every device driver understands and says, whatever the device speaks. */
public sealed interface DeviceProtocol {

    /** What a driver is asked. */
    sealed interface Command extends DeviceProtocol permits Print, Stop, Describe, MarlinInternal {}

    /**
     * Prints a part, or goes on with it, or reports that it is done: asking again for the same part
     * is always safe, and the new {@code replyTo} takes the place of the old.
     *
     * @param part which physical part
     * @param source the checked file
     * @param begun what the caller's journal knows
     * @param replyTo hears every {@link PrintEvent} of this part
     */
    record Print(PartId part, PartSource source, Begun begun, ActorRef<PrintEvent> replyTo)
            implements Command {}

    /**
     * Stops whatever is being printed; heaters, fan and motors off.
     *
     * @param why for the failed part's detail
     * @param replyTo hears the status right after
     */
    record Stop(String why, ActorRef<DeviceStatus> replyTo) implements Command {}

    /**
     * Asks for a snapshot.
     *
     * @param replyTo hears it
     */
    record Describe(ActorRef<DeviceStatus> replyTo) implements Command {}

    /** What a caller hears about its part. Exactly one of done, failed and refused comes last. */
    sealed interface PrintEvent extends DeviceProtocol {
        /** Which part. */
        PartId part();
    }

    /**
     * The printer is at the part now. To be journalled: {@code before} decides after a power cut
     * whether the part was finished.
     *
     * @param part which part
     * @param before the printer's counters before the part, if known
     * @param resumedAtCommand commands of the file that were there already; 0 for a fresh start
     */
    record PartStarted(PartId part, Optional<DeviceCounters> before, long resumedAtCommand)
            implements PrintEvent {}

    /**
     * So far it got.
     *
     * @param part which part
     * @param ackedCommands commands of the file that the printer acknowledged
     * @param totalCommands commands of the file
     * @param temperatures last report
     */
    record PartProgress(
            PartId part, long ackedCommands, long totalCommands, Temperatures temperatures)
            implements PrintEvent {

        /** Whole percent, 100 only when all is acknowledged. */
        public int percent() {
            return (int) (100 * ackedCommands / totalCommands);
        }
    }

    /**
     * The part is on the bed: every command acknowledged, every move made.
     *
     * @param part which part
     * @param evidence what supports that
     */
    record PartDone(PartId part, Evidence evidence) implements PrintEvent {}

    /**
     * The part will not be finished by this request.
     *
     * @param part which part
     * @param reason the kind of failure
     * @param detail one line for a human
     * @param ackedCommands commands of the file that were acknowledged
     * @param deviceLostPower whether the device is known to have restarted
     * @param mayResume whether asking again for the same part may go on where it stopped; if not, a
     *     new attempt is a new physical part
     */
    record PartFailed(
            PartId part,
            FailureReason reason,
            String detail,
            long ackedCommands,
            boolean deviceLostPower,
            boolean mayResume)
            implements PrintEvent {}

    /**
     * Nothing was done, because another part is being printed.
     *
     * @param part which part
     * @param why what keeps the printer busy
     */
    record PrintRefused(PartId part, String why) implements PrintEvent {}
}

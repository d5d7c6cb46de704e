package io.wormhole.runtime.job;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.runtime.device.Begun;
import io.wormhole.runtime.device.DeviceCounters;
import io.wormhole.runtime.device.PartSource;
import io.wormhole.runtime.proto.DeviceCount;
import io.wormhole.runtime.proto.JobAccepted;
import io.wormhole.runtime.proto.JobEvent;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a job remembers.
 *
 * @param terms what was accepted; none before
 * @param printed parts that came off the device
 * @param paid parts whose payment both signed, or the chain enforced
 * @param attempt number of the present attempt at part {@code printed + 1}; 0: not handed over yet
 * @param acked commands that the device acknowledged in this attempt
 * @param before the device's counters before this attempt
 * @param disputed whether the customer was given up
 * @param end how the job ended
 */
public record JobMemory(
        Optional<JobAccepted> terms,
        int printed,
        int paid,
        int attempt,
        long acked,
        Optional<DeviceCounters> before,
        boolean disputed,
        Optional<End> end) {
    /** How a job ended. */
    public record End(boolean complete, String reason) {}

    static final JobMemory NEW =
            new JobMemory(Optional.empty(), 0, 0, 0, 0, Optional.empty(), false, Optional.empty());

    JobMemory after(JobEvent event) {
        return switch (event.getEventCase()) {
            case ACCEPTED -> with(Optional.of(event.getAccepted()));
            case PART_BEGUN -> began(event.getPartBegun().getAttempt());
            case PART_UNDER_WAY ->
                    underWay(
                            event.getPartUnderWay().hasBefore()
                                    ? Optional.of(counters(event.getPartUnderWay().getBefore()))
                                    : Optional.empty());
            case PART_ADVANCED -> advanced(event.getPartAdvanced().getAckedCommands());
            case PART_PRINTED -> printed(event.getPartPrinted().getPart());
            case PART_PAID -> paid(event.getPartPaid().getPart());
            case DISPUTED -> new JobMemory(terms, printed, paid, attempt, acked, before, true, end);
            case ENDED ->
                    ended(new End(event.getEnded().getComplete(), event.getEnded().getReason()));
            default -> throw new IllegalArgumentException("job event without content");
        };
    }

    private JobMemory with(Optional<JobAccepted> accepted) {
        return new JobMemory(accepted, printed, paid, attempt, acked, before, disputed, end);
    }

    private JobMemory began(int number) {
        return new JobMemory(terms, printed, paid, number, 0, Optional.empty(), disputed, end);
    }

    private JobMemory underWay(Optional<DeviceCounters> counters) {
        // A resumed part keeps the counters from its start: only those tell whether it was
        // finished.
        return new JobMemory(
                terms,
                printed,
                paid,
                attempt,
                acked,
                before.isPresent() ? before : counters,
                disputed,
                end);
    }

    private JobMemory advanced(long commands) {
        return new JobMemory(terms, printed, paid, attempt, commands, before, disputed, end);
    }

    private JobMemory printed(int part) {
        return new JobMemory(terms, part, paid, 0, 0, Optional.empty(), disputed, end);
    }

    private JobMemory paid(int part) {
        return new JobMemory(terms, printed, part, attempt, acked, before, disputed, end);
    }

    private JobMemory ended(End how) {
        return new JobMemory(
                terms, printed, paid, attempt, acked, before, disputed, Optional.of(how));
    }

    /** The accepted terms; an error before there are any. */
    public JobAccepted accepted() {
        return terms.orElseThrow(() -> new IllegalStateException("the job is not accepted yet"));
    }

    /** The order that this job serves. */
    public Hash order() {
        return hash(accepted().getOrder());
    }

    /** The customer's key. */
    public PublicKey customer() {
        return new PublicKey(bytes(accepted().getCustomer()));
    }

    /** The channel in which the customer pays. */
    public ChannelId channel() {
        return new ChannelId(hash(accepted().getChannel()));
    }

    /** Price of one cup. */
    public Amount price() {
        return Amount.of(accepted().getPricePerCupBaseUnits());
    }

    /** The last height at which a delivery counts. */
    public BlockHeight deadline() {
        return new BlockHeight(accepted().getDeadline());
    }

    /** The program to print from. */
    public PartSource source() {
        return new PartSource(
                Path.of(accepted().getProgramFile()),
                accepted().getProgramCommands(),
                accepted().getProgramSha256());
    }

    /** What the device should be told that we know of the present attempt. */
    Begun begun() {
        return new Begun.Maybe(acked, before);
    }

    static DeviceCount field(DeviceCounters counters) {
        return DeviceCount.newBuilder()
                .setStarted(counters.started())
                .setFinished(counters.finished())
                .setFilamentMm(counters.filamentMm())
                .build();
    }

    private static DeviceCounters counters(DeviceCount field) {
        return new DeviceCounters(field.getStarted(), field.getFinished(), field.getFilamentMm());
    }

    private static Hash hash(com.google.protobuf.ByteString field) {
        return new Hash(bytes(field));
    }

    private static Bytes bytes(com.google.protobuf.ByteString field) {
        return Bytes.of(field.toByteArray());
    }
}

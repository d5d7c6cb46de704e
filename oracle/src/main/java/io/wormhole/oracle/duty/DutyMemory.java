package io.wormhole.oracle.duty;

import com.google.protobuf.ByteString;
import io.wormhole.oracle.proto.AnswerDecided;
import io.wormhole.oracle.proto.DutyEnded;
import io.wormhole.oracle.proto.DutyEvent;
import io.wormhole.oracle.proto.DutySnapshot;
import io.wormhole.oracle.proto.QuestionAsked;
import io.wormhole.oracle.proto.QuestionDuty;
import io.wormhole.oracle.proto.QuestionTaken;
import io.wormhole.oracle.proto.RequestDropped;
import io.wormhole.oracle.proto.StepBrought;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that an operator, challenger or voter remembers. Ended duties are kept up to a number, so
 * that people can look back; the ledger refuses to act on them anyway.
 *
 * @param asked requests that have no question on the chain yet
 * @param duties the questions by id
 * @param refused requests that the chain or the wallet refused, and why; the latest ones, oldest
 *     first
 */
public record DutyMemory(
        SortedMap<String, QuestionAsked> asked,
        SortedMap<OracleId, Duty> duties,
        List<RequestDropped> refused) {
    /** Nothing. */
    public static final DutyMemory NEW =
            new DutyMemory(new TreeMap<>(), new TreeMap<>(), List.of());

    private static final int MOST_ENDED = 5_000;
    private static final int MOST_REFUSED = 100;

    /** Copies the maps and the list. */
    public DutyMemory {
        refused = List.copyOf(refused);
        asked = Collections.unmodifiableSortedMap(asked);
        duties = Collections.unmodifiableSortedMap(duties);
    }

    /** One question. */
    public Optional<Duty> duty(OracleId oracle) {
        return Optional.ofNullable(duties.get(oracle));
    }

    /**
     * Bonds of all duties that are not over and for which we put up a bond, or may.
     *
     * @param free for which we need none
     */
    Amount committed(Set<OracleId> free) {
        return Amount.sum(
                duties.values().stream()
                        .filter(Duty::isBound)
                        .filter(duty -> !free.contains(duty.oracle()))
                        .map(Duty::bond)
                        .toList());
    }

    /** The memory after an event. */
    DutyMemory after(DutyEvent event) {
        return switch (event.getEventCase()) {
            case ASKED -> asked(event.getAsked());
            case TAKEN -> taken(event.getTaken());
            case DECIDED -> decided(event.getDecided());
            case BROUGHT -> brought(event.getBrought());
            case ENDED -> ended(event.getEnded());
            case DROPPED -> dropped(event.getDropped());
            case EVENT_NOT_SET -> throw new IllegalStateException("an event without content");
        };
    }

    private DutyMemory asked(QuestionAsked request) {
        TreeMap<String, QuestionAsked> more = new TreeMap<>(asked);
        more.put(request.getRequest(), request);
        return new DutyMemory(more, duties, refused);
    }

    private DutyMemory dropped(RequestDropped event) {
        List<RequestDropped> more = new ArrayList<>(refused);
        more.add(event);
        List<RequestDropped> latest =
                more.subList(Math.max(0, more.size() - MOST_REFUSED), more.size());
        return new DutyMemory(without(event.getRequest()), duties, latest);
    }

    private SortedMap<String, QuestionAsked> without(String request) {
        TreeMap<String, QuestionAsked> fewer = new TreeMap<>(asked);
        fewer.remove(request);
        return fewer;
    }

    private DutyMemory taken(QuestionTaken event) {
        Duty duty =
                Duty.taken(
                        id(event.getOracle()),
                        present(event.getPlan()),
                        present(event.getRequest()),
                        Amount.of(event.getBond()));
        return new DutyMemory(without(event.getRequest()), duties, refused).with(duty);
    }

    private DutyMemory decided(AnswerDecided event) {
        Duty duty = known(event.getOracle());
        return duty.decided().isPresent()
                ? this
                : with(
                        duty.with(
                                new Duty.Decided(
                                        Answer.valueOf(event.getAnswer()), event.getEvidence())));
    }

    private DutyMemory brought(StepBrought event) {
        return with(
                known(event.getOracle())
                        .with(
                                event.getStep(),
                                event.getIsFinal() ? Duty.FINAL : event.getReason()));
    }

    private DutyMemory ended(DutyEnded event) {
        return with(known(event.getOracle()).ended(event.getOutcome())).withoutOldest();
    }

    private DutyMemory withoutOldest() {
        long over = duties.values().stream().filter(Duty::isOver).count();
        if (over <= MOST_ENDED) {
            return this;
        }
        TreeMap<OracleId, Duty> fewer = new TreeMap<>(duties);
        fewer.values().stream()
                .filter(Duty::isOver)
                .findFirst()
                .ifPresent(duty -> fewer.remove(duty.oracle()));
        return new DutyMemory(asked, fewer, refused);
    }

    private DutyMemory with(Duty duty) {
        TreeMap<OracleId, Duty> more = new TreeMap<>(duties);
        more.put(duty.oracle(), duty);
        return new DutyMemory(asked, more, refused);
    }

    private Duty known(ByteString oracle) {
        return duty(id(oracle))
                .orElseThrow(() -> new IllegalStateException("a step of an unknown question"));
    }

    static OracleId id(ByteString bytes) {
        return new OracleId(new Hash(Bytes.of(bytes.toByteArray())));
    }

    static ByteString bytes(OracleId oracle) {
        return ByteString.copyFrom(oracle.hash().bytes().toArray());
    }

    private static Optional<String> present(String text) {
        return Optional.of(text).filter(found -> !found.isEmpty());
    }

    /** What a snapshot keeps. */
    DutySnapshot snapshot() {
        DutySnapshot.Builder all =
                DutySnapshot.newBuilder().addAllAsked(asked.values()).addAllRefused(refused);
        duties.values().forEach(duty -> all.addDuties(message(duty)));
        return all.build();
    }

    private static QuestionDuty message(Duty duty) {
        ByteString id = bytes(duty.oracle());
        QuestionDuty.Builder message =
                QuestionDuty.newBuilder()
                        .setTaken(
                                QuestionTaken.newBuilder()
                                        .setOracle(id)
                                        .setPlan(duty.plan().orElse(""))
                                        .setRequest(duty.request().orElse(""))
                                        .setBond(duty.bond().baseUnits()));
        duty.decided()
                .ifPresent(
                        said ->
                                message.setDecided(
                                        AnswerDecided.newBuilder()
                                                .setOracle(id)
                                                .setAnswer(said.answer().name())
                                                .setEvidence(said.evidence())));
        duty.brought()
                .forEach(
                        (step, result) ->
                                message.addBrought(
                                        StepBrought.newBuilder()
                                                .setOracle(id)
                                                .setStep(step)
                                                .setIsFinal(result.equals(Duty.FINAL))
                                                .setReason(result)));
        duty.outcome()
                .ifPresent(
                        how ->
                                message.setEnded(
                                        DutyEnded.newBuilder().setOracle(id).setOutcome(how)));
        return message.build();
    }

    /** The memory that a snapshot kept. */
    static DutyMemory of(DutySnapshot snapshot) {
        DutyMemory memory = NEW;
        for (QuestionAsked request : snapshot.getAskedList()) {
            memory = memory.asked(request);
        }
        for (RequestDropped request : snapshot.getRefusedList()) {
            memory = memory.dropped(request);
        }
        for (QuestionDuty duty : snapshot.getDutiesList()) {
            memory = memory.taken(duty.getTaken());
            if (duty.hasDecided()) {
                memory = memory.decided(duty.getDecided());
            }
            for (StepBrought step : duty.getBroughtList()) {
                memory = memory.brought(step);
            }
            if (duty.hasEnded()) {
                memory = memory.ended(duty.getEnded());
            }
        }
        return memory;
    }
}

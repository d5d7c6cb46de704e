package io.wormhole.channel.watch;

import com.google.protobuf.ByteString;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.proto.WatchAccountEvent;
import io.wormhole.channel.proto.WatchAccountSnapshot;
import io.wormhole.channel.proto.WatchPaid;
import io.wormhole.channel.proto.WatchTold;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Hash;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.persistence.typed.SnapshotAdapter;

/**
 * What a watcher remembers of one client.
 *
 * @param paidUntil empty: never paid
 * @param invoice for the next period, as long as nobody knows whether it was paid
 * @param held by hint, the newest state of each channel
 * @param told by hint, of what people were told since that state came
 */
record ClientBook(
        Optional<Instant> paidUntil,
        Optional<Invoice> invoice,
        Map<Hash, WatchMessage.Hold> held,
        Map<Hash, List<String>> told) {
    private static final int MOST_PERIODS_AHEAD = 12;

    static final ClientBook EMPTY =
            new ClientBook(Optional.empty(), Optional.empty(), Map.of(), Map.of());

    ClientBook {
        held = Collections.unmodifiableMap(new LinkedHashMap<>(held));
        told = Collections.unmodifiableMap(new LinkedHashMap<>(told));
    }

    /** Until when the client is served, grace included. */
    Optional<Instant> servedUntil(WatchTerms terms) {
        return paidUntil.map(until -> until.plus(terms.grace()));
    }

    boolean isServed(WatchTerms terms, Instant now) {
        return servedUntil(terms).filter(until -> now.isBefore(until)).isPresent();
    }

    /** Why a state is not taken; empty to take it. */
    Optional<WatchMessage.Refused> objection(
            WatchMessage.Hold hold, WatchTerms terms, Instant now) {
        WatchMessage.Hold before = held.get(hold.hint());
        if (!isServed(terms, now)) {
            return refuse(hold, "unpaid", unpaid(terms), 0);
        }
        if (hold.sealed().size() > terms.mostBytes()) {
            return refuse(
                    hold,
                    "too-large",
                    "a sealed state of %d bytes, at most %d are watched"
                            .formatted(hold.sealed().size(), terms.mostBytes()),
                    0);
        }
        if (before == null && held.size() >= terms.mostChannels()) {
            return refuse(
                    hold,
                    "too-many-channels",
                    "%d channels are watched, that is the most for one client"
                            .formatted(held.size()),
                    0);
        }
        if (before != null && hold.number() < before.number()) {
            return refuse(
                    hold,
                    "newer-held",
                    "state %d is offered, state %d is held"
                            .formatted(hold.number(), before.number()),
                    before.number());
        }
        return Optional.empty();
    }

    private static Optional<WatchMessage.Refused> refuse(
            WatchMessage.Hold hold, String code, String reason, long number) {
        return Optional.of(
                new WatchMessage.Refused(Optional.of(hold.hint()), code, reason, number));
    }

    /** Why nothing is watched for a client that does not pay. */
    String unpaid(WatchTerms terms) {
        return paidUntil
                .map(
                        until ->
                                "paid until %s and watched until %s: pay for another period"
                                        .formatted(until, until.plus(terms.grace())))
                .orElse("nothing is paid yet: subscribe first");
    }

    /** Whether another period may be paid; far ahead of time nobody knows what it will cost. */
    boolean mayRenew(WatchTerms terms, Instant now) {
        Instant latest = now.plus(terms.period().multipliedBy(MOST_PERIODS_AHEAD - 1L));
        return paidUntil.filter(until -> until.isAfter(latest)).isEmpty();
    }

    /** The event of a payment: the period follows the one before, without a gap in between. */
    WatchAccountEvent paid(Invoice paid, WatchTerms terms, Instant now) {
        Instant from =
                servedUntil(terms).filter(until -> now.isBefore(until)).isPresent()
                        ? paidUntil.orElse(now)
                        : now;
        WatchPaid field =
                WatchPaid.newBuilder()
                        .setHash(WatchCodec.bytes(paid.hash().bytes()))
                        .setUntil(from.plus(terms.period()).getEpochSecond())
                        .build();
        return WatchAccountEvent.newBuilder().setPaid(field).build();
    }

    /** Whether people were told of this since the state that is held came. */
    boolean wasTold(Hash hint, String subject) {
        return told.getOrDefault(hint, List.of()).contains(subject);
    }

    /** The event that people were told of something about what is held. */
    static WatchAccountEvent told(Hash hint, String subject) {
        WatchTold field =
                WatchTold.newBuilder()
                        .setHint(WatchCodec.bytes(hint.bytes()))
                        .addSubjects(subject)
                        .build();
        return WatchAccountEvent.newBuilder().setTold(field).build();
    }

    /** The event that something is not held any more. */
    static WatchAccountEvent dropped(Hash hint) {
        return WatchAccountEvent.newBuilder().setDropped(WatchCodec.bytes(hint.bytes())).build();
    }

    ClientBook after(WatchAccountEvent event) {
        return switch (event.getEventCase()) {
            case INVOICED ->
                    new ClientBook(
                            paidUntil, Optional.of(invoice(event.getInvoiced())), held, told);
            case PAID -> {
                Instant until = WatchCodec.instant(event.getPaid().getUntil());
                yield new ClientBook(Optional.of(until), Optional.empty(), held, told);
            }
            case STORED -> {
                WatchMessage.Hold hold = WatchCodec.hold(event.getStored());
                ClientBook without = without(hold.hint());
                Map<Hash, WatchMessage.Hold> next = new LinkedHashMap<>(without.held);
                next.put(hold.hint(), hold);
                yield new ClientBook(paidUntil, invoice, next, without.told);
            }
            case DROPPED -> without(WatchCodec.hash(event.getDropped()));
            case LAPSED -> new ClientBook(paidUntil, invoice, Map.of(), Map.of());
            case TOLD -> {
                Map<Hash, List<String>> next = new LinkedHashMap<>(told);
                addTold(next, event.getTold());
                yield new ClientBook(paidUntil, invoice, held, next);
            }
            default -> throw new IllegalArgumentException("a watch event without content");
        };
    }

    private static void addTold(Map<Hash, List<String>> told, WatchTold field) {
        told.merge(
                WatchCodec.hash(field.getHint()),
                List.copyOf(field.getSubjectsList()),
                (before, more) -> Stream.concat(before.stream(), more.stream()).toList());
    }

    private ClientBook without(Hash hint) {
        Map<Hash, WatchMessage.Hold> stillHeld = new LinkedHashMap<>(held);
        Map<Hash, List<String>> stillTold = new LinkedHashMap<>(told);
        stillHeld.remove(hint);
        stillTold.remove(hint);
        return new ClientBook(paidUntil, invoice, stillHeld, stillTold);
    }

    private static Invoice invoice(ByteString field) {
        return CanonicalReader.decode(WatchCodec.bytes(field), Invoice::readFrom);
    }

    WatchAccountSnapshot toSnapshot() {
        WatchAccountSnapshot.Builder out = WatchAccountSnapshot.newBuilder();
        paidUntil.ifPresent(until -> out.setPaidUntil(until.getEpochSecond()));
        invoice.ifPresent(open -> out.setInvoice(WatchCodec.bytes(open.encoded())));
        held.values().forEach(hold -> out.addHeld(WatchCodec.hold(hold)));
        told.forEach(
                (hint, subjects) ->
                        out.addTold(
                                WatchTold.newBuilder()
                                        .setHint(WatchCodec.bytes(hint.bytes()))
                                        .addAllSubjects(subjects)));
        return out.build();
    }

    static ClientBook ofSnapshot(WatchAccountSnapshot in) {
        Map<Hash, WatchMessage.Hold> held = new LinkedHashMap<>();
        in.getHeldList().stream()
                .map(WatchCodec::hold)
                .forEach(hold -> held.put(hold.hint(), hold));
        Map<Hash, List<String>> told = new LinkedHashMap<>();
        in.getToldList().forEach(field -> addTold(told, field));
        return new ClientBook(
                in.getPaidUntil() == 0
                        ? Optional.empty()
                        : Optional.of(WatchCodec.instant(in.getPaidUntil())),
                in.getInvoice().isEmpty()
                        ? Optional.empty()
                        : Optional.of(invoice(in.getInvoice())),
                held,
                told);
    }

    /** As a snapshot holds it. */
    static SnapshotAdapter<ClientBook> adapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(ClientBook book) {
                return book.toSnapshot();
            }

            @Override
            public ClientBook fromJournal(Object stored) {
                return ClientBook.ofSnapshot((WatchAccountSnapshot) stored);
            }
        };
    }
}

package io.wormhole.channel.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.proto.WatchAccountEvent;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClientBookTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ClientBook PAID =
            ClientBook.EMPTY.after(
                    ClientBook.EMPTY.paid(Watching.invoice(1), Watching.TERMS, START));

    private static WatchMessage.Hold hold(int channel, long number, int size) {
        return new WatchMessage.Hold(
                Hash.of(DomainTag.GENESIS, Bytes.of((byte) channel)),
                number,
                Bytes.of(new byte[size]));
    }

    private static ClientBook holding(ClientBook book, WatchMessage.Hold... states) {
        ClientBook next = book;
        for (WatchMessage.Hold state : states) {
            assertThat(book.objection(state, Watching.TERMS, START)).isEmpty();
            next =
                    next.after(
                            WatchAccountEvent.newBuilder()
                                    .setStored(WatchCodec.hold(state))
                                    .build());
        }
        return next;
    }

    private static String refusal(ClientBook book, WatchMessage.Hold state, Instant now) {
        return book.objection(state, Watching.TERMS, now)
                .map(WatchMessage.Refused::code)
                .orElse("taken");
    }

    @Test
    void aNewerStateTakesThePlaceOfAnOlderAndNeverTheOtherWayRound() {
        ClientBook book = holding(PAID, hold(1, 5, 600), hold(1, 9, 600));

        assertThat(book.held()).hasSize(1);
        assertThat(refusal(book, hold(1, 8, 600), START)).isEqualTo("newer-held");
        assertThat(book.objection(hold(1, 8, 600), Watching.TERMS, START).get().number())
                .isEqualTo(9);
        assertThat(refusal(book, hold(1, 9, 600), START)).isEqualTo("taken");
    }

    @Test
    void aClientFillsNoMoreThanItsShareOfTheStore() {
        ClientBook book = holding(PAID, hold(1, 5, 600), hold(2, 5, 600));

        assertThat(refusal(book, hold(3, 1, 600), START)).isEqualTo("too-many-channels");
        assertThat(refusal(book, hold(2, 6, 600), START)).isEqualTo("taken");
        assertThat(refusal(book, hold(2, 6, (1 << 12) + 1), START)).isEqualTo("too-large");
    }

    @Test
    void serviceLastsForThePeriodAndTheGraceAfterIt() {
        Instant end = START.plus(Watching.TERMS.period());
        Instant late = end.plus(Watching.TERMS.grace());

        assertThat(refusal(ClientBook.EMPTY, hold(1, 1, 600), START)).isEqualTo("unpaid");
        assertThat(refusal(PAID, hold(1, 1, 600), end.plusSeconds(1))).isEqualTo("taken");
        assertThat(refusal(PAID, hold(1, 1, 600), late)).isEqualTo("unpaid");
        assertThat(PAID.unpaid(Watching.TERMS)).contains(end.toString(), late.toString());
    }

    @Test
    void aPeriodFollowsTheOneBeforeAndATimeWithoutServiceIsNotPaid() {
        Instant end = START.plus(Watching.TERMS.period());
        Instant inGrace = end.plus(Duration.ofDays(1));
        Instant afterwards = end.plus(Duration.ofDays(100));

        assertThat(paidAt(inGrace)).isEqualTo(end.plus(Watching.TERMS.period()));
        assertThat(paidAt(START)).isEqualTo(end.plus(Watching.TERMS.period()));
        assertThat(paidAt(afterwards)).isEqualTo(afterwards.plus(Watching.TERMS.period()));
    }

    private static Instant paidAt(Instant now) {
        return PAID.after(PAID.paid(Watching.invoice(2), Watching.TERMS, now))
                .paidUntil()
                .orElseThrow();
    }

    @Test
    void nobodyPaysForMoreThanAYearAhead() {
        ClientBook book = PAID;
        int periods = 1;
        while (book.mayRenew(Watching.TERMS, START)) {
            book = book.after(book.paid(Watching.invoice(periods), Watching.TERMS, START));
            periods++;
        }

        assertThat(periods).isEqualTo(12);
    }

    @Test
    void whatPeopleWereToldOfAStateIsForgottenWithIt() {
        Hash first = hold(1, 5, 600).hint();
        Hash second = hold(2, 5, 600).hint();
        ClientBook told =
                holding(PAID, hold(1, 5, 600), hold(2, 5, 600))
                        .after(ClientBook.told(first, "due"))
                        .after(ClientBook.told(first, "done"))
                        .after(ClientBook.told(second, "due"));

        assertThat(told.wasTold(first, "due") && told.wasTold(first, "done")).isTrue();
        assertThat(told.wasTold(second, "done")).isFalse();
        assertThat(holding(told, hold(1, 6, 600)).told()).containsOnlyKeys(second);
        assertThat(told.after(ClientBook.dropped(second)).told()).containsOnlyKeys(first);
        assertThat(told.after(WatchAccountEvent.newBuilder().setLapsed(true).build()).told())
                .isEmpty();
    }

    @Test
    void whatLapsesIsDroppedAndASnapshotHasAll() {
        ClientBook book =
                holding(PAID, hold(1, 5, 600), hold(2, 5, 600))
                        .after(ClientBook.told(hold(1, 5, 600).hint(), "due"))
                        .after(ClientBook.told(hold(1, 5, 600).hint(), "done"))
                        .after(
                                WatchAccountEvent.newBuilder()
                                        .setInvoiced(
                                                WatchCodec.bytes(Watching.invoice(3).encoded()))
                                        .build());

        assertThat(ClientBook.ofSnapshot(book.toSnapshot())).isEqualTo(book);
        assertThat(book.after(WatchAccountEvent.newBuilder().setLapsed(true).build()).held())
                .isEmpty();
    }
}

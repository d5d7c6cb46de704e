package io.wormhole.runtime.device;

import io.wormhole.runtime.gcode.Checksum;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalLong;

/**
 * The host's half of Marlin's line protocol: what was sent and not yet acknowledged, and how to
 * find out where the printer stands when that is in doubt. No clock, no socket: lines and times go
 * in, text comes out.
 *
 * <p>An {@code ok} carries no number, so after any doubt (connect, resend, lost answer) the
 * dialogue is <em>aligned</em> in three steps that every Marlin answers: a fence (M118 with a
 * token; firmware without M118 echoes it as unknown), so that all older answers are behind us; a
 * probe (a line that is wrong on purpose), whose {@code Resend: n} tells the last line the printer
 * accepted; and a second fence.
 */
final class SerialDialogue {
    private static final int ATTEMPTS = 3;

    /** Where the dialogue stands. */
    enum Phase {
        OFFLINE,
        FENCING,
        PROBING,
        FENCING_AGAIN,
        READY
    }

    /** What an unnumbered command was sent for. */
    enum Query {
        TEMPERATURES,
        COUNTERS,
        FIRMWARE,
        SET_NUMBER,
        CHORE
    }

    /** Who speaks through this dialogue. */
    interface Host {
        /** The dialogue is in step; the printer accepted everything up to this line number. */
        void aligned(long lastNumber);

        /** The oldest numbered line was carried out. */
        void acknowledged();

        /** An unnumbered command was carried out. */
        void answered(Query query);

        /** The printer said something that answers nothing. */
        void said(MarlinReply reply);

        /** The printer does not answer on this connection: cut it. */
        void hopeless(String why);
    }

    /** A line on its way; some are answered with temperatures. */
    private record Flight(boolean numbered, long number, Query query, boolean reports) {}

    private final Host host;
    private final long silenceNanos;
    private final StringBuilder out = new StringBuilder();
    private final ArrayDeque<Flight> flights = new ArrayDeque<>();
    private Phase phase = Phase.OFFLINE;
    private String token = "";
    private long tokens;
    private boolean tokenSeen;
    private OptionalLong resendFrom = OptionalLong.empty();
    private int attempts;
    private long progressAt;
    private long lifeAt;
    private long noise;
    private long resends;

    SerialDialogue(Host host, Duration silence) {
        this.host = host;
        this.silenceNanos = silence.toNanos();
    }

    /** A new connection: nothing is known. */
    void connected(long now) {
        attempts = 0;
        noise = 0;
        align(now);
    }

    void disconnected() {
        phase = Phase.OFFLINE;
        flights.clear();
        out.setLength(0);
    }

    /** Forgets what is on its way and asks the printer where it stands. */
    void align(long now) {
        flights.clear();
        resendFrom = OptionalLong.empty();
        fence(Phase.FENCING, now);
    }

    boolean isReady() {
        return phase == Phase.READY;
    }

    boolean isOffline() {
        return phase == Phase.OFFLINE;
    }

    int inFlight() {
        return flights.size();
    }

    /** Lines of this connection that were not Marlin's. */
    long noise() {
        return noise;
    }

    long resends() {
        return resends;
    }

    /** When the printer last did something useful. */
    long lifeAt() {
        return lifeAt;
    }

    void startWaiting(long now) {
        lifeAt = now;
    }

    /** Sends a numbered line; only in step. */
    void send(long number, String command, long now) {
        noteSending(now);
        flights.add(new Flight(true, number, Query.CHORE, command.startsWith("M105")));
        out.append(Checksum.wrap(number, command)).append('\n');
    }

    /** Sends a command outside the numbering; only in step. */
    void ask(Query query, String command, long now) {
        noteSending(now);
        flights.add(new Flight(false, 0, query, query == Query.TEMPERATURES));
        out.append(command).append('\n');
    }

    /** Sends a command that the printer's emergency parser sees at once, in step or not. */
    void shout(String command) {
        if (phase != Phase.OFFLINE) {
            out.append(command).append('\n');
        }
    }

    boolean isAsking(Query query) {
        return flights.stream().anyMatch(f -> !f.numbered() && f.query() == query);
    }

    /** What is to be written now; taken away by asking. */
    String drain() {
        String text = out.toString();
        out.setLength(0);
        return text;
    }

    /** One line from the printer. */
    void receive(String line, long now) {
        if (phase != Phase.READY && phase != Phase.OFFLINE && line.contains(token)) {
            tokenSeen = true;
            return;
        }
        MarlinReply reply = MarlinReply.parse(line);
        if (reply instanceof MarlinReply.Noise) {
            noise++;
        } else if (reply instanceof MarlinReply.Busy) {
            progressed(now);
        } else if (reply instanceof MarlinReply.Ok ok) {
            onOk(ok, now);
        } else if (reply instanceof MarlinReply.Resend resend) {
            onResend(resend.number(), now);
        } else if (reply instanceof MarlinReply.Greeting) {
            onGreeting(now);
        } else {
            if (reply instanceof MarlinReply.Report) {
                progressed(now);
            }
            host.said(reply);
        }
    }

    /** Time passes: asks again, or gives the connection up. */
    void tick(long now) {
        boolean waiting = phase != Phase.READY || !flights.isEmpty();
        if (phase == Phase.OFFLINE || !waiting || now - progressAt <= silenceNanos) {
            return;
        }
        if (phase == Phase.READY) {
            align(now);
        } else if (++attempts >= ATTEMPTS) {
            host.hopeless(
                    noise > 0 ? "the printer answers nonsense" : "the printer does not answer");
        } else {
            align(now);
        }
    }

    private void onOk(MarlinReply.Ok ok, long now) {
        ok.temperatures().ifPresent(t -> host.said(new MarlinReply.Report(t)));
        if (phase == Phase.READY) {
            land(ok, now);
        } else if (tokenSeen) {
            fenced(now);
        }
    }

    private void land(MarlinReply.Ok ok, long now) {
        Flight flight = flights.peek();
        if (flight == null) {
            return;
        }
        boolean strays =
                (ok.temperatures().isPresent() && !flight.reports())
                        || (flight.numbered()
                                && ok.line().orElse(flight.number()) != flight.number());
        if (strays) {
            align(now);
            return;
        }
        flights.remove();
        progressed(now);
        if (flight.numbered()) {
            host.acknowledged();
        } else {
            host.answered(flight.query());
        }
    }

    private void onResend(long number, long now) {
        if (phase == Phase.PROBING) {
            progressed(now);
            resendFrom = OptionalLong.of(number);
            fence(Phase.FENCING_AGAIN, now);
        } else if (phase == Phase.READY) {
            resends++;
            align(now);
        } else if (phase == Phase.FENCING) {
            // The printer has thrown away what it had not looked at, the fence perhaps with it.
            fence(Phase.FENCING, now);
        }
    }

    private void onGreeting(long now) {
        progressed(now);
        if (phase != Phase.OFFLINE) {
            align(now);
        }
    }

    private void fenced(long now) {
        progressed(now);
        tokenSeen = false;
        if (phase == Phase.FENCING) {
            phase = Phase.PROBING;
            String wrong = "N0 M105";
            out.append(wrong).append('*').append(Checksum.of(wrong) ^ 0xff).append('\n');
        } else if (phase == Phase.FENCING_AGAIN) {
            phase = Phase.READY;
            attempts = 0;
            host.aligned(resendFrom.orElse(1) - 1);
        }
    }

    private void fence(Phase next, long now) {
        phase = next;
        progressAt = now;
        tokenSeen = false;
        token = "wh-" + ++tokens + "-fence";
        // The empty line ends what a former host may have left half said.
        out.append("\nM118 ").append(token).append('\n');
    }

    private void noteSending(long now) {
        if (flights.isEmpty()) {
            progressAt = now;
        }
    }

    private void progressed(long now) {
        progressAt = now;
        lifeAt = now;
    }
}

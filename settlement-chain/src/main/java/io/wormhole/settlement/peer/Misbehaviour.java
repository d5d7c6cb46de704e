package io.wormhole.settlement.peer;

/** Something that an honest peer does not send; the message says what. */
final class Misbehaviour extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misbehaviour(String what) {
        // No stack trace: bad peers cause these, and must not make this process work hard.
        super(what, null, false, false);
    }
}

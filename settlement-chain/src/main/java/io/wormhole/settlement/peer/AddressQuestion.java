package io.wormhole.settlement.peer;

/**
 * The question for the addresses of others that one peer is asked: one at a time, since a second
 * answer to what looks like one question would be punished. For one owner.
 */
final class AddressQuestion {
    private boolean isOpen;

    /** Opens the question; says no when it is open already. */
    boolean ask() {
        boolean wasOpen = isOpen;
        isOpen = true;
        return !wasOpen;
    }

    /** Takes an answer; says no when nobody has asked. */
    boolean answer() {
        boolean wasOpen = isOpen;
        isOpen = false;
        return wasOpen;
    }
}

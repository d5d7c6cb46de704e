package io.wormhole.protocol.keystore;

import java.io.IOException;

/** A keystore file that cannot be used, and what is wrong with it. Never tells a secret. */
public final class KeystoreException extends IOException {
    private final Fault fault;

    KeystoreException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** What kind of fault it is. */
    public Fault fault() {
        return fault;
    }

    /** What can be wrong with a keystore file. */
    public enum Fault {
        /** There is no file at the path. */
        NOT_FOUND,
        /** A new keystore was to be written where something is already. */
        ALREADY_EXISTS,
        /** The file is something else. */
        NOT_A_KEYSTORE,
        /** The file was written by a newer version of this program. */
        NEWER_VERSION,
        /** The end of the file is missing. */
        TRUNCATED,
        /** The file is longer than it says, or than any keystore may be. */
        OVERSIZED,
        /** The file's bytes have changed since it was written. */
        DAMAGED,
        /** Unlocking would take more memory or time than allowed. */
        TOO_EXPENSIVE,
        /** The file is whole, but the password is not the one it was locked with. */
        WRONG_PASSWORD
    }
}

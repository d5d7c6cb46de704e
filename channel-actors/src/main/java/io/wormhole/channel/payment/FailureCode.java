package io.wormhole.channel.payment;

import java.util.Optional;

/** Why a part of a payment did not go on; the numbers stay. */
public enum FailureCode {
    /** The payee knows of no such invoice, or it is over. */
    UNKNOWN_PAYMENT(1),
    /** The channel cannot carry as much now. */
    NO_LIQUIDITY(2),
    /** The relay's terms are not met: fee, time, or what is locked. */
    TERMS_NOT_MET(3),
    /** The next node is not connected, or the channel cannot be used. */
    UNREACHABLE(4),
    /** The parts did not reach the amount in time. */
    INCOMPLETE(5),
    /** This node does not relay payments. */
    NO_RELAY(6),
    /** Too many payments are under way there. */
    BUSY(7),
    /** Nobody said why. */
    UNKNOWN(8);

    private final int number;

    FailureCode(int number) {
        this.number = number;
    }

    /** The number that stands for it in messages. */
    public int number() {
        return number;
    }

    /** The code with this number. */
    public static Optional<FailureCode> of(int number) {
        for (FailureCode code : values()) {
            if (code.number == number) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}

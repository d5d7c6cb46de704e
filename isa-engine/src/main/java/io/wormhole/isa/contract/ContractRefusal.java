package io.wormhole.isa.contract;

/** The rules by which a contract call is refused, in the order in which they are checked. */
public enum ContractRefusal {
    /** The code cannot be decoded or verified, or has no proper entry. */
    BAD_CODE,
    /** The code is not the one that was signed. */
    OTHER_CODE,
    /** The state cannot be decoded, or is not a tuple of terms and state. */
    BAD_STATE,
    /** The state is not the one that was signed. */
    OTHER_STATE,
    /** The message cannot be decoded, or its sender is no participant. */
    BAD_MESSAGE,
    /** The program trapped: it refuses the message, or is at fault. */
    TRAPPED,
    /** The program needs a function that was not revealed. */
    FUNCTION_NOT_REVEALED,
    /** The time limit was reached. */
    OUT_OF_TIME,
    /** The space limit was reached. */
    OUT_OF_SPACE,
    /** The result is not a tuple of state, payouts and messages. */
    BAD_RESULT,
    /** The payouts are not one integer of zero or more for each participant. */
    BAD_PAYOUTS,
    /** The payouts come to more than is locked. */
    PAYS_TOO_MUCH,
    /** The contract sends messages, which a channel does not carry. */
    SENDS_MESSAGES
}

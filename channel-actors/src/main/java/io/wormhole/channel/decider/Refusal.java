package io.wormhole.channel.decider;

import io.wormhole.protocol.ledger.Nonce;

/** Why an action changes nothing; one line for people, with the numbers. */
public sealed interface Refusal {
    /** The reason in one line. */
    String message();

    /** The action does not fit the phase. */
    record NotInPhase(String action, String phase) implements Refusal {
        @Override
        public String message() {
            return action + " is not possible while the channel is " + phase;
        }
    }

    /** Another update of this side is under way; try again when it is answered. */
    record Busy(String request) implements Refusal {
        @Override
        public String message() {
            return "the update %s of this side is under way: the partner has not signed it yet"
                    .formatted(request);
        }
    }

    /** An operation is not possible; {@code index} is its place among those of an update. */
    record OperationRefused(int index, String reason) implements Refusal {
        @Override
        public String message() {
            // Nearly always there is but one.
            return index == 0 ? reason : "operation " + index + ": " + reason;
        }
    }

    /** A message is for another state than the next. */
    record UnexpectedNonce(Nonce found, Nonce expected) implements Refusal {
        @Override
        public String message() {
            return "nonce " + found + " where " + expected + " was expected";
        }
    }

    /** A signature does not verify. */
    record BadSignature(String over) implements Refusal {
        @Override
        public String message() {
            return "the partner's signature over " + over + " does not verify";
        }
    }

    /** Terms name other keys than the two sides have. */
    record WrongParty(String reason) implements Refusal {
        @Override
        public String message() {
            return reason;
        }
    }

    /** Contracts still hold money. */
    record ContractsRunning(int count) implements Refusal {
        @Override
        public String message() {
            return count + " contracts are still running in the channel";
        }
    }

    /** Restored from a copy: the partner has not said yet where the channel stands. */
    record InDoubt(Nonce known) implements Refusal {
        @Override
        public String message() {
            return ("restored at state %s, which may be old: waiting for the partner to say where"
                            + " the channel stands")
                    .formatted(known);
        }
    }

    /** The proven state holds contracts whose code and state are lost. */
    record ContractsUnknown(int count) implements Refusal {
        @Override
        public String message() {
            return ("the proven state holds %d contracts and not all are known here: close alone"
                            + " in it")
                    .formatted(count);
        }
    }

    /** Own data was lost: nothing is signed or published until it is recovered. */
    record Behind(Nonce known, Nonce proven) implements Refusal {
        @Override
        public String message() {
            return "this side knows state %s but signed state %s: data was lost"
                    .formatted(known, proven);
        }
    }
}

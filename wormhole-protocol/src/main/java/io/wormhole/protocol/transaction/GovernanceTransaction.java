package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;

/** Changes of the network's parameters by the stake; the sender must be an active validator. */
public sealed interface GovernanceTransaction extends TransactionBody {
    /** Longest name of a parameter, in bytes. */
    int LONGEST_NAME = 64;

    /** Proposes to set a parameter. */
    record Propose(String parameter, long value) implements GovernanceTransaction {
        /** Refuses names that no parameter has. */
        public Propose {
            requireName(parameter);
        }

        static Propose readFrom(CanonicalReader in) {
            return new Propose(in.readText(LONGEST_NAME), in.readLong());
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeText(parameter).writeLong(value);
        }
    }

    /** Says yes or no to the open proposal of that value; a later vote replaces an earlier one. */
    record Vote(String parameter, long value, boolean isYes) implements GovernanceTransaction {
        /** Refuses names that no parameter has. */
        public Vote {
            requireName(parameter);
        }

        static Vote readFrom(CanonicalReader in) {
            return new Vote(in.readText(LONGEST_NAME), in.readLong(), in.readBoolean());
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeText(parameter).writeLong(value).writeBoolean(isYes);
        }
    }

    private static void requireName(String name) {
        if (!name.matches("[a-zA-Z.]{1,64}")) {
            throw new IllegalArgumentException("a parameter's name has letters and dots, 1 to 64");
        }
    }
}

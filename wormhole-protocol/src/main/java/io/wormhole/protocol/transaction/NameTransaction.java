package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.naming.Pointer;
import java.util.List;

/** Claims, changes and gives up names. */
public sealed interface NameTransaction extends TransactionBody {
    /** Commits to a name without showing it, so that nobody can claim it first. */
    record Preclaim(Hash commitment) implements NameTransaction {
        /** The commitment to {@code name} by {@code owner} with a random {@code salt}. */
        public static Hash commitment(Name name, Address owner, Hash salt) {
            return Hash.of(
                    DomainTag.NAME_COMMITMENT,
                    new CanonicalWriter().write(name).write(owner).write(salt).toBytes());
        }

        static Preclaim readFrom(CanonicalReader in) {
            return new Preclaim(Hash.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(commitment);
        }
    }

    /** Claims a name: a top-level one by its preclaim's salt, a lower one as its parent's owner. */
    record Claim(Name name, Hash salt) implements NameTransaction {
        static Claim readFrom(CanonicalReader in) {
            return new Claim(Name.readFrom(in), Hash.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(name).write(salt);
        }
    }

    /**
     * Replaces the pointers and renews the name for {@code extendBlocks} from now (0: as it is).
     */
    record Update(Name name, List<Pointer> pointers, long extendBlocks) implements NameTransaction {
        /** How many pointers a name can have. */
        public static final int MAXIMUM_POINTERS = 32;

        /** Refuses too many pointers and a negative extension. */
        public Update {
            pointers = List.copyOf(pointers);
            if (pointers.size() > MAXIMUM_POINTERS) {
                throw new IllegalArgumentException("at most 32 pointers: " + pointers.size());
            }
            if (extendBlocks < 0) {
                throw new IllegalArgumentException("extension below zero: " + extendBlocks);
            }
        }

        static Update readFrom(CanonicalReader in) {
            return new Update(
                    Name.readFrom(in),
                    in.readList(MAXIMUM_POINTERS, Pointer::readFrom),
                    in.readLong());
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(name).writeList(pointers).writeLong(extendBlocks);
        }
    }

    /** Gives a name to {@code to}. */
    record Transfer(Name name, Address to) implements NameTransaction {
        static Transfer readFrom(CanonicalReader in) {
            return new Transfer(Name.readFrom(in), Address.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(name).write(to);
        }
    }

    /** Gives a name up. */
    record Revoke(Name name) implements NameTransaction {
        static Revoke readFrom(CanonicalReader in) {
            return new Revoke(Name.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(name);
        }
    }

    /**
     * Offers {@code amount} for a short name in its auction; the money returns when somebody offers
     * more.
     */
    record Bid(Name name, Amount amount) implements NameTransaction {
        static Bid readFrom(CanonicalReader in) {
            return new Bid(Name.readFrom(in), Amount.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(name).write(amount);
        }
    }
}

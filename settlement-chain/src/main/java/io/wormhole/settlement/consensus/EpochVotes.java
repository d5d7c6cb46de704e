package io.wormhole.settlement.consensus;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Checkpoint;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What can be voted on in an epoch, and who has done so.
 *
 * @param target the epoch's checkpoint
 * @param source what was last justified when the epoch began
 * @param voters who has voted so far
 */
public record EpochVotes(Checkpoint target, Checkpoint source, SortedSet<Address> voters)
        implements Canonical {
    /** Takes a copy of the voters. */
    public EpochVotes {
        voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
    }

    /** An epoch in which nobody has voted yet. */
    static EpochVotes beginning(Checkpoint target, Checkpoint source) {
        return new EpochVotes(target, source, Collections.emptySortedSet());
    }

    /** Reads target, source, and the voters in ascending order. */
    public static EpochVotes readFrom(CanonicalReader in) {
        Checkpoint target = Checkpoint.readFrom(in);
        Checkpoint source = Checkpoint.readFrom(in);
        TreeSet<Address> voters = new TreeSet<>();
        for (Address voter : in.readList(ValidatorSet.MAX_VALIDATORS, Address::readFrom)) {
            if (!voters.isEmpty() && voters.last().compareTo(voter) >= 0) {
                throw in.fault("voters not in ascending order");
            }
            voters.add(voter);
        }
        return new EpochVotes(target, source, voters);
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(target).write(source).writeList(List.copyOf(voters));
    }

    EpochVotes withVoter(Address voter) {
        TreeSet<Address> more = new TreeSet<>(voters);
        more.add(voter);
        return new EpochVotes(target, source, more);
    }

    EpochVotes withoutVoter(Address voter) {
        TreeSet<Address> fewer = new TreeSet<>(voters);
        fewer.remove(voter);
        return new EpochVotes(target, source, fewer);
    }
}

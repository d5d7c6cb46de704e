package io.wormhole.protocol.oracle;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was cast so far in the present voting window of one question. A vote is never changed.
 *
 * @param stake what each validator said
 * @param work how many blocks of each producer said what
 * @param lastWorkAt the last block that voted
 */
public record CastVotes(
        SortedMap<Address, Answer> stake,
        SortedMap<WorkVoter, Long> work,
        Optional<BlockHeight> lastWorkAt)
        implements Canonical {
    /** Most voters of either chamber in one window. */
    public static final int MAXIMUM_VOTERS = 4096;

    /** Nobody voted. */
    public static final CastVotes NONE =
            new CastVotes(
                    Collections.emptySortedMap(), Collections.emptySortedMap(), Optional.empty());

    /** Copies the maps. */
    public CastVotes {
        stake = Collections.unmodifiableSortedMap(new TreeMap<>(stake));
        work = Collections.unmodifiableSortedMap(new TreeMap<>(work));
    }

    /** A producer and what its blocks say. */
    public record WorkVoter(Address producer, Answer answer) implements Comparable<WorkVoter> {
        @Override
        public int compareTo(WorkVoter other) {
            int byProducer = producer.compareTo(other.producer);
            return byProducer != 0 ? byProducer : answer.compareTo(other.answer);
        }
    }

    /** Reads both chambers, each in ascending order. */
    public static CastVotes readFrom(CanonicalReader in) {
        TreeMap<Address, Answer> stake = new TreeMap<>();
        in.readList(MAXIMUM_VOTERS, entry -> readStake(entry, stake));
        TreeMap<WorkVoter, Long> work = new TreeMap<>();
        in.readList(MAXIMUM_VOTERS, entry -> readWork(entry, work));
        return new CastVotes(stake, work, in.readOptional(BlockHeight::readFrom));
    }

    private static Address readStake(CanonicalReader in, TreeMap<Address, Answer> into) {
        Address voter = Address.readFrom(in);
        if (!into.isEmpty() && into.lastKey().compareTo(voter) >= 0) {
            throw in.fault("voters not in ascending order");
        }
        into.put(voter, in.readEnum(Answer.class));
        return voter;
    }

    private static WorkVoter readWork(CanonicalReader in, TreeMap<WorkVoter, Long> into) {
        WorkVoter voter = new WorkVoter(Address.readFrom(in), in.readEnum(Answer.class));
        if (!into.isEmpty() && into.lastKey().compareTo(voter) >= 0) {
            throw in.fault("producers not in ascending order");
        }
        into.put(voter, in.readLong());
        return voter;
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeList(
                List.copyOf(stake.entrySet()),
                (list, vote) -> list.write(vote.getKey()).writeEnum(vote.getValue()));
        out.writeList(
                List.copyOf(work.entrySet()),
                (list, vote) ->
                        list.write(vote.getKey().producer())
                                .writeEnum(vote.getKey().answer())
                                .writeLong(vote.getValue()));
        out.writeOptional(lastWorkAt);
    }

    /** These and the vote of a validator. */
    public CastVotes withStake(Address voter, Answer answer) {
        TreeMap<Address, Answer> more = new TreeMap<>(stake);
        more.put(voter, answer);
        return new CastVotes(more, work, lastWorkAt);
    }

    /** These and the vote of the block at {@code height}. */
    public CastVotes withWork(Address producer, Answer answer, BlockHeight height) {
        TreeMap<WorkVoter, Long> more = new TreeMap<>(work);
        more.merge(new WorkVoter(producer, answer), 1L, Math::addExact);
        return new CastVotes(stake, more, Optional.of(height));
    }
}

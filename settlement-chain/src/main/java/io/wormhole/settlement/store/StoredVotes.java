package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Address;
import java.util.List;
import java.util.Optional;

/**
 * The votes that were signed here, and what forbids others; each is in the tail before it is in the
 * database. Blocks are added to the same tail by another thread.
 */
final class StoredVotes {
    private final Database database;
    private final StoreTail tail;

    StoredVotes(Database database, StoreTail tail) {
        this.database = database;
        this.tail = tail;
    }

    /** Takes in what the database may lack. */
    void restore(Tail.Entry entry) {
        restore(CanonicalReader.decode(entry.content(), VoteRecord::readFrom));
    }

    private void restore(VoteRecord vote) {
        if (!forbidsAlready(vote)) {
            database.write(on -> VoteTable.keep(on, database.dialect(), vote));
        }
    }

    private boolean forbidsAlready(VoteRecord vote) {
        return last(vote.validator())
                .filter(last -> last.targetEpoch() >= vote.targetEpoch())
                .filter(last -> last.sourceEpoch() >= vote.sourceEpoch())
                .isPresent();
    }

    Optional<VoteRecord> last(Address validator) {
        return database.read(on -> VoteTable.last(on, validator));
    }

    /** The last of each validator. */
    List<VoteRecord> last() {
        List<Address> validators = database.read(VoteTable::validators);
        return validators.stream().flatMap(validator -> last(validator).stream()).toList();
    }

    void record(VoteRecord vote) {
        synchronized (tail) {
            if (last(vote.validator())
                    .filter(last -> last.targetEpoch() >= vote.targetEpoch())
                    .isPresent()) {
                throw new StoreException(
                        StoreException.Kind.WRITE_FAILED,
                        "a vote for epoch "
                                + vote.targetEpoch()
                                + " or a later one is stored already");
            }
            tail.append(Tail.VOTE, List.of(vote.encoded()));
            database.write(on -> VoteTable.insert(on, vote));
        }
    }

    void forbid(VoteRecord elsewhere) {
        synchronized (tail) {
            if (!forbidsAlready(elsewhere)) {
                VoteRecord both =
                        last(elsewhere.validator())
                                .map(own -> own.stricter(elsewhere))
                                .orElse(elsewhere);
                tail.append(Tail.VOTE, List.of(both.encoded()));
                restore(both);
            }
        }
    }
}

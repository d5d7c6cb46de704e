package io.wormhole.settlement.store;

import io.wormhole.protocol.crypto.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds where transactions are, in rows of their own and in {@link InclusionRuns}. For many
 * threads.
 */
final class InclusionSearch {
    // A run never changes, and its number is never given again.
    private final Map<Long, byte[]> firsts = new ConcurrentHashMap<>();

    /** Where the followed chain has a transaction. */
    Optional<Inclusion> find(Connection on, Hash transaction) throws SQLException {
        Optional<Inclusion> alone = BlockTables.inclusion(on, transaction);
        if (alone.isPresent()) {
            return alone;
        }
        Optional<List<InclusionChunk.Place>> places = places(on, transaction);
        while (places.isEmpty()) {
            // Some runs were merged between one look and the next.
            places = places(on, transaction);
        }
        for (InclusionChunk.Place place : places.get()) {
            Optional<Long> height = BlockTables.followedHeight(on, place.block());
            if (height.isPresent()) {
                return Optional.of(new Inclusion(place.block(), height.get(), place.place()));
            }
        }
        return Optional.empty();
    }

    /** On all forks; empty when a run is gone. */
    private Optional<List<InclusionChunk.Place>> places(Connection on, Hash transaction)
            throws SQLException {
        List<Long> runs = runs(on);
        firsts.keySet().retainAll(runs);
        List<InclusionChunk.Place> places = new ArrayList<>();
        for (long run : runs) {
            Optional<byte[]> known = firsts(on, run);
            if (known.isEmpty()) {
                return Optional.empty();
            }
            int chunk = chunkOf(known.get(), transaction.bytes().toArray());
            if (chunk >= 0) {
                Optional<byte[]> content = chunk(on, run, chunk);
                if (content.isEmpty()) {
                    return Optional.empty();
                }
                places.addAll(InclusionChunk.find(content.get(), transaction));
            }
        }
        return Optional.of(places);
    }

    private static List<Long> runs(Connection on) throws SQLException {
        List<Long> runs = new ArrayList<>();
        try (PreparedStatement select = on.prepareStatement("SELECT run FROM inclusion_run");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                runs.add(rows.getLong(1));
            }
        }
        return runs;
    }

    private Optional<byte[]> firsts(Connection on, long run) throws SQLException {
        byte[] known = firsts.get(run);
        if (known != null) {
            return Optional.of(known);
        }
        try (PreparedStatement select =
                on.prepareStatement("SELECT firsts FROM inclusion_run WHERE run = ?")) {
            select.setLong(1, run);
            Optional<byte[]> read = first(select);
            read.ifPresent(content -> firsts.put(run, content));
            return read;
        }
    }

    /** The last chunk that begins at or before a transaction; -1 when there is none. */
    private static int chunkOf(byte[] firsts, byte[] transaction) {
        int low = 0;
        int high = firsts.length / Hash.SIZE;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int from = middle * Hash.SIZE;
            if (Arrays.compareUnsigned(firsts, from, from + Hash.SIZE, transaction, 0, Hash.SIZE)
                    <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    static Optional<byte[]> chunk(Connection on, long run, int chunk) throws SQLException {
        try (PreparedStatement select =
                on.prepareStatement(
                        "SELECT content FROM inclusion_chunk WHERE run = ? AND chunk = ?")) {
            select.setLong(1, run);
            select.setInt(2, chunk);
            return first(select);
        }
    }

    private static Optional<byte[]> first(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
        }
    }
}

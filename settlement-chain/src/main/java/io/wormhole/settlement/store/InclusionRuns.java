package io.wormhole.settlement.store;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Where transactions are that came many at once, to a node that catches up. Their ids come in no
 * order, so to enter each into one large tree would write most of its pages anew every time.
 * Instead those of many blocks are one run: sorted, and written in chunks one after the other. A
 * few runs of like size are merged into one now and then, so there are few of them.
 */
final class InclusionRuns {
    private static final int WORTH_TRANSACTIONS = 500;
    private static final int CHUNK_ENTRIES = 128;
    private static final int MERGED_AT_ONCE = 4;

    // To merge larger ones would hold up the chain for seconds.
    private static final long MOST_MERGED_ENTRIES = 1_000_000;

    private final Connection on;

    private InclusionRuns(Connection on) {
        this.on = on;
    }

    /** Whether so many transactions are a run; else they are rows of their own. */
    static boolean isWorthIt(List<GatheredBlock> blocks) {
        return blocks.stream().mapToLong(GatheredBlock::transactions).sum() >= WORTH_TRANSACTIONS;
    }

    /** Enters the transactions of some blocks. */
    static void write(Connection on, List<GatheredBlock> blocks) throws SQLException {
        List<byte[]> entries = new ArrayList<>();
        for (GatheredBlock block : blocks) {
            for (int place = 0; place < block.transactions(); place++) {
                entries.add(
                        InclusionChunk.entry(block.id(place), block.index().hash().bytes(), place));
            }
        }
        entries.sort(Arrays::compareUnsigned);
        InclusionRuns runs = new InclusionRuns(on);
        runs.write(entries.iterator());
        runs.merge();
    }

    private record Run(long run, long entries) {
        /** Those of one tier are within four times of each other. */
        int tier() {
            return (Long.SIZE - Long.numberOfLeadingZeros(entries)) / 2;
        }
    }

    private List<Run> runs() throws SQLException {
        List<Run> runs = new ArrayList<>();
        try (PreparedStatement select =
                        on.prepareStatement("SELECT run, entries FROM inclusion_run ORDER BY run");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                runs.add(new Run(rows.getLong(1), rows.getLong(2)));
            }
        }
        return runs;
    }

    private void merge() throws SQLException {
        List<Run> alike = alike(runs());
        while (!alike.isEmpty()) {
            PriorityQueue<Reader> readers =
                    new PriorityQueue<>(
                            Comparator.comparing(Reader::peek, Arrays::compareUnsigned));
            for (Run run : alike) {
                readers.add(new Reader(run.run()));
            }
            write(new Merged(readers));
            for (Run run : alike) {
                delete(run.run());
            }
            alike = alike(runs());
        }
    }

    private static List<Run> alike(List<Run> runs) {
        for (Run first : runs) {
            List<Run> alike = runs.stream().filter(run -> run.tier() == first.tier()).toList();
            if (alike.size() >= MERGED_AT_ONCE
                    && alike.stream().mapToLong(Run::entries).sum() <= MOST_MERGED_ENTRIES) {
                return alike;
            }
        }
        return List.of();
    }

    private void delete(long run) throws SQLException {
        for (String table : List.of("inclusion_run", "inclusion_chunk")) {
            try (PreparedStatement delete =
                    on.prepareStatement("DELETE FROM " + table + " WHERE run = ?")) {
                delete.setLong(1, run);
                delete.executeUpdate();
            }
        }
    }

    /** Writes a run of entries that come ascending. */
    private void write(Iterator<byte[]> entries) throws SQLException {
        List<Run> before = runs();
        long run = before.isEmpty() ? 1 : before.get(before.size() - 1).run() + 1;
        ByteArrayOutputStream firsts = new ByteArrayOutputStream();
        long count = 0;
        try (PreparedStatement insert =
                on.prepareStatement(
                        "INSERT INTO inclusion_chunk (run, chunk, content) VALUES (?, ?, ?)")) {
            List<byte[]> chunk = new ArrayList<>();
            int chunks = 0;
            while (entries.hasNext()) {
                byte[] next = entries.next();
                if (chunk.size() >= CHUNK_ENTRIES
                        && !InclusionChunk.isOfOneTransaction(chunk.get(chunk.size() - 1), next)) {
                    insert(insert, run, chunks++, chunk);
                    chunk.clear();
                }
                if (chunk.isEmpty()) {
                    firsts.writeBytes(InclusionChunk.transaction(next));
                }
                chunk.add(next);
                count++;
            }
            insert(insert, run, chunks, chunk);
        }
        try (PreparedStatement insert =
                on.prepareStatement(
                        "INSERT INTO inclusion_run (run, entries, firsts) VALUES (?, ?, ?)")) {
            insert.setLong(1, run);
            insert.setLong(2, count);
            insert.setBytes(3, firsts.toByteArray());
            insert.executeUpdate();
        }
    }

    private static void insert(PreparedStatement insert, long run, int chunk, List<byte[]> entries)
            throws SQLException {
        ByteArrayOutputStream content =
                new ByteArrayOutputStream(entries.size() * InclusionChunk.ENTRY_BYTES);
        entries.forEach(content::writeBytes);
        insert.setLong(1, run);
        insert.setInt(2, chunk);
        insert.setBytes(3, content.toByteArray());
        insert.executeUpdate();
    }

    /** Reads the entries of a run, one chunk at a time. */
    private final class Reader {
        private final long run;
        private int chunk;
        private Iterator<byte[]> entries = List.<byte[]>of().iterator();
        private byte[] next = {};

        Reader(long run) throws SQLException {
            this.run = run;
            advance();
        }

        byte[] peek() {
            return next;
        }

        /** Goes on to the next entry; says no when there is none. */
        boolean advance() throws SQLException {
            if (!entries.hasNext()) {
                entries =
                        InclusionSearch.chunk(on, run, chunk++)
                                .map(InclusionChunk::entries)
                                .orElse(List.of())
                                .iterator();
            }
            boolean isMore = entries.hasNext();
            if (isMore) {
                next = entries.next();
            }
            return isMore;
        }
    }

    /** All entries of some runs, ascending. */
    private record Merged(PriorityQueue<Reader> readers) implements Iterator<byte[]> {
        @Override
        public boolean hasNext() {
            return !readers.isEmpty();
        }

        @Override
        public byte[] next() {
            Reader lowest = readers.remove();
            byte[] entry = lowest.peek();
            try {
                if (lowest.advance()) {
                    readers.add(lowest);
                }
            } catch (SQLException failure) {
                throw new StoreException(
                        StoreException.Kind.READ_FAILED,
                        "the chain database cannot be read: " + failure.getMessage(),
                        failure);
            }
            return entry;
        }
    }
}

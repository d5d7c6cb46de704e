package io.wormhole.settlement.store;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.api.ErrorCode;

/**
 * Writes rows that are new nearly always. To insert a row costs H2 a third of what it costs to ask
 * for it first, so rows are inserted, and those that were there are written by another statement.
 */
final class NewRows {
    // So that a large block does not fill the memory twice.
    private static final int MOST_IN_BATCH = 2_000;

    private final Dialect dialect;
    private final Connection on;

    NewRows(Dialect dialect, Connection on) {
        this.dialect = dialect;
        this.on = on;
    }

    /**
     * Writes rows.
     *
     * @param insert the statement for rows that are new
     * @param other the statement for rows that may be there
     */
    void write(String insert, String other, List<Object[]> rows) throws SQLException {
        for (int from = 0; from < rows.size(); from += MOST_IN_BATCH) {
            List<Object[]> some = rows.subList(from, Math.min(rows.size(), from + MOST_IN_BATCH));
            // On a server a refused row would end the whole transaction.
            List<Object[]> known = dialect == Dialect.H2 ? insertNew(insert, some) : some;
            if (!known.isEmpty()) {
                try (PreparedStatement statement = on.prepareStatement(other)) {
                    addAll(statement, known);
                    statement.executeBatch();
                }
            }
        }
    }

    /** Inserts what is not there, and gives the others. */
    private List<Object[]> insertNew(String insert, List<Object[]> rows) throws SQLException {
        try (PreparedStatement statement = on.prepareStatement(insert)) {
            addAll(statement, rows);
            statement.executeBatch();
            return List.of();
        } catch (BatchUpdateException some) {
            requireOnlyDuplicates(some);
            List<Object[]> known = new ArrayList<>();
            int[] counts = some.getUpdateCounts();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == Statement.EXECUTE_FAILED) {
                    known.add(rows.get(i));
                }
            }
            return known;
        }
    }

    private static void addAll(PreparedStatement statement, List<Object[]> rows)
            throws SQLException {
        for (Object[] row : rows) {
            for (int column = 0; column < row.length; column++) {
                statement.setObject(column + 1, row[column]);
            }
            statement.addBatch();
        }
    }

    private static void requireOnlyDuplicates(BatchUpdateException some) throws SQLException {
        for (SQLException each = some.getNextException();
                each != null;
                each = each.getNextException()) {
            if (each.getErrorCode() != ErrorCode.DUPLICATE_KEY_1) {
                throw some;
            }
        }
    }
}

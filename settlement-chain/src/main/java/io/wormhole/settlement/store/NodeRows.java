package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.h2.api.ErrorCode;

/**
 * Writes state nodes. Nearly all are new, and to insert a row costs H2 a third of what it costs to
 * ask for it first, so rows are inserted, and those that were there are kept by another statement.
 */
final class NodeRows {
    private static final String INSERT =
            "INSERT INTO node (hash, content, written) VALUES (?, ?, ?)";

    private final Dialect dialect;
    private final Connection on;
    private final long height;

    NodeRows(Dialect dialect, Connection on, long height) {
        this.dialect = dialect;
        this.on = on;
        this.height = height;
    }

    /** Writes nodes, or notes that the block at this height has them too. */
    void keep(List<Map.Entry<Hash, Bytes>> nodes) throws SQLException {
        if (nodes.isEmpty()) {
            return;
        }
        // On a server a refused row would end the whole transaction.
        List<Map.Entry<Hash, Bytes>> known = dialect == Dialect.H2 ? insertNew(nodes) : nodes;
        if (!known.isEmpty()) {
            try (PreparedStatement keep = on.prepareStatement(dialect.keepNode())) {
                addAll(keep, known);
                keep.executeBatch();
            }
        }
    }

    /** Inserts what is not there, and gives the others. */
    private List<Map.Entry<Hash, Bytes>> insertNew(List<Map.Entry<Hash, Bytes>> nodes)
            throws SQLException {
        try (PreparedStatement insert = on.prepareStatement(INSERT)) {
            addAll(insert, nodes);
            insert.executeBatch();
            return List.of();
        } catch (BatchUpdateException some) {
            requireOnlyDuplicates(some);
            List<Map.Entry<Hash, Bytes>> known = new ArrayList<>();
            int[] counts = some.getUpdateCounts();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == Statement.EXECUTE_FAILED) {
                    known.add(nodes.get(i));
                }
            }
            return known;
        }
    }

    private void addAll(PreparedStatement statement, List<Map.Entry<Hash, Bytes>> nodes)
            throws SQLException {
        for (Map.Entry<Hash, Bytes> node : nodes) {
            statement.setBytes(1, BlockTables.bytes(node.getKey()));
            statement.setBytes(2, node.getValue().toArray());
            statement.setLong(3, height);
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

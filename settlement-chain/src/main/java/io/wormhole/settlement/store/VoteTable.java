package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements on the table of signed votes. */
final class VoteTable {
    private VoteTable() {}

    static Optional<VoteRecord> last(Connection on, Address validator) throws SQLException {
        try (PreparedStatement select =
                on.prepareStatement(
                        "SELECT source_epoch, target_epoch, signed FROM vote WHERE validator = ?"
                                + " ORDER BY target_epoch DESC LIMIT 1")) {
            select.setBytes(1, BlockTables.bytes(validator.hash()));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(
                                new VoteRecord(
                                        validator,
                                        rows.getLong(1),
                                        rows.getLong(2),
                                        Bytes.of(rows.getBytes(3))))
                        : Optional.empty();
            }
        }
    }

    static List<Address> validators(Connection on) throws SQLException {
        try (PreparedStatement select = on.prepareStatement("SELECT DISTINCT validator FROM vote");
                ResultSet rows = select.executeQuery()) {
            List<Address> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new Address(BlockTables.hash(rows.getBytes(1))));
            }
            return found;
        }
    }

    /** Inserts a vote, or puts it in the place of the one with the same target. */
    static int keep(Connection on, Dialect dialect, VoteRecord vote) throws SQLException {
        String upsert =
                dialect.upsert(
                        "vote",
                        List.of("validator", "target_epoch"),
                        List.of("source_epoch", "signed"));
        return write(on, upsert, vote);
    }

    static int insert(Connection on, VoteRecord vote) throws SQLException {
        return write(
                on,
                "INSERT INTO vote (validator, target_epoch, source_epoch, signed)"
                        + " VALUES (?,?,?,?)",
                vote);
    }

    private static int write(Connection on, String statement, VoteRecord vote) throws SQLException {
        try (PreparedStatement insert = on.prepareStatement(statement)) {
            insert.setBytes(1, BlockTables.bytes(vote.validator().hash()));
            insert.setLong(2, vote.targetEpoch());
            insert.setLong(3, vote.sourceEpoch());
            insert.setBytes(4, vote.signed().toArray());
            return insert.executeUpdate();
        }
    }
}

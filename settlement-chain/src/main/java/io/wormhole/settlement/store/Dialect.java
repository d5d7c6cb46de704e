package io.wormhole.settlement.store;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What differs between the databases that can hold a chain. */
enum Dialect {
    /** Embedded, the default. */
    H2 {
        @Override
        String upsert(String table, List<String> keys, List<String> others) {
            return "MERGE INTO %s (%s) KEY (%s) VALUES (%s)"
                    .formatted(
                            table,
                            String.join(", ", columns(keys, others)),
                            String.join(", ", keys),
                            places(keys, others));
        }

        @Override
        String keepNode() {
            return "MERGE INTO node AS t USING (VALUES (CAST(? AS BINARY(32)),"
                    + " CAST(? AS VARBINARY), CAST(? AS BIGINT))) AS s (hash, content, written)"
                    + " ON t.hash = s.hash"
                    + " WHEN MATCHED AND t.written < s.written THEN UPDATE SET written = s.written"
                    + " WHEN NOT MATCHED THEN INSERT (hash, content, written)"
                    + " VALUES (s.hash, s.content, s.written)";
        }

        @Override
        String definition(String ddl) {
            return ddl;
        }
    },
    /** A server. */
    POSTGRESQL {
        @Override
        String upsert(String table, List<String> keys, List<String> others) {
            String changes =
                    others.stream()
                            .map(column -> column + " = EXCLUDED." + column)
                            .collect(Collectors.joining(", "));
            return "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s"
                    .formatted(
                            table,
                            String.join(", ", columns(keys, others)),
                            places(keys, others),
                            String.join(", ", keys),
                            changes);
        }

        @Override
        String keepNode() {
            return "INSERT INTO node (hash, content, written) VALUES (?,?,?)"
                    + " ON CONFLICT (hash) DO UPDATE SET written ="
                    + " GREATEST(node.written, EXCLUDED.written)";
        }

        @Override
        String definition(String ddl) {
            return ddl.replaceAll("(VAR)?BINARY\\(\\d+\\)", "BYTEA").replace("TINYINT", "SMALLINT");
        }
    };

    /** Inserts a row that is new. */
    String insert(String table, List<String> keys, List<String> others) {
        return "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(table, String.join(", ", columns(keys, others)), places(keys, others));
    }

    /** Inserts a row, or changes the other columns of the one with these keys. */
    abstract String upsert(String table, List<String> keys, List<String> others);

    /** Inserts a state node, or notes that a later block has it too. */
    abstract String keepNode();

    /** A change of the schema, which is written for H2. */
    abstract String definition(String ddl);

    private static List<String> columns(List<String> keys, List<String> others) {
        return Stream.concat(keys.stream(), others.stream()).toList();
    }

    private static String places(List<String> keys, List<String> others) {
        return columns(keys, others).stream().map(column -> "?").collect(Collectors.joining(","));
    }
}

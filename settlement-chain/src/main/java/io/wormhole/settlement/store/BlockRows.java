package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.consensus.IndexedBlock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes blocks into their tables, several at once. */
final class BlockRows {
    private static final int PART_BYTES = 512 * 1024;
    private static final Table BLOCK =
            new Table(
                    "block",
                    List.of("hash"),
                    List.of(
                            "height",
                            "parent",
                            "total_work",
                            "justified_epoch",
                            "justified",
                            "final_epoch",
                            "final",
                            "header"));
    private static final Table PART =
            new Table("part", List.of("block", "kind", "place"), List.of("content"));
    private static final Table INCLUSION =
            new Table("inclusion", List.of("transaction_id", "block"), List.of("place"));
    private static final String NODE = "INSERT INTO node (hash, content, written) VALUES (?, ?, ?)";

    private final Dialect dialect;
    private final Connection on;
    private final NewRows rows;

    private record Table(String name, List<String> keys, List<String> others) {
        void write(Dialect dialect, NewRows rows, List<Object[]> content) throws SQLException {
            rows.write(
                    dialect.insert(name, keys, others),
                    dialect.upsert(name, keys, others),
                    content);
        }
    }

    BlockRows(Dialect dialect, Connection on) {
        this.dialect = dialect;
        this.on = on;
        this.rows = new NewRows(dialect, on);
    }

    /** Writes blocks with all that belongs to them, and the state nodes that they leave. */
    void write(List<GatheredBlock> blocks, Map<Hash, Gathered.StateNode> states)
            throws SQLException {
        BLOCK.write(dialect, rows, blocks.stream().map(BlockRows::header).toList());
        List<Object[]> parts = new ArrayList<>();
        for (GatheredBlock block : blocks) {
            addParts(parts, block, BlockTables.BODY, block.bare());
            addParts(parts, block, BlockTables.WITNESS, block.witness());
            addParts(parts, block, BlockTables.FACTS, block.facts());
        }
        PART.write(dialect, rows, parts);
        writeInclusions(blocks);
        rows.write(NODE, dialect.keepNode(), nodes(states));
    }

    private static Object[] header(GatheredBlock block) {
        IndexedBlock index = block.index();
        return new Object[] {
            BlockTables.bytes(index.hash()),
            index.height(),
            BlockTables.bytes(index.parent()),
            index.totalWork().toByteArray(),
            index.justified().epoch(),
            BlockTables.bytes(index.justified().blockHash()),
            index.finalised().epoch(),
            BlockTables.bytes(index.finalised().blockHash()),
            block.header().encoded().toArray()
        };
    }

    private static void addParts(
            List<Object[]> parts, GatheredBlock block, int kind, Bytes content) {
        byte[] hash = BlockTables.bytes(block.index().hash());
        for (int place = 0; place * PART_BYTES < content.size(); place++) {
            int from = place * PART_BYTES;
            int to = Math.min(content.size(), from + PART_BYTES);
            parts.add(new Object[] {hash, kind, place, content.slice(from, to).toArray()});
        }
    }

    private void writeInclusions(List<GatheredBlock> blocks) throws SQLException {
        if (InclusionRuns.isWorthIt(blocks)) {
            InclusionRuns.write(on, blocks);
            return;
        }
        List<Object[]> inclusions = new ArrayList<>();
        for (GatheredBlock block : blocks) {
            byte[] hash = BlockTables.bytes(block.index().hash());
            for (int place = 0; place < block.transactions(); place++) {
                inclusions.add(new Object[] {block.id(place).toArray(), hash, place});
            }
        }
        INCLUSION.write(dialect, rows, inclusions);
    }

    private static List<Object[]> nodes(Map<Hash, Gathered.StateNode> states) {
        List<Object[]> rows = new ArrayList<>(states.size());
        states.forEach(
                (hash, node) ->
                        rows.add(
                                new Object[] {
                                    BlockTables.bytes(hash), node.content().toArray(), node.height()
                                }));
        return rows;
    }
}

package io.wormhole.isa.bytecode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The instruction table as data: {@code bytecode/instructions.txt}, a line for each instruction.
 */
final class InstructionTable {
    private static final String FILE = "/bytecode/instructions.txt";
    private static final int COLUMNS = 10;
    private static final String COUNTED = "+n";
    private static final Map<String, Row> ROWS = parse(text());

    private InstructionTable() {}

    /** What the table says of one instruction. */
    record Row(
            int code,
            String mnemonic,
            OperandKind operand,
            Opcode.Effect pops,
            Opcode.Effect pushes,
            Opcode.Cost cost,
            String summary) {}

    /** The line of the instruction that Java calls {@code name}. */
    static Row row(String name) {
        Row row = ROWS.get(name);
        if (row == null) {
            throw new IllegalStateException(FILE + " has no line for " + name);
        }
        return row;
    }

    /** All names that have a line, in its order. */
    static Set<String> names() {
        return ROWS.keySet();
    }

    private static String text() {
        try (InputStream in = InstructionTable.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("gone from the class path: " + FILE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The lines by name; what begins with a number sign is for people. */
    static Map<String, Row> parse(String table) {
        Map<String, Row> rows = new LinkedHashMap<>();
        int number = 0;
        for (String line : table.split("\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split("\\s+", COLUMNS);
            try {
                if (columns.length < COLUMNS) {
                    throw new IllegalArgumentException(columns.length + " columns of " + COLUMNS);
                }
                if (rows.put(columns[0], read(columns)) != null) {
                    throw new IllegalArgumentException("a second line for " + columns[0]);
                }
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        "line %d: %s".formatted(number, wrong.getMessage()), wrong);
            }
        }
        return rows;
    }

    private static Row read(String[] columns) {
        return new Row(
                Integer.decode(columns[1]),
                columns[2],
                OperandKind.valueOf(columns[3]),
                effect(columns[4]),
                effect(columns[5]),
                new Opcode.Cost(
                        Integer.parseInt(columns[6]),
                        Integer.parseInt(columns[7]),
                        Growth.valueOf(columns[8])),
                columns[9]);
    }

    private static Opcode.Effect effect(String text) {
        boolean counted = text.endsWith(COUNTED);
        String fixed = counted ? text.substring(0, text.length() - COUNTED.length()) : text;
        return new Opcode.Effect(Integer.parseInt(fixed), counted);
    }
}

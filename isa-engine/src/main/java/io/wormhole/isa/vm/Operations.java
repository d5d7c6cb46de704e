package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;
import java.util.EnumMap;
import java.util.Map;

/** The instructions that need no access to frames, by opcode. */
final class Operations {
    private static final Map<Opcode, Operation> TABLE = table();

    private Operations() {}

    static Operation of(Opcode opcode) {
        Operation operation = TABLE.get(opcode);
        if (operation == null) {
            throw new IllegalStateException("the interpreter itself runs " + opcode);
        }
        return operation;
    }

    static boolean has(Opcode opcode) {
        return TABLE.containsKey(opcode);
    }

    private static Map<Opcode, Operation> table() {
        Map<Opcode, Operation> table = new EnumMap<>(Opcode.class);
        IntegerOperations.addTo(table);
        ComparisonOperations.addTo(table);
        RealOperations.addTo(table);
        BytesOperations.addTo(table);
        CollectionOperations.addTo(table);
        CryptoOperations.addTo(table);
        return table;
    }
}

package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.Value;
import java.util.Map;
import java.util.function.IntPredicate;

/** Order and logic; the interpreter has short cuts for 64-bit integers. */
final class ComparisonOperations {
    private ComparisonOperations() {}

    static void addTo(Map<Opcode, Operation> table) {
        values(table, Opcode.EQ, order -> order == 0);
        values(table, Opcode.NE, order -> order != 0);
        integers(table, Opcode.LT, order -> order < 0);
        integers(table, Opcode.LE, order -> order <= 0);
        integers(table, Opcode.GT, order -> order > 0);
        integers(table, Opcode.GE, order -> order >= 0);
        table.put(
                Opcode.CMP,
                (machine, operand) -> machine.push(Integer.signum(compare(machine, Opcode.CMP))));
        table.put(Opcode.NOT, (machine, operand) -> machine.push(!machine.popBoolean()));
        logical(table, Opcode.AND, (left, right) -> left && right);
        logical(table, Opcode.OR, (left, right) -> left || right);
        table.put(Opcode.TYPE, (machine, operand) -> machine.push(machine.pop().type().code()));
    }

    private interface Connective {
        boolean holds(boolean left, boolean right);
    }

    private static void logical(Map<Opcode, Operation> table, Opcode opcode, Connective holds) {
        table.put(
                opcode,
                (machine, operand) -> {
                    boolean right = machine.popBoolean();
                    boolean left = machine.popBoolean();
                    machine.push(holds.holds(left, right));
                });
    }

    private static void values(Map<Opcode, Operation> table, Opcode opcode, IntPredicate holds) {
        table.put(opcode, (machine, operand) -> machine.push(holds.test(compare(machine, opcode))));
    }

    private static void integers(Map<Opcode, Operation> table, Opcode opcode, IntPredicate holds) {
        table.put(
                opcode,
                (machine, operand) -> {
                    Value right = machine.popInteger();
                    Value left = machine.popInteger();
                    machine.push(holds.test(left.compareTo(right)));
                });
    }

    private static int compare(Machine machine, Opcode opcode) {
        Value right = machine.pop();
        Value left = machine.pop();
        long smaller = Math.min(left.cells(), right.cells()) - 1;
        boolean bytes = left instanceof BytesValue || right instanceof BytesValue;
        boolean nested = left.depth() > 1 && right.depth() > 1;
        long units = bytes ? smaller >>> 3 : nested ? 2 * smaller : smaller;
        machine.charge(opcode.cost().rate() * units);
        return left.compareTo(right);
    }
}

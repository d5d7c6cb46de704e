package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import java.util.Map;

/** Tuples, lists and maps. */
final class CollectionOperations {
    private CollectionOperations() {}

    static void addTo(Map<Opcode, Operation> table) {
        table.put(
                Opcode.TUPLE,
                (machine, operand) -> machine.push(Value.tuple(popMany(machine, operand))));
        table.put(Opcode.UNTUPLE, CollectionOperations::untuple);
        table.put(Opcode.FIELD, CollectionOperations::field);
        table.put(Opcode.WITH, CollectionOperations::with);
        table.put(Opcode.TSIZE, (machine, operand) -> machine.push(machine.popTuple().size()));
        table.put(Opcode.NIL, (machine, operand) -> machine.push(ListValue.EMPTY));
        table.put(Opcode.CONS, (machine, operand) -> cons(machine));
        table.put(Opcode.HEAD, (machine, operand) -> machine.push(nonEmpty(machine).head()));
        table.put(Opcode.TAIL, (machine, operand) -> machine.push(nonEmpty(machine).tail()));
        table.put(Opcode.EMPTY, (machine, operand) -> machine.push(machine.popList().isEmpty()));
        table.put(Opcode.LLEN, (machine, operand) -> machine.push(machine.popList().size()));
        table.put(Opcode.LNTH, (machine, operand) -> nth(machine));
        table.put(Opcode.LCAT, (machine, operand) -> append(machine));
        table.put(Opcode.LREV, (machine, operand) -> reverse(machine));
        table.put(
                Opcode.LIST,
                (machine, operand) -> machine.push(Value.list(popMany(machine, operand))));
        addMaps(table);
    }

    private static void addMaps(Map<Opcode, Operation> table) {
        table.put(Opcode.MNEW, (machine, operand) -> machine.push(MapValue.EMPTY));
        table.put(Opcode.MGET, (machine, operand) -> get(machine));
        table.put(Opcode.MGETOR, (machine, operand) -> getOr(machine));
        table.put(Opcode.MHAS, (machine, operand) -> has(machine));
        table.put(Opcode.MPUT, (machine, operand) -> put(machine));
        table.put(Opcode.MDEL, (machine, operand) -> delete(machine));
        table.put(Opcode.MSIZE, (machine, operand) -> machine.push(machine.popMap().size()));
        table.put(
                Opcode.MKEYS,
                (machine, operand) -> {
                    MapValue map = machine.popMap();
                    chargeElements(machine, Opcode.MKEYS, map.size());
                    machine.push(ListValue.of(map.keys()));
                });
        table.put(
                Opcode.MLIST,
                (machine, operand) -> {
                    MapValue map = machine.popMap();
                    chargeElements(machine, Opcode.MLIST, map.size());
                    machine.push(ListValue.of(map.entries()));
                });
    }

    private static Value[] popMany(Machine machine, int count) {
        Value[] fields = new Value[count];
        for (int i = count - 1; i >= 0; i--) {
            fields[i] = machine.pop();
        }
        return fields;
    }

    private static void chargeElements(Machine machine, Opcode opcode, long elements) {
        machine.charge(opcode.cost().rate() * elements);
    }

    private static void untuple(Machine machine, int count) {
        TupleValue tuple = machine.popTuple();
        if (tuple.size() != count) {
            throw Stop.trap(
                    TrapReason.WRONG_COUNT,
                    "tuple of " + count + " expected, found " + tuple.size());
        }
        for (int i = 0; i < count; i++) {
            machine.push(tuple.get(i));
        }
    }

    private static void field(Machine machine, int index) {
        TupleValue tuple = machine.popTuple();
        requireField(tuple, index);
        machine.push(tuple.get(index));
    }

    private static void with(Machine machine, int index) {
        Value value = machine.pop();
        TupleValue tuple = machine.popTuple();
        requireField(tuple, index);
        chargeElements(machine, Opcode.WITH, tuple.size());
        machine.push(tuple.with(index, value));
    }

    private static void requireField(TupleValue tuple, int index) {
        if (index >= tuple.size()) {
            throw Machine.outOfBounds("field " + index + " of a tuple of " + tuple.size());
        }
    }

    private static void cons(Machine machine) {
        ListValue tail = machine.popList();
        machine.push(tail.prepend(machine.pop()));
    }

    private static ListValue nonEmpty(Machine machine) {
        ListValue list = machine.popList();
        if (list.isEmpty()) {
            throw Stop.trap(TrapReason.NOTHING_THERE, "the list is empty");
        }
        return list;
    }

    private static void nth(Machine machine) {
        int index = machine.popIndex();
        ListValue list = machine.popList();
        if (index >= list.size()) {
            throw Machine.outOfBounds("element outside a list of " + list.size());
        }
        chargeElements(machine, Opcode.LNTH, index);
        ListValue rest = list;
        for (int i = 0; i < index; i++) {
            rest = rest.tail();
        }
        machine.push(rest.head());
    }

    private static void append(Machine machine) {
        ListValue back = machine.popList();
        ListValue front = machine.popList();
        chargeElements(machine, Opcode.LCAT, front.size());
        machine.push(front.append(back));
    }

    private static void reverse(Machine machine) {
        ListValue list = machine.popList();
        chargeElements(machine, Opcode.LREV, list.size());
        machine.push(list.reversed());
    }

    private static void chargePath(Machine machine, Opcode opcode, MapValue map, Value key) {
        machine.charge(opcode.cost().rate() * key.cells() * (map.height() + 1L));
    }

    private static void get(Machine machine) {
        Value key = machine.pop();
        MapValue map = machine.popMap();
        chargePath(machine, Opcode.MGET, map, key);
        machine.push(
                map.get(key)
                        .orElseThrow(
                                () ->
                                        Stop.trap(
                                                TrapReason.NOTHING_THERE,
                                                "the map has no such key")));
    }

    private static void getOr(Machine machine) {
        Value otherwise = machine.pop();
        Value key = machine.pop();
        MapValue map = machine.popMap();
        chargePath(machine, Opcode.MGETOR, map, key);
        machine.push(map.get(key).orElse(otherwise));
    }

    private static void has(Machine machine) {
        Value key = machine.pop();
        MapValue map = machine.popMap();
        chargePath(machine, Opcode.MHAS, map, key);
        machine.push(map.get(key).isPresent());
    }

    private static void put(Machine machine) {
        Value value = machine.pop();
        Value key = machine.pop();
        MapValue map = machine.popMap();
        chargePath(machine, Opcode.MPUT, map, key);
        machine.push(map.put(key, value));
    }

    private static void delete(Machine machine) {
        Value key = machine.pop();
        MapValue map = machine.popMap();
        chargePath(machine, Opcode.MDEL, map, key);
        machine.push(map.remove(key));
    }
}

package io.wormhole.isa.bytecode;

import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the functions of libraries where a module names them. Their helpers follow after the
 * module's own functions; calls among them are made to fit.
 */
final class Linker {
    private final FunctionTable base;
    private final List<Optional<FunctionCode>> linked = new ArrayList<>();
    private final List<CodeFault> faults = new ArrayList<>();
    private final Map<Place, Integer> placed = new HashMap<>();

    private Linker(FunctionTable base) {
        this.base = base;
    }

    private record Place(Hash library, int index) {}

    /** The table to be verified and run, and what could not be linked. */
    record Linked(FunctionTable table, List<CodeFault> faults) {}

    static Linked link(FunctionTable base) {
        Linker linker = new Linker(base);
        List<LibraryImport> imports = linker.collect();
        for (LibraryImport each : imports) {
            linker.add(each);
        }
        FunctionTable table = imports.isEmpty() ? base : linker.table();
        return new Linked(table, linker.faults);
    }

    private List<LibraryImport> collect() {
        List<LibraryImport> imports = new ArrayList<>();
        for (int i = 0; i < base.size(); i++) {
            Optional<FunctionCode> function = base.function(i);
            linked.add(function);
            if (function.isEmpty() || !LibraryImport.isOne(function.get())) {
                continue;
            }
            Optional<LibraryImport> found = LibraryImport.of(function.get());
            Optional<CodeModule> library =
                    found.flatMap(each -> StandardLibrary.find(each.library()));
            if (library.isEmpty() || found.get().index() >= library.get().size()) {
                fault(function.get(), "no such function in a library that is known here");
            } else if (library.get().functions().get(found.get().index()).arity()
                    != function.get().arity()) {
                fault(function.get(), "the library's function takes another number of arguments");
            } else if (!library.get()
                    .functions()
                    .get(found.get().index())
                    .name()
                    .equals(function.get().name())) {
                fault(function.get(), "the library's function has another name");
            } else {
                imports.add(found.get());
                placed.putIfAbsent(new Place(found.get().library(), found.get().index()), i);
            }
            linked.set(i, Optional.empty());
        }
        return imports;
    }

    private void fault(FunctionCode function, String what) {
        faults.add(new CodeFault(function.name(), 0, what));
    }

    private void add(LibraryImport each) {
        CodeModule library = StandardLibrary.find(each.library()).orElseThrow();
        for (int i = 0; i < base.size(); i++) {
            boolean stands =
                    base.function(i).flatMap(LibraryImport::of).filter(each::equals).isPresent();
            if (stands && linked.get(i).isEmpty()) {
                linked.set(i, Optional.of(relocated(library, each.library(), each.index())));
            }
        }
    }

    /** The function with its calls pointing to where the callees are here; places them as well. */
    private FunctionCode relocated(CodeModule library, Hash hash, int index) {
        FunctionCode function = library.functions().get(index);
        CanonicalWriter code = new CanonicalWriter();
        for (Instruction instruction : Instruction.readAll(function.code())) {
            if (instruction.opcode().operand() == OperandKind.FUNCTION) {
                int callee = place(library, hash, (int) instruction.operand());
                Instruction.of(instruction.opcode(), callee, instruction.count()).writeTo(code);
            } else {
                instruction.writeTo(code);
            }
        }
        return new FunctionCode(
                function.name(), function.arity(), function.constants(), code.toBytes());
    }

    private int place(CodeModule library, Hash hash, int index) {
        Place place = new Place(hash, index);
        Integer known = placed.get(place);
        if (known != null) {
            return known;
        }
        int at = linked.size();
        placed.put(place, at);
        linked.add(Optional.empty());
        linked.set(at, Optional.of(relocated(library, hash, index)));
        return at;
    }

    private FunctionTable table() {
        List<Optional<FunctionCode>> functions = List.copyOf(linked);
        Hash commitment = base.commitment();
        return new FunctionTable() {
            @Override
            public int size() {
                return functions.size();
            }

            @Override
            public Optional<FunctionCode> function(int index) {
                return functions.get(index);
            }

            @Override
            public Hash commitment() {
                return commitment;
            }
        };
    }
}

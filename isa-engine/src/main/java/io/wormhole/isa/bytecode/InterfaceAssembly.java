package io.wormhole.isa.bytecode;

import io.wormhole.isa.bytecode.ModuleInterface.Entry;
import io.wormhole.isa.bytecode.ModuleInterface.Field;
import io.wormhole.isa.bytecode.ModuleInterface.Kind;
import io.wormhole.isa.value.BytesValue;
import io.wormhole.protocol.crypto.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of assembly text that are about other modules and about the world. */
final class InterfaceAssembly {
    private static final int MAX_ENTRIES = 100;

    private InterfaceAssembly() {}

    /** Reads {@code name from library}, where a library is a name or the bytes of a code hash. */
    static LibraryImport libraryImport(AssemblySource source) {
        String name = source.next();
        source.expect("from");
        Optional<CodeModule> library;
        if (source.peek().startsWith("#")) {
            library =
                    source.literal() instanceof BytesValue hash && hash.bytes().size() == Hash.SIZE
                            ? StandardLibrary.find(new Hash(hash.bytes()))
                            : Optional.empty();
        } else {
            library = StandardLibrary.named(source.next());
        }
        if (library.isEmpty()) {
            throw source.fault("no such library is known");
        }
        return LibraryImport.of(library.get(), name)
                .orElseThrow(() -> source.fault("the library has no function '" + name + "'"));
    }

    /** Reads {@code { … }}. */
    static ModuleInterface read(AssemblySource source) {
        source.expect("{");
        List<Entry> entries = new ArrayList<>();
        while (!source.nextIf("}")) {
            if (entries.size() == MAX_ENTRIES) {
                throw source.fault("an interface has at most " + MAX_ENTRIES + " entries");
            }
            entries.add(entry(source));
        }
        return new ModuleInterface(entries);
    }

    private static Entry entry(AssemblySource source) {
        String word = source.next();
        Optional<Kind> kind = ModuleInterface.Words.kind(word);
        if (kind.isEmpty()) {
            throw source.fault("terms, state, message or function expected, found '" + word + "'");
        }
        return switch (kind.get()) {
            case TERMS -> new Entry(Kind.TERMS, word, fields(source), InterfaceType.ANY);
            case STATE -> new Entry(Kind.STATE, word, List.of(), type(source));
            case MESSAGE ->
                    new Entry(Kind.MESSAGE, source.next(), fields(source), InterfaceType.ANY);
            default -> new Entry(Kind.FUNCTION, source.next(), fields(source), type(source));
        };
    }

    private static List<Field> fields(AssemblySource source) {
        List<Field> fields = new ArrayList<>();
        source.expect("{");
        while (!source.nextIf("}")) {
            if (!fields.isEmpty()) {
                source.expect(",");
            }
            String name = source.next();
            if (!name.matches("[a-z][A-Za-z0-9_]*:")) {
                throw source.fault("a name with a colon expected, found '" + name + "'");
            }
            fields.add(new Field(name.substring(0, name.length() - 1), type(source)));
        }
        return fields;
    }

    private static InterfaceType type(AssemblySource source) {
        StringBuilder text = new StringBuilder(source.next());
        int open = 0;
        if (source.peek().equals("(")) {
            do {
                String token = source.next();
                open += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
                text.append(token);
            } while (open > 0);
        }
        return InterfaceType.parse(text.toString())
                .orElseThrow(() -> source.fault("no type is written '" + text + "'"));
    }
}

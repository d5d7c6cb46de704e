package io.wormhole.isa.bytecode;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.Hash;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A whole program: its functions, each with a name of its own; function 0 is the entry. */
public record CodeModule(List<FunctionCode> functions) implements Canonical, FunctionTable {
    private static final Bytes MAGIC = Bytes.of((byte) 'W', (byte) 'H', (byte) 'V', (byte) 1);

    /** Refuses a module without functions, with too many, or with a name used twice. */
    public CodeModule {
        functions = List.copyOf(functions);
        if (functions.isEmpty() || functions.size() > CodeLimits.MAX_FUNCTIONS) {
            throw new IllegalArgumentException(
                    "a module has 1 to "
                            + CodeLimits.MAX_FUNCTIONS
                            + " functions, found "
                            + functions.size());
        }
        Set<String> names = new HashSet<>();
        for (FunctionCode function : functions) {
            if (!names.add(function.name())) {
                throw new IllegalArgumentException("two functions are called " + function.name());
            }
        }
    }

    /**
     * The module that {@code encoded} stands for; not yet verified.
     *
     * @throws MalformedBytesException when the bytes are no module or over a limit of size
     */
    public static CodeModule decode(Bytes encoded) {
        if (encoded.size() > CodeLimits.MAX_MODULE_BYTES) {
            throw new MalformedBytesException(
                    0,
                    "module of "
                            + encoded.size()
                            + " bytes, allowed "
                            + CodeLimits.MAX_MODULE_BYTES);
        }
        return CanonicalReader.decode(encoded, CodeModule::readFrom);
    }

    private static CodeModule readFrom(CanonicalReader in) {
        if (!in.readFixed(MAGIC.size()).equals(MAGIC)) {
            throw in.fault("not a contract module of version 1");
        }
        return new CodeModule(in.readList(CodeLimits.MAX_FUNCTIONS, FunctionCode::readFrom));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeFixed(MAGIC).writeList(functions);
    }

    @Override
    public int size() {
        return functions.size();
    }

    @Override
    public Optional<FunctionCode> function(int index) {
        return Optional.of(functions.get(index));
    }

    @Override
    public Hash commitment() {
        return CodeCommitment.of(this);
    }
}

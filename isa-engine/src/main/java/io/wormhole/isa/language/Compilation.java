package io.wormhole.isa.language;

import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.language.core.LanguageFault;
import io.wormhole.isa.language.core.SourceMap;
import java.util.List;

/** What becomes of a source. */
public sealed interface Compilation {
    /** A module that the verifier accepts, and where its instructions come from. */
    record Compiled(CodeModule module, SourceMap positions) implements Compilation {}

    /** Faults in the order of their places; at least one. */
    record Refused(List<LanguageFault> faults) implements Compilation {
        /** Copies the faults. */
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}

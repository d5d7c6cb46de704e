package io.wormhole.isa.language;

import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.language.Compilation.Compiled;
import io.wormhole.isa.language.Compilation.Refused;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueText;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.isa.vm.Vm;
import java.util.List;

/** Sources compiled and run in tests. */
final class Programs {
    static final GasLimit PLENTY = new GasLimit(100_000_000, 1_000_000);

    private Programs() {}

    static CodeModule module(Language language, String source) {
        Compilation compilation = Languages.compile(language, "test", source);
        if (compilation instanceof Compiled compiled) {
            return compiled.module();
        }
        throw new AssertionError(((Refused) compilation).faults() + "\n" + source);
    }

    /** The faults of a source that must be refused, one a line. */
    static String faults(Language language, String source) {
        Compilation compilation = Languages.compile(language, "test", source);
        if (compilation instanceof Refused refused) {
            StringBuilder lines = new StringBuilder();
            refused.faults().forEach(fault -> lines.append(fault).append('\n'));
            return lines.toString();
        }
        throw new AssertionError("not refused: " + source);
    }

    static Execution run(CodeModule module, String function, List<Value> arguments) {
        return Vm.run(Vm.load(module), function, arguments, PLENTY);
    }

    /** What {@code function} of {@code source} makes of arguments written as value texts. */
    static String call(Language language, String source, String function, String arguments) {
        ListValue values = (ListValue) ValueText.parse("[" + arguments + "]");
        return shown(run(module(language, source), function, values.elements()));
    }

    static String shown(Execution execution) {
        if (execution instanceof Execution.Returned returned) {
            return returned.value().toString();
        }
        if (execution instanceof Execution.Trapped trapped) {
            return "trap " + trapped.reason() + " " + trapped.detail();
        }
        return "out of " + ((Execution.OutOfGas) execution).resource();
    }
}

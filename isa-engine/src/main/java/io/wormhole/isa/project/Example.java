package io.wormhole.isa.project;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.isa.bytecode.FunctionCode;
import io.wormhole.isa.bytecode.InterfaceType;
import io.wormhole.isa.bytecode.ModuleInterface;
import io.wormhole.isa.bytecode.ModuleInterface.Kind;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.vm.Execution;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.isa.vm.Vm;
import java.util.List;
import java.util.Optional;

/**
 * One line of a package's table of examples: inputs, and the result or trap that they lead to.
 *
 * @param name for people
 * @param role of the module; empty: the formula, else the contract
 * @param function by name; empty: the first
 * @param inputs as {@link Arguments} reads them
 * @param expect the result; of a contract {@code {"state": …, "payouts": […]}}
 * @param traps the reason, when the run is to trap
 */
public record Example(
        String name,
        Optional<String> role,
        Optional<String> function,
        JsonNode inputs,
        Optional<JsonNode> expect,
        Optional<String> traps) {
    private static final GasLimit LIMIT = new GasLimit(1_000_000_000, 10_000_000);

    /** What became of an example: empty detail when it came out as written. */
    public record Result(String name, String detail) {
        /** Whether it came out as written. */
        public boolean isGood() {
            return detail.isEmpty();
        }
    }

    /** Runs the example in {@code project}. */
    public Result run(IsaProject project) {
        try {
            Sources.Compiled module = project.module(role);
            int index = indexOf(module, function);
            FunctionCode code = module.module().functions().get(index);
            List<Value> arguments = project.arguments(module).read(code, inputs);
            Execution end = Vm.run(Vm.load(module.module()), index, arguments, LIMIT);
            return new Result(name, compare(end, code, ModuleInterface.of(module.module())));
        } catch (IllegalArgumentException refused) {
            return new Result(name, String.valueOf(refused.getMessage()));
        }
    }

    /** The index of the function called so, or of the first. */
    public static int indexOf(Sources.Compiled module, Optional<String> function) {
        if (function.isEmpty()) {
            return 0;
        }
        return module.module()
                .indexOf(function.get())
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no function is called '" + function.get() + "'"));
    }

    private String compare(Execution end, FunctionCode code, Optional<ModuleInterface> described) {
        if (traps.isPresent()) {
            boolean asWritten =
                    end instanceof Execution.Trapped trapped
                            && trapped.reason().name().equals(traps.get());
            return asWritten ? "" : "expected trap " + traps.get() + ", found " + inWords(end);
        }
        Value wanted = wanted(expect.orElseThrow(), code, described);
        return end instanceof Execution.Returned returned && wanted.equals(returned.value())
                ? ""
                : "expected " + ValueJson.shortened(wanted) + ", found " + inWords(end);
    }

    private static String inWords(Execution end) {
        if (end instanceof Execution.Returned returned) {
            return ValueJson.shortened(returned.value());
        } else if (end instanceof Execution.Trapped trapped) {
            return "trap %s in %s: %s"
                    .formatted(trapped.reason(), trapped.function(), trapped.detail());
        }
        return "out of " + ((Execution.OutOfGas) end).resource();
    }

    private static Value wanted(
            JsonNode expect, FunctionCode code, Optional<ModuleInterface> described) {
        boolean contract = code.name().equals(ContractCode.ENTRY_NAME);
        if (contract && expect.has("state") && expect.has("payouts")) {
            InterfaceType state =
                    described
                            .flatMap(known -> known.find(Kind.STATE))
                            .map(ModuleInterface.Entry::result)
                            .orElse(InterfaceType.ANY);
            return Value.tuple(
                    ValueJson.read(expect.get("state"), state, "expect.state"),
                    ValueJson.read(expect.get("payouts"), InterfaceType.ANY, "expect.payouts"),
                    ListValue.EMPTY);
        }
        InterfaceType result =
                described
                        .flatMap(known -> known.find(Kind.FUNCTION, code.name()))
                        .map(ModuleInterface.Entry::result)
                        .orElse(InterfaceType.ANY);
        return ValueJson.read(expect, result, "expect");
    }
}

package io.wormhole.isa.language.core;

import io.wormhole.isa.language.core.Term.Apply;
import io.wormhole.isa.language.core.Term.Call;
import io.wormhole.isa.language.core.Term.Choice;
import io.wormhole.isa.language.core.Term.Fail;
import io.wormhole.isa.language.core.Term.Let;
import io.wormhole.isa.language.core.Term.LetFunction;
import io.wormhole.isa.language.core.Term.Local;
import io.wormhole.isa.language.core.Term.Operate;
import io.wormhole.isa.language.core.Term.Reference;
import io.wormhole.isa.language.core.Term.Sequence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each local function uses from outside, in the order of first use: it becomes its first
 * parameters, and whoever calls it passes them.
 */
final class FreeVariables {
    private final Map<Integer, List<Variable>> captured = new HashMap<>();

    private FreeVariables() {}

    /** By the number of the local function. */
    static Map<Integer, List<Variable>> of(CoreModule module) {
        FreeVariables free = new FreeVariables();
        Map<Integer, List<Variable>> before;
        // A function that calls the one around it needs what that one uses: look again until all is
        // known.
        do {
            before = new HashMap<>(free.captured);
            for (CoreFunction function : module.functions()) {
                free.visit(function.body(), new Uses());
            }
        } while (!before.equals(free.captured));
        return free.captured;
    }

    /** Variables used so far, and those bound inside. */
    private static final class Uses {
        final Map<Integer, Variable> used = new LinkedHashMap<>();
        final Set<Integer> bound = new HashSet<>();

        void use(Variable variable) {
            if (!bound.contains(variable.number())) {
                used.putIfAbsent(variable.number(), variable);
            }
        }
    }

    private void visit(Term term, Uses uses) {
        if (term instanceof Local local) {
            uses.use(local.variable());
        } else if (term instanceof Let let) {
            visit(let.value(), uses);
            uses.bound.add(let.variable().number());
            visit(let.body(), uses);
        } else if (term instanceof LetFunction let) {
            enter(let.function(), uses);
            visit(let.rest(), uses);
        } else if (term instanceof Sequence sequence) {
            visit(sequence.first(), uses);
            visit(sequence.rest(), uses);
        } else if (term instanceof Choice choice) {
            visit(choice.condition(), uses);
            visit(choice.then(), uses);
            visit(choice.otherwise(), uses);
        } else if (term instanceof Operate operate) {
            operate.operands().forEach(operand -> visit(operand, uses));
        } else if (term instanceof Call call) {
            useFunction(call.function(), uses);
            call.arguments().forEach(argument -> visit(argument, uses));
        } else if (term instanceof Apply apply) {
            visit(apply.function(), uses);
            apply.arguments().forEach(argument -> visit(argument, uses));
        } else if (term instanceof Reference reference) {
            useFunction(reference.function(), uses);
        } else if (term instanceof Fail fail) {
            visit(fail.reason(), uses);
        }
    }

    private void useFunction(FunctionId function, Uses uses) {
        captured.getOrDefault(function.number(), List.of()).forEach(uses::use);
    }

    private void enter(CoreFunction function, Uses outer) {
        Uses inner = new Uses();
        function.parameters().forEach(parameter -> inner.bound.add(parameter.number()));
        visit(function.body(), inner);
        int number = function.id().number();
        List<Variable> before = captured.getOrDefault(number, List.of());
        List<Variable> found = List.copyOf(inner.used.values());
        // The same in another order is no news: functions that call each other would never agree.
        List<Variable> captures = before.size() == found.size() ? before : found;
        captured.put(number, captures);
        captures.forEach(outer::use);
    }
}

package io.wormhole.isa.language.core;

import io.wormhole.isa.bytecode.FunctionCode;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.CoreCompiler.Lifted;
import io.wormhole.isa.language.core.Term.Apply;
import io.wormhole.isa.language.core.Term.Call;
import io.wormhole.isa.language.core.Term.Choice;
import io.wormhole.isa.language.core.Term.Constant;
import io.wormhole.isa.language.core.Term.Fail;
import io.wormhole.isa.language.core.Term.Let;
import io.wormhole.isa.language.core.Term.LetFunction;
import io.wormhole.isa.language.core.Term.Local;
import io.wormhole.isa.language.core.Term.Nothing;
import io.wormhole.isa.language.core.Term.Operate;
import io.wormhole.isa.language.core.Term.Reference;
import io.wormhole.isa.language.core.Term.Sequence;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Writes the code of one function. Every term leaves one value on top, or never comes to its end; a
 * variable is the slot where its value was left. In last place nothing is tidied up, because the
 * machine drops the frame: so a call there keeps none.
 */
final class FunctionEmitter {
    private static final List<Emission> NEGATION = List.of(Emission.of(Opcode.NOT));

    private final CoreCompiler compiler;
    private final Lifted function;
    private final CodeBuffer out;
    private final Map<Integer, Integer> slots = new HashMap<>();
    private final Map<Integer, Constant> constants = new HashMap<>();

    FunctionEmitter(CoreCompiler compiler, Lifted function) {
        this.compiler = compiler;
        this.function = function;
        List<Variable> parameters = function.parameters();
        this.out = new CodeBuffer(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            slots.put(parameters.get(i).number(), i);
        }
    }

    FunctionCode emit() {
        Term body = function.function().body();
        value(body, true);
        return new FunctionCode(
                function.name(), function.parameters().size(), out.constants(), out.code());
    }

    NavigableMap<Integer, Position> positions() {
        return out.positions();
    }

    /** Leaves the value of {@code term}; false when it never comes to its end. */
    private boolean value(Term term, boolean last) {
        if (term instanceof Constant constant) {
            out.push(constant.at(), constantValue(constant));
        } else if (term instanceof Local local) {
            local(local);
        } else if (term instanceof Let let) {
            return let(let, last);
        } else if (term instanceof LetFunction let) {
            compiler.lift(let.function(), function);
            return value(let.rest(), last);
        } else if (term instanceof Sequence sequence) {
            return effect(sequence.first()) && value(sequence.rest(), last);
        } else if (term instanceof Choice choice) {
            return choice(choice, last);
        } else if (term instanceof Operate operate) {
            return operate(operate);
        } else if (term instanceof Call call) {
            return call(call);
        } else if (term instanceof Apply apply) {
            return apply(apply);
        } else if (term instanceof Reference reference) {
            reference(reference);
        } else if (term instanceof Fail fail) {
            return fail(fail);
        } else {
            throw new RefusedSource(term.at(), "there is no value here", "return one");
        }
        return true;
    }

    private Value constantValue(Constant constant) {
        boolean real = compiler.choices().isReal(constant);
        return real && constant.value() instanceof IntValue integer
                ? Value.real(integer.bigValue().doubleValue())
                : constant.value();
    }

    private void local(Local local) {
        Constant known = constants.get(local.variable().number());
        if (known != null) {
            out.push(local.at(), constantValue(known));
        } else {
            out.emit(local.at(), Opcode.GET, slot(local.variable()), 0);
        }
    }

    private int slot(Variable variable) {
        Integer slot = slots.get(variable.number());
        if (slot == null) {
            throw new IllegalStateException("no slot for " + variable);
        }
        return slot;
    }

    /** A second name for a value, or a name for a literal, needs no slot. */
    private boolean alias(Let let) {
        if (let.value() instanceof Constant constant) {
            constants.put(let.variable().number(), constant);
            return true;
        }
        if (let.value() instanceof Local local) {
            Constant known = constants.get(local.variable().number());
            if (known != null) {
                constants.put(let.variable().number(), known);
            } else {
                slots.put(let.variable().number(), slot(local.variable()));
            }
            return true;
        }
        return false;
    }

    private boolean let(Let let, boolean last) {
        if (alias(let)) {
            return value(let.body(), last);
        }
        if (!value(let.value(), false)) {
            return false;
        }
        slots.put(let.variable().number(), out.height() - 1);
        boolean ends = value(let.body(), last);
        if (ends && !last) {
            out.emit(let.at(), Opcode.SLIDE, 0, 1);
        }
        return ends;
    }

    /** What stands under a negation, if {@code condition} is one. */
    private Optional<Term> negated(Term condition) {
        return condition instanceof Operate operate
                        && compiler.choices().variant(operate).code().equals(NEGATION)
                ? Optional.of(operate.operands().get(0))
                : Optional.empty();
    }

    /** The same choice without a negation in its condition. */
    private Choice straight(Choice choice) {
        Term whenTrue = choice.otherwise();
        Term whenFalse = choice.then();
        return negated(choice.condition())
                .map(plain -> new Choice(plain, whenTrue, whenFalse, choice.at()))
                .orElse(choice);
    }

    private boolean choice(Choice written, boolean last) {
        Choice choice = straight(written);
        if (!value(choice.condition(), false)) {
            return false;
        }
        out.emit(choice.at(), Opcode.IF);
        int start = out.height();
        boolean first = value(choice.then(), last);
        out.emit(choice.at(), Opcode.ELSE);
        out.height(start);
        boolean second = value(choice.otherwise(), last);
        out.emit(choice.at(), Opcode.END);
        out.height(start + 1);
        return first || second;
    }

    /** Runs {@code term} for its failing only; leaves nothing. */
    private boolean effect(Term term) {
        if (term instanceof Nothing || term instanceof Constant || term instanceof Local) {
            return true;
        } else if (term instanceof Sequence sequence) {
            return effect(sequence.first()) && effect(sequence.rest());
        } else if (term instanceof Choice choice) {
            return effectOfChoice(choice);
        } else if (term instanceof LetFunction let) {
            compiler.lift(let.function(), function);
            return effect(let.rest());
        } else if (term instanceof Let let) {
            return effectOfLet(let);
        }
        boolean ends = value(term, false);
        if (ends) {
            out.emit(term.at(), Opcode.DROP);
        }
        return ends;
    }

    private boolean effectOfLet(Let let) {
        if (alias(let)) {
            return effect(let.body());
        }
        if (!value(let.value(), false)) {
            return false;
        }
        slots.put(let.variable().number(), out.height() - 1);
        boolean ends = effect(let.body());
        if (ends) {
            out.emit(let.at(), Opcode.DROP);
        }
        return ends;
    }

    private boolean effectOfChoice(Choice written) {
        Choice choice = straight(written);
        if (!value(choice.condition(), false)) {
            return false;
        }
        out.emit(choice.at(), Opcode.IF);
        int start = out.height();
        boolean first = effect(choice.then());
        out.emit(choice.at(), Opcode.ELSE);
        out.height(start);
        boolean second = effect(choice.otherwise());
        out.emit(choice.at(), Opcode.END);
        out.height(start);
        return first || second;
    }

    private boolean values(List<Term> terms) {
        for (Term term : terms) {
            if (!value(term, false)) {
                return false;
            }
        }
        return true;
    }

    private boolean operate(Operate operate) {
        if (!values(operate.operands())) {
            return false;
        }
        Deque<Integer> choices = new ArrayDeque<>();
        for (Emission emission : compiler.choices().variant(operate).code()) {
            if (emission.constant().isPresent()) {
                out.push(operate.at(), emission.constant().get());
                continue;
            }
            long operand =
                    emission.routine()
                            .map(routine -> (long) compiler.index(routine, function))
                            .orElse(emission.operand());
            out.emit(operate.at(), emission.opcode(), operand, emission.count());
            // The second branch begins as high as the first one did.
            if (emission.opcode() == Opcode.IF) {
                choices.push(out.height());
            } else if (emission.opcode() == Opcode.ELSE) {
                out.height(choices.pop());
            }
        }
        return true;
    }

    private void captures(Lifted callee, Position at) {
        for (Variable captured : callee.captures()) {
            local(new Local(captured, at));
        }
    }

    private boolean call(Call call) {
        Lifted callee = compiler.lifted(call.function());
        captures(callee, call.at());
        if (!values(call.arguments())) {
            return false;
        }
        int count = callee.captures().size() + call.arguments().size();
        out.emit(call.at(), Opcode.CALL, callee.index(), count);
        return true;
    }

    private boolean apply(Apply apply) {
        if (!value(apply.function(), false) || !values(apply.arguments())) {
            return false;
        }
        out.emit(apply.at(), Opcode.APPLY, 0, apply.arguments().size());
        return true;
    }

    private void reference(Reference reference) {
        Lifted callee = compiler.lifted(reference.function());
        captures(callee, reference.at());
        out.emit(reference.at(), Opcode.CLOSURE, callee.index(), callee.captures().size());
    }

    private boolean fail(Fail fail) {
        if (value(fail.reason(), false)) {
            out.emit(fail.at(), Opcode.FAIL);
        }
        return false;
    }
}

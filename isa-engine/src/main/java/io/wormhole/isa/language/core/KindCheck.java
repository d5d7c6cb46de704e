package io.wormhole.isa.language.core;

import io.wormhole.isa.language.core.Term.Apply;
import io.wormhole.isa.language.core.Term.Call;
import io.wormhole.isa.language.core.Term.Choice;
import io.wormhole.isa.language.core.Term.Constant;
import io.wormhole.isa.language.core.Term.Fail;
import io.wormhole.isa.language.core.Term.Let;
import io.wormhole.isa.language.core.Term.LetFunction;
import io.wormhole.isa.language.core.Term.Local;
import io.wormhole.isa.language.core.Term.Operate;
import io.wormhole.isa.language.core.Term.Reference;
import io.wormhole.isa.language.core.Term.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds which variant of every operation is meant, and refuses what cannot be: operands of kinds
 * that an operation does not take, wrong numbers of arguments. Uses decide first, then where values
 * come from, then the first variant counts. What stays open is left to the machine, which traps.
 */
public final class KindCheck {
    /** The part of a function value that stands for its result. */
    static final int RESULT_PART = 2_000;

    /** The first of the parts that stand for a function's arguments. */
    static final int PARAMETER = 3_000;

    private static final int TERMS = 0;
    private static final int MESSAGE = 2;

    private final KindGraph graph = new KindGraph();
    private final Map<Integer, KindNode> variables = new HashMap<>();
    private final Map<Integer, KindNode> functions = new HashMap<>();
    private final Map<Integer, Integer> arities = new HashMap<>();
    private final List<PendingOperation> pending = new ArrayList<>();
    private final List<Argument> arguments = new ArrayList<>();
    private final Choices choices = new Choices();

    private KindCheck() {}

    private record Argument(String function, KindNode given, KindNode taken, Position at) {}

    /**
     * The variants that {@code module} means.
     *
     * @throws RefusedSource with the first fault
     */
    public static Choices check(CoreModule module) {
        KindCheck check = new KindCheck();
        module.functions().forEach(check::declare);
        module.functions().stream()
                .filter(each -> each.id().name().equals(CoreModule.CONTRACT))
                .forEach(check::takesTuples);
        module.functions().forEach(check::define);
        check.solve();
        check.arguments.forEach(KindCheck::requireFit);
        return check.choices;
    }

    private void declare(CoreFunction function) {
        KindNode node = new KindNode(0);
        node.firm = Kind.FUNCTION;
        functions.put(function.id().number(), node);
        arities.put(function.id().number(), function.parameters().size());
        for (int i = 0; i < function.parameters().size(); i++) {
            KindNode parameter = new KindNode(0);
            variables.put(function.parameters().get(i).number(), parameter);
            node.parts.put(PARAMETER + i, parameter);
        }
        node.parts.put(RESULT_PART, new KindNode(0));
    }

    /** Terms and messages are tuples by the convention of contracts; states are what they like. */
    private void takesTuples(CoreFunction entry) {
        for (int i = 0; i < entry.parameters().size(); i++) {
            KindNode parameter = variables.get(entry.parameters().get(i).number());
            if (parameter != null && (i == TERMS || i == MESSAGE)) {
                parameter.takeForFields();
            }
        }
    }

    private void define(CoreFunction function) {
        KindNode node = functionNode(function.id());
        graph.connect(visit(function.body()), node.part(RESULT_PART));
    }

    private KindNode functionNode(FunctionId id) {
        KindNode node = functions.get(id.number());
        if (node == null) {
            throw new IllegalStateException("function " + id + " is not declared");
        }
        return node;
    }

    /** The node of the value that {@code term} gives. */
    private KindNode visit(Term term) {
        if (term instanceof Constant constant) {
            KindNode node = firm(constant.kind(), constant.at());
            node.plain = constant.plain();
            return node;
        } else if (term instanceof Local local) {
            return variables.computeIfAbsent(local.variable().number(), missing -> new KindNode(0));
        } else if (term instanceof Let let) {
            variables.put(let.variable().number(), named(visit(let.value())));
            return visit(let.body());
        } else if (term instanceof LetFunction let) {
            return functions(let);
        } else if (term instanceof Sequence sequence) {
            visit(sequence.first());
            return visit(sequence.rest());
        } else if (term instanceof Choice choice) {
            return choice(choice);
        } else if (term instanceof Operate operate) {
            return operate(operate);
        } else if (term instanceof Call call) {
            return call(call);
        } else if (term instanceof Apply apply) {
            return apply(apply);
        } else if (term instanceof Reference reference) {
            return functionNode(reference.function());
        } else if (term instanceof Fail fail) {
            visit(fail.reason());
        }
        return new KindNode(0);
    }

    /** Functions one after another may call each other: all are declared before the first. */
    private KindNode functions(LetFunction first) {
        Term rest = first;
        while (rest instanceof LetFunction let) {
            declare(let.function());
            rest = let.rest();
        }
        rest = first;
        while (rest instanceof LetFunction let) {
            define(let.function());
            rest = let.rest();
        }
        return visit(rest);
    }

    /** A literal that has a name is what it is: only beside an operator may 2 be a real. */
    private KindNode named(KindNode value) {
        if (!value.plain) {
            return value;
        }
        KindNode node = new KindNode(0);
        node.firm = value.firm;
        node.firmAt = value.firmAt;
        return node;
    }

    private static KindNode firm(Kind kind, Position at) {
        KindNode node = new KindNode(0);
        node.firm = kind;
        node.firmAt = at;
        return node;
    }

    private KindNode choice(Choice choice) {
        KindNode condition = visit(choice.condition());
        decide(condition, Kind.BOOLEAN, choice.condition().at(), "a condition", "");
        KindNode result = new KindNode(0);
        graph.connect(visit(choice.then()), result);
        graph.connect(visit(choice.otherwise()), result);
        return result;
    }

    private KindNode operate(Operate operate) {
        List<KindNode> nodes = new ArrayList<>();
        operate.operands().forEach(operand -> nodes.add(visit(operand)));
        PendingOperation operation = new PendingOperation(operate, nodes, new KindNode(0));
        // The source fixes these: no reason to wait, and later kinds are found sooner.
        Variant first = operate.operation().variants().get(0);
        if (operate.operation().variants().size() == 1 && !mayPromote(first, nodes)) {
            accept(operation, first);
        } else {
            pending.add(operation);
        }
        return operation.result();
    }

    private static boolean mayPromote(Variant variant, List<KindNode> operands) {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).plain && variant.takes().get(i).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private KindNode call(Call call) {
        KindNode function = functionNode(call.function());
        Integer arity = arities.get(call.function().number());
        if (arity == null || arity != call.arguments().size()) {
            throw new RefusedSource(
                    call.at(),
                    call.function().name()
                            + " takes "
                            + arity
                            + " arguments, found "
                            + call.arguments().size(),
                    "");
        }
        for (int i = 0; i < call.arguments().size(); i++) {
            Term argument = call.arguments().get(i);
            KindNode given = visit(argument);
            KindNode taken = function.part(PARAMETER + i);
            graph.connect(given, taken);
            if (taken != null) {
                arguments.add(new Argument(call.function().name(), given, taken, argument.at()));
            }
        }
        KindNode result = new KindNode(0);
        graph.connect(function.part(RESULT_PART), result);
        return result;
    }

    private KindNode apply(Apply apply) {
        KindNode function = visit(apply.function());
        decide(function, Kind.FUNCTION, apply.at(), "a call", "");
        for (int i = 0; i < apply.arguments().size(); i++) {
            graph.connect(visit(apply.arguments().get(i)), function.part(PARAMETER + i));
        }
        KindNode result = new KindNode(0);
        graph.connect(function.part(RESULT_PART), result);
        return result;
    }

    /** Resolves what kinds decide; then lets the first variants count, a part at a time. */
    private void solve() {
        while (!pending.isEmpty()) {
            graph.settle();
            List<PendingOperation> open = new ArrayList<>();
            for (PendingOperation operation : pending) {
                Variant only = operation.decided();
                if (only == null) {
                    open.add(operation);
                } else {
                    accept(operation, only);
                }
            }
            if (open.size() == pending.size() && !graph.takesAny()) {
                int some = 1 + open.size() / 64;
                open.subList(0, some).forEach(first -> accept(first, first.inDoubt()));
                open.subList(0, some).clear();
            }
            pending.clear();
            pending.addAll(open);
        }
        graph.settle();
    }

    private void accept(PendingOperation operation, Variant variant) {
        Operate operate = operation.operate();
        List<KindNode> nodes = operation.operands();
        for (int i = 0; i < nodes.size(); i++) {
            Position at = operate.operands().get(i).at();
            if (variant.takes().get(i).isPresent()) {
                Kind kind = variant.takes().get(i).get();
                if (kind == Kind.REAL && nodes.get(i).plain) {
                    choices.promote(operate.operands().get(i));
                    continue;
                }
                Overload overload = operate.operation();
                String user = "'" + overload.symbol() + "'";
                decide(nodes.get(i), kind, at, user, overload.writeInstead());
            }
        }
        variant.gives().ifPresent(kind -> decide(operation.result(), kind, operate.at(), "", ""));
        for (Variant.Flow flow : variant.flows()) {
            graph.connect(
                    part(operation, flow.from(), flow.fromPart()),
                    part(operation, flow.to(), flow.toPart()));
        }
        choices.choose(operate, variant);
    }

    private @Nullable KindNode part(PendingOperation operation, int operand, int part) {
        KindNode node = node(operation, operand);
        if (part != Variant.AT_KEY) {
            return graph.part(node, part);
        }
        Term key = operation.operate().operands().get(1);
        return key instanceof Constant constant
                ? graph.part(node, graph.keyPart(constant.value()))
                : node.part(Variant.ELEMENT);
    }

    private static KindNode node(PendingOperation operation, int operand) {
        return operand == Variant.RESULT ? operation.result() : operation.operands().get(operand);
    }

    private static void decide(KindNode node, Kind kind, Position at, String user, String instead) {
        if (node.firm == null) {
            node.firm = kind;
            node.firmAt = at;
            return;
        }
        if (node.firm != kind) {
            Kind wanted = user.isEmpty() ? node.firm : kind;
            Kind found = user.isEmpty() ? kind : node.firm;
            String elsewhere =
                    node.firmAt == null || node.firmAt.equals(at) ? "" : " (" + node.firmAt + ")";
            String what =
                    user.isEmpty()
                            ? "this gives "
                                    + kind.words()
                                    + ", and "
                                    + node.firm.words()
                                    + " is needed"
                            : user
                                    + " takes "
                                    + kind.words()
                                    + " here, and this is "
                                    + node.firm.words();
            throw new RefusedSource(
                    at, what + elsewhere, instead.isEmpty() ? advice(wanted, found) : instead);
        }
    }

    private static void requireFit(Argument argument) {
        Kind taken = argument.taken().firm;
        Kind given = argument.given().known();
        if (taken != null && given != null && taken != given) {
            throw new RefusedSource(
                    argument.at(),
                    argument.function()
                            + " takes "
                            + taken.words()
                            + " here, and this is "
                            + given.words(),
                    advice(taken, given));
        }
    }

    static String advice(@Nullable Kind wanted, @Nullable Kind found) {
        if (wanted == Kind.REAL && found == Kind.INTEGER) {
            return "write a real with its point, such as 2.0, or convert the integer";
        }
        if (wanted == Kind.INTEGER && found == Kind.REAL) {
            return "write an integer, or cut the real to one";
        }
        if (wanted == Kind.BOOLEAN) {
            return "write a comparison";
        }
        if (wanted == Kind.LIST && found == Kind.TEXT) {
            return "a text has no elements here: pass a list";
        }
        if (wanted == Kind.LIST && found == Kind.MAP) {
            return "take its keys or its entries";
        }
        if (wanted == Kind.BYTES && found == Kind.TEXT) {
            return "convert the text to its bytes first";
        }
        return "";
    }
}

package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Assembler;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.fixtures.Arbitrary;
import java.util.ArrayList;
import java.util.List;

/**
 * Random functions of three numbers that go on and on by calls in last place, with numbers about
 * the bounds at which a machine might count wrongly.
 */
final class RandomLoops {
    private static final List<String> OPERATIONS =
            List.of(
                    "add", "add", "add", "sub", "sub", "mul", "div", "rem", "fdiv", "fmod", "band",
                    "bor", "bxor", "shl", "shr");
    private static final List<String> COMPARISONS = List.of("eq", "ne", "lt", "le", "gt", "ge");
    private static final int[] BITS = {1, 5, 29, 30, 31, 32, 56, 57, 58, 59, 60, 61, 62, 63};

    private final Arbitrary any;

    private RandomLoops(Arbitrary any) {
        this.any = any;
    }

    static CodeModule module(Arbitrary any) {
        RandomLoops loops = new RandomLoops(any);
        // Called with numbers that are known, a loop is written out with all that follows of them.
        String main =
                "fn main(n, a, b) { get n push %d push %d call f push 1 add } "
                        .formatted(start(any), start(any));
        return Assembler.assemble(
                (any.oneIn(2) ? main : "")
                        + "fn f(n, a, b) { "
                        + loops.body("f", 3)
                        + " } fn g(n, a, b) { "
                        + loops.inner()
                        + " }");
    }

    static List<Value> arguments(Arbitrary any) {
        int rounds = any.oneIn(50) ? any.below(20_000) : any.below(40);
        List<Value> arguments = new ArrayList<>(List.of(Value.of(rounds)));
        for (int i = 0; i < 2; i++) {
            arguments.add(Value.of(any.oneIn(2) ? any.below(100) : number(any)));
        }
        return arguments;
    }

    /** The function that is called within the loop. */
    private String inner() {
        return switch (any.below(4)) {
            case 0 -> body("g", 2);
            case 1 -> expression(2, false);
            default -> shortLoop();
        };
    }

    /** One with one choice and little to compute, which often has no round at all. */
    private String shortLoop() {
        String counter = parameter();
        String step = any.oneIn(3) ? parameter() : "push " + (any.below(7) - 3);
        String next = join(counter, step, any.oneIn(2) ? "add" : "sub");
        List<String> arguments = new ArrayList<>(List.of(argument(), argument(), argument()));
        arguments.set(any.below(3), next);
        if (any.oneIn(2)) {
            arguments.set(any.below(3), join(parameter(), "push 1", parameter(), "shl bor"));
        }
        String again = String.join(" ", arguments) + " call g";
        String bound = any.oneIn(4) ? parameter() : "push " + start(any);
        String ends = any.oneIn(3) ? expression(1, false) : parameter();
        boolean turned = any.oneIn(2);
        return join(counter, bound, any.oneOf(COMPARISONS))
                + " if { "
                + (turned ? again : ends)
                + " } else { "
                + (turned ? ends : again)
                + " }";
    }

    private String body(String self, int depth) {
        String ends = "get n push " + any.below(3) + (any.oneIn(3) ? " eq " : " le ");
        return ends + "if { " + expression(2, true) + " } else { " + way(self, depth) + " }";
    }

    private String way(String self, int depth) {
        if (depth > 0 && any.oneIn(3)) {
            return condition()
                    + " if { "
                    + way(self, depth - 1)
                    + " } else { "
                    + way(self, depth - 1)
                    + " }";
        }
        if (any.oneIn(12)) {
            return any.oneIn(3) ? "push 1 fail" : expression(2, true);
        }
        String next = any.oneIn(5) ? expression(1, false) : "get n push 1 sub";
        return join(next, argument(), argument(), "call " + self);
    }

    private String argument() {
        if (any.oneIn(3)) {
            return sum();
        }
        return any.oneIn(4) ? parameter() : expression(2, true);
    }

    /** What can be added up over many rounds. */
    private String sum() {
        String sum = parameter();
        for (int terms = 1 + any.below(3); terms > 0; terms--) {
            String term = any.oneIn(4) ? "push " + start(any) : parameter();
            String times = any.oneIn(4) ? "push " + (any.below(9) - 4) + " mul" : "";
            sum = join(sum, term, times, any.oneIn(3) ? "sub" : "add");
        }
        return sum;
    }

    private String condition() {
        String plain = join(operand(), operand(), any.oneOf(COMPARISONS));
        return switch (any.below(6)) {
            case 0 -> plain + " not";
            case 2 -> "get n push 3 band push " + any.below(4) + " eq";
            case 1 ->
                    join(plain, operand(), operand(), any.oneOf(COMPARISONS))
                            + (any.oneIn(2) ? " and" : " or");
            default -> plain;
        };
    }

    private String expression(int depth, boolean calls) {
        if (depth == 0 || any.oneIn(4)) {
            return operand();
        }
        if (calls && any.oneIn(8)) {
            return join(operand(), operand(), operand(), "call g");
        }
        if (any.oneIn(10)) {
            return condition()
                    + " if { "
                    + expression(depth - 1, calls)
                    + " } else { "
                    + expression(depth - 1, calls)
                    + " }";
        }
        String operation = any.oneOf(OPERATIONS);
        boolean shifts = operation.startsWith("sh") && !any.oneIn(4);
        return join(
                expression(depth - 1, calls),
                shifts ? "push " + any.below(66) : expression(depth - 1, calls),
                operation);
    }

    private String operand() {
        return any.oneIn(3) ? "push " + start(any) : parameter();
    }

    private static long start(Arbitrary any) {
        return any.oneIn(2) ? any.below(12) : number(any);
    }

    private String parameter() {
        return "get " + any.oneOf(List.of("n", "a", "b"));
    }

    private static long number(Arbitrary any) {
        long power = 1L << BITS[any.below(BITS.length)];
        return (any.oneIn(2) ? power : -power) + any.below(5) - 2;
    }

    private static String join(String... words) {
        return String.join(" ", words);
    }
}
